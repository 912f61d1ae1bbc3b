/* The gate laboratory: one LSTM unit (lesson 05) or GRU unit (lesson 06), H = D = 1, with its gates
   in the reader's hands. First the mathematics, in the lessons' letters, then what is seen of it.
   Units and presets come from make_gates.py. A gate's schedule is { base, at: { step: value } };
   a value is a number that it is held at, or null: free. */
"use strict";
(() => {
  const { steps: T, ...units } = Unrolled.data["gate-laboratory"];
  const sigmoid = (z) => 0.5 * (1 + Math.tanh(0.5 * z));
  const held = ({ base, at }, t) => (t in at ? at[t] : base);

  const lstm = {
    gates: ["i", "f", "o"],
    shown: ["i", "f", "g", "o", "c", "h"],
    memory: "c",
    kept: "f",

    step(x, { h, c }, { W_x, W_h, b }, hold) {
      const z = (block) => W_x[block] * x + W_h[block] * h + b[block];
      const i = hold.i ?? sigmoid(z(0));
      const f = hold.f ?? sigmoid(z(1));
      const g = Math.tanh(z(2)); // not a gate
      const o = hold.o ?? sigmoid(z(3));
      const c_next = f * c + i * g;
      const h_next = o * Math.tanh(c_next);
      return { i, f, g, o, c: c_next, h: h_next };
    },

    /* The derivative of the last c by each c, through h and the gates as well. */
    back(found, { W_h }) {
      let [dh, dc] = [0, 1];
      const all = [];
      for (let t = T - 1; t >= 0; t--) {
        const { i, f, g, o, c, before, hold } = found[t];
        const free = (gate) => (hold[gate] === null ? 1 : 0); // a held gate passes nothing on
        const tanh_c = Math.tanh(c);
        dc += dh * o * (1 - tanh_c ** 2);
        all[t] = dc;
        const dz_i = free("i") * dc * g * i * (1 - i);
        const dz_f = free("f") * dc * before.c * f * (1 - f);
        const dz_g = dc * i * (1 - g ** 2);
        const dz_o = free("o") * dh * tanh_c * o * (1 - o);
        dh = dz_i * W_h[0] + dz_f * W_h[1] + dz_g * W_h[2] + dz_o * W_h[3];
        dc *= f;
      }
      return all;
    },
  };

  const gru = {
    gates: ["r", "z"],
    shown: ["r", "z", "n", "h"],
    memory: "h",
    kept: "z",

    step(x, { h }, { W_x, W_h, b_x, b_h }, hold) {
      const of_x = (block) => W_x[block] * x + b_x[block];
      const of_h = (block) => W_h[block] * h + b_h[block];
      const r = hold.r ?? sigmoid(of_x(0) + of_h(0));
      const z = hold.z ?? sigmoid(of_x(1) + of_h(1));
      const n = Math.tanh(of_x(2) + r * of_h(2)); // not a gate
      return { r, z, n, h_n: of_h(2), h: (1 - z) * n + z * h };
    },

    /* The derivative of the last h by each h, through the candidate and the gates as well. */
    back(found, { W_h }) {
      let dh = 1;
      const all = [];
      for (let t = T - 1; t >= 0; t--) {
        const { r, z, n, h_n, before, hold } = found[t];
        const free = (gate) => (hold[gate] === null ? 1 : 0);
        all[t] = dh;
        const da_n = dh * (1 - z) * (1 - n ** 2);
        const da_r = free("r") * da_n * h_n * r * (1 - r);
        const da_z = free("z") * dh * (before.h - n) * z * (1 - z);
        dh = dh * z + da_r * W_h[0] + da_z * W_h[1] + da_n * r * W_h[2];
      }
      return all;
    },
  };

  const cells = { lstm, gru };

  /* Run a unit over the inputs x: what its gates and states are at every step. */
  const run = (name, x, gates) => {
    let state = { h: 0, c: 0 };
    return x.map((x_t, t) => {
      const hold = Object.fromEntries(cells[name].gates.map((gate) => [gate, held(gates[gate], t)]));
      const before = state;
      state = cells[name].step(x_t, before, units[name], hold);
      return { ...state, before, hold };
    });
  };

  /* What is left at the last step of a small change of the memory at each step: along the line
     that only the gate multiplies, and by all paths. */
  const paths = (name, found) => {
    const line = [];
    for (let t = T - 1, product = 1; t >= 0; product *= found[t][cells[name].kept], t--) line[t] = product;
    return { line, all: cells[name].back(found, units[name]) };
  };

  Unrolled.gateLaboratory = { run, paths, units };

  // ---------------------------------------------------------------- What is seen of it

  const { element, svg, button, choice, chart, onWidth } = Unrolled;
  const LEFT = 34; // where the axes and the strips begin
  const number = (v) => v.toFixed(2).replace(/^-(?!0\.00$)/, "−").replace(/^-/, "");
  const superscript = (n) => String(n).replace(/./g, (d) => (d === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[d]));
  const factor = (v) => {
    if (v === 0 || Math.abs(v) >= 0.005) return number(v);
    const [digits, power] = v.toExponential(0).split("e");
    return `${digits.replace("-", "−")}·10${superscript(Number(power))}`;
  };
  const sub = (letter, index) => [element("i", {}, letter), element("sub", {}, index)];

  const words = {
    en: {
      presets: { free: "Free", remember: "Remember", forget: "Forget at step 5", count: "Count" },
      presetsLabel: "Presets",
      clear: (t) => `Clear at step ${t}`,
      names: { // and which way
        x: ["input", "tap: +1, −1, 0"], i: ["input gate", "1 writes"], f: ["forget gate", "1 keeps"],
        o: ["output gate", "1 shows"], r: ["reset gate", "1 sees h"], z: ["update gate", "1 keeps"],
      },
      free: "free",
      holds: (gate, value) => `${gate}: ${value} at all steps`,
      held: (gate) => `${gate}: held at all steps at`,
      cell: (t, letter, value, isHeld) => `step ${t}: ${letter} = ${value}${isHeld ? ", held" : ""}`,
      strip: (name) => `${name}, by step`,
      step: (t) => `Step ${t}:`,
      states: (letters) => `The unit's ${letters} over the steps`,
      change: (m) => ["Of a small change of ", sub(m, "t"), ", what reaches ", sub(m, T - 1), "?"],
      changeLabel: (m) => `What reaches the last ${m} of a small change of ${m} at each step`,
      path: { lstm: "Blue line", gru: "Thick line", all: "All paths" },
      by: { lstm: "along the blue line", gru: "along the thick line", all: "by all paths together" },
      and: " and ",
      pulse: ", the first pulse,",
      said: (states, m, t, pulse, left, by) =>
        `After the last step, ${states}. A small change of ${m} at step ${t}${pulse} arrives there multiplied by ${left}, ${by}.`,
      note: "Tap a step in a strip, or go there with the arrow keys and press Enter: at that step alone the gate is held at 0, at 1, or free. A dot marks it.",
    },
    zh: {
      presets: { free: "全部自动", remember: "记住", forget: "第 5 步遗忘", count: "计数" },
      presetsLabel: "预设",
      clear: (t) => `第 ${t} 步清空`,
      names: {
        x: ["输入", "点一下：+1、−1、0"], i: ["输入门", "1 写入"], f: ["遗忘门", "1 保留"],
        o: ["输出门", "1 亮出"], r: ["重置门", "1 看得见 h"], z: ["更新门", "1 保留"],
      },
      free: "自动",
      holds: (gate, value) => `${gate}：每一步都取 ${value}`,
      held: (gate) => `${gate}：每一步都固定为`,
      cell: (t, letter, value, isHeld) => `第 ${t} 步：${letter} = ${value}${isHeld ? "，固定" : ""}`,
      strip: (name) => `${name}，各步的取值`,
      step: (t) => `第 ${t} 步：`,
      states: (letters) => `单元的 ${letters.replace(", ", " 和 ")} 随时间步的变化`,
      change: (m) => [sub(m, "t"), " 的微小变动，有多少传到 ", sub(m, T - 1), "？"],
      changeLabel: (m) => `每一步 ${m} 的微小变动有多少传到最后一步`,
      path: { lstm: "只走蓝线", gru: "只走粗线", all: "所有路径" },
      by: { lstm: "沿着蓝线", gru: "沿着粗线", all: "所有路径合在一起" },
      and: "，",
      pulse: "（第一个脉冲）",
      said: (states, m, t, pulse, left, by) =>
        `走完最后一步，${states}。第 ${t} 步${pulse}的 ${m} 若有微小变动，${by}，传到最后要乘以 ${left}。`,
      note: "在条上点一步（或用方向键移到那一步，再按回车键），就只改门在那一步的取值：0、1 或自动。这样的步上方有一个圆点。",
    },
  };

  Unrolled.widget("gate-laboratory", words, (root, say, node) => {
    const name = node.dataset.cell ?? "lstm";
    const cell = cells[name];
    const m = cell.memory;
    const lab = { t: 2, path: "line" };
    const rows = {};

    // What the reader does.
    const load = (preset) => {
      const { x, gates } = units[name].presets[preset];
      lab.preset = preset;
      lab.t = 2;
      lab.x = Array.from({ length: T }, (_, t) => x[t] ?? 0);
      lab.gates = structuredClone(gates);
      update();
    };
    const change = (edit) => {
      edit();
      lab.preset = null;
      update();
    };
    const hold = (gate, base) => change(() => (lab.gates[gate] = { base, at: {} }));
    const next = (values, value) => values[(values.indexOf(value) + 1) % values.length];
    const toggle = (row, t) =>
      change(() => {
        if (row === "x") return (lab.x[t] = next([0, 1, -1], lab.x[t]));
        const { base, at } = lab.gates[row];
        const value = next([base, ...[0, 1, null].filter((v) => v !== base)], held(lab.gates[row], t));
        if (value === base) delete at[t];
        else at[t] = value;
      });
    const clear = () =>
      change(() => {
        for (const gate of name === "lstm" ? ["i", "f"] : ["r", "z"]) lab.gates[gate].at[lab.t] = 0;
      });
    const goTo = (row, t) => {
      lab.t = Math.max(0, Math.min(T - 1, t));
      update();
      rows[row].cells[lab.t].focus({ preventScroll: true });
    };

    // A strip: one button a step, one stop of the Tab key. A finger may slide to its step.
    const strip = (row) => {
      const bar = element("div", { class: "gates-strip", role: "group", "aria-label": say.strip(`${say.names[row][0]} ${row}`) });
      const buttons = Array.from({ length: T }, (_, t) =>
        element("button", {
          type: "button",
          onfocus: () => t !== lab.t && ((lab.t = t), update()),
          onclick: (event) => event.detail === 0 && toggle(row, t), // a key; a pointer comes below
        }));
      let pressed = false;
      const under = ({ clientX }) => {
        const { left, width } = bar.getBoundingClientRect();
        return Math.floor(((clientX - left) / width) * T);
      };
      const beside = ({ clientY }) => { // far above or below: let go without a choice
        const { top, bottom } = bar.getBoundingClientRect();
        return clientY < top - 22 || clientY > bottom + 22;
      };
      const listen = (type, act) => bar.addEventListener(type, act);
      listen("pointerdown", (event) => {
        if (event.button !== 0) return;
        pressed = true;
        bar.setPointerCapture(event.pointerId);
        goTo(row, under(event));
      });
      listen("pointermove", (event) => pressed && goTo(row, under(event)));
      listen("pointerup", (event) => {
        if (pressed && !beside(event)) toggle(row, lab.t);
        pressed = false;
      });
      listen("pointercancel", () => (pressed = false)); // the page scrolls
      listen("keydown", (event) => {
        const order = Object.keys(rows);
        const rowBy = (by) => order[Math.max(0, Math.min(order.length - 1, order.indexOf(row) + by))];
        const to = {
          ArrowLeft: [row, lab.t - 1], ArrowRight: [row, lab.t + 1], Home: [row, 0], End: [row, T - 1],
          ArrowUp: [rowBy(-1), lab.t], ArrowDown: [rowBy(1), lab.t],
        }[event.key];
        if (!to || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        goTo(...to);
      });
      bar.append(...buttons);
      return [bar, buttons];
    };

    const makeRow = (row, state, controls) => {
      const [bar, buttons] = strip(row);
      rows[row] = { ...rows[row], cells: buttons };
      return element("div", { class: "gates-row", "data-row": row },
        element("div", {},
          element("p", { class: "gates-name" }, element("i", {}, row),
            say.names[row].map((text) => element("span", {}, text)), state),
          controls),
        bar);
    };
    const gateRow = (gate) => {
      const output = element("output");
      const press = (value, label) =>
        button(label, () => hold(gate, value), { "aria-label": say.holds(gate, label) });
      const [zero, one, free] = [press(0, "0"), press(1, "1"), press(null, say.free)];
      const slider = element("input", {
        type: "range", min: 0, max: 1, step: 0.05, value: 1, "aria-label": say.held(gate),
        oninput: () => hold(gate, slider.valueAsNumber),
      });
      rows[gate] = { output, zero, one, free, slider };
      return makeRow(gate, output, element("div", { class: "gates-hold" }, zero, slider, one, free));
    };

    // The parts, from the cause to what follows from it.
    const presets = Object.fromEntries(Object.keys(units[name].presets).map((preset) =>
      [preset, button(say.presets[preset], () => load(preset))]));
    const clearButton = button("", clear);
    const readout = element("p", { class: "gates-readout" });
    const above = element("div", { class: "gates-plot" });
    const below = element("div", { class: "gates-plot" });
    const said = element("p", { class: "gates-said" });
    const spoken = element("p", { class: "visually-hidden", "aria-live": "polite" });
    const path = choice({
      legend: "", value: "line", options: [["line", say.path[name]], ["all", say.path.all]],
      onchange: (value) => ((lab.path = value), update()),
    });
    path.element.querySelector("legend").append(...say.change(m).flat());
    root.append(
      element("div", { class: "gates" },
        element("div", { class: "gates-row" },
          element("div", {},
            element("div", { class: "widget-buttons", role: "group", "aria-label": say.presetsLabel }, Object.values(presets), clearButton),
            readout),
          above),
        makeRow("x"),
        cell.gates.map(gateRow),
        element("div", { class: "gates-row" }, path.element, below)),
      said,
      element("p", { class: "widget-note" }, say.note),
      spoken);

    // Drawing.
    const middles = (values) => values.flatMap((v, t) => [[t - 0.5, v], [t + 0.5, v]]);
    const plot = (holder, height, values, least, label, margins) => {
      const [low, high] = [Math.min(least[0], ...values), Math.max(least[1], ...values)];
      const axes = chart({
        width: holder.clientWidth, height, x: [-0.5, T - 0.5], y: [low, high], label, left: LEFT, ...margins,
      });
      const [from, to] = [axes.x(lab.t - 0.5), axes.x(lab.t + 0.5)];
      axes.plot.append(svg("rect", { class: "gates-now", x: from, width: to - from, y: 0, height }));
      holder.replaceChildren(axes.svg);
      return axes;
    };
    const drawStates = (found) => {
      const letters = m === "c" ? ["c", "h"] : ["h"];
      const all = letters.flatMap((letter) => found.map((step) => step[letter]));
      const axes = plot(above, 176, all, [-1.1, 1.1], say.states(letters.join(", ")), { bottom: 22 });
      axes.plot.append(svg("line", { class: "axis", x1: axes.x(-0.5), x2: axes.x(T - 0.5), y1: axes.y(0), y2: axes.y(0) }));
      for (const letter of letters)
        axes.line(middles(found.map((step) => step[letter])), { class: `gates-line gates-${letter}` });
    };
    const drawPaths = ({ line, all }) => {
      const both = lab.path === "all" ? [...line, ...all] : line;
      const axes = plot(below, 128, both, [0, 1.05], say.changeLabel(m), { xLabel: svg("tspan", { "font-style": "italic" }, "t") });
      const shown = lab.path === "all" ? all : line;
      const points = [[-0.5, 0], ...middles(shown), [T - 0.5, 0]];
      axes.line(points, { class: "gates-area" });
      if (lab.path === "all") axes.line(middles(line), { class: "gates-line gates-left gates-dotted" });
      axes.line(middles(shown), { class: "gates-line gates-left" });
    };

    const updateStrip = (row, found) => {
      found.forEach((step, t) => {
        const value = row === "x" ? lab.x[t] : step[row];
        const isHeld = row !== "x" && step.hold[row] !== null;
        const b = rows[row].cells[t];
        const shown = row === "x" ? String(value).replace("-", "−") : number(value);
        b.setAttribute("aria-label", say.cell(t, row, shown, isHeld));
        b.tabIndex = t === lab.t ? 0 : -1;
        b.classList.toggle("is-held", isHeld);
        b.classList.toggle("is-own", row !== "x" && t in lab.gates[row].at);
        b.classList.toggle("is-now", t === lab.t);
        const [from, to] = row === "x" ? [0.5 + Math.min(0, value) / 2, 0.5 + Math.max(0, value) / 2] : [0, value];
        b.style.setProperty("--from", from);
        b.style.setProperty("--size", to - from);
      });
    };
    const updateGate = (gate) => {
      const { output, zero, one, free, slider } = rows[gate];
      const { base } = lab.gates[gate];
      output.textContent = base === null ? say.free : number(base);
      zero.setAttribute("aria-pressed", base === 0);
      one.setAttribute("aria-pressed", base === 1);
      free.setAttribute("aria-pressed", base === null);
      if (base !== null) slider.value = base;
      slider.classList.toggle("is-idle", base === null);
      slider.setAttribute("aria-valuetext", output.textContent);
    };

    let quiet;
    const update = () => {
      const found = run(name, lab.x, lab.gates);
      const left = paths(name, found);
      for (const [preset, b] of Object.entries(presets)) b.setAttribute("aria-pressed", preset === lab.preset);
      clearButton.textContent = say.clear(lab.t);
      for (const row of Object.keys(rows)) updateStrip(row, found);
      cell.gates.forEach(updateGate);
      readout.replaceChildren(element("span", {}, say.step(lab.t)),
        ...cell.shown.map((letter) =>
          element("span", { class: `gates-value gates-${letter}` }, element("i", {}, letter), ` ${number(found[lab.t][letter])}`)));
      if (above.clientWidth) {
        drawStates(found);
        drawPaths(left);
      }
      const first = lab.x.findIndex((v) => v !== 0);
      const p = Math.max(first, 0);
      const states = (m === "c" ? ["c", "h"] : ["h"]).map((letter) => `${letter} = ${number(found[T - 1][letter])}`);
      said.textContent = say.said(states.join(say.and), m, p, first >= 0 ? say.pulse : "",
        factor(left[lab.path][p]), say.by[lab.path === "all" ? "all" : name]);
      clearTimeout(quiet);
      const speak = () => spoken.textContent !== said.textContent && (spoken.textContent = said.textContent);
      if (spoken.textContent) quiet = setTimeout(speak, 500);
      else speak(); // while the page opens nothing is read out
    };

    load("free");
    onWidth(above, update);
  });
})();
