/* The gradient laboratory of lesson 04: how strongly the last state depends on each input, for an
   RNN, an LSTM and a GRU of 64 units, computed here with the weights of gradient-laboratory.data.js.
   First the networks, in the letters of the lessons, one sequence at a time; then the picture. */
"use strict";
Unrolled.gradientLaboratory = (() => {
  const data = Unrolled.data["gradient-laboratory"];
  const { H, D } = data;
  const integers = (text) => new Float64Array(Int8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  const scaled = (numbers, factor) => numbers.map((v) => factor * v);
  const sigmoid = (z) => 1 / (1 + Math.exp(-z));

  /* W v and Wᵀ v; a matrix is the list of its rows, one after the other. */
  const times = (W, v) => {
    const product = new Float64Array(W.length / v.length);
    for (let i = 0, k = 0; i < product.length; i++) {
      let sum = 0;
      for (let j = 0; j < v.length; j++, k++) sum += W[k] * v[j];
      product[i] = sum;
    }
    return product;
  };
  const transposed = (W, v) => {
    const product = new Float64Array(W.length / v.length);
    for (let i = 0, k = 0; i < v.length; i++)
      for (let j = 0; j < product.length; j++, k++) product[j] += W[k] * v[i];
    return product;
  };
  const dot = (u, v) => u.reduce((sum, value, j) => sum + value * v[j], 0);
  const size = (v) => Math.sqrt(dot(v, v));
  const sum = (u, v) => u.map((value, j) => value + v[j]);

  /* Rows made orthonormal, one after the other (Gram–Schmidt). */
  const orthogonal = (W) => {
    const Q = W.slice();
    const rows = Array.from({ length: H }, (_, i) => Q.subarray(i * H, (i + 1) * H));
    rows.forEach((row, i) => {
      for (const before of rows.slice(0, i)) {
        const part = dot(row, before);
        before.forEach((value, j) => (row[j] -= part * value));
      }
      row.set(scaled(row, 1 / size(row)));
    });
    return Q;
  };

  /* Each network's W_x as PyTorch starts it, and its W_h of spectral radius 1, block by block. */
  const starts = { random: {}, orthogonal: {} };
  for (const kind of ["rnn", "lstm", "gru"]) {
    const W_x = scaled(integers(data[kind].W_x), 1 / (127 * Math.sqrt(H)));
    const drawn = integers(data[kind].W_h);
    const [random, turning] = [new Float64Array(drawn.length), new Float64Array(drawn.length)];
    data[kind].radii.forEach((radius, block) => {
      const W = drawn.subarray(block * H * H, (block + 1) * H * H);
      random.set(scaled(W, 1 / radius), block * H * H);
      turning.set(orthogonal(W), block * H * H);
    });
    starts.random[kind] = { W_x, W_h: random };
    starts.orthogonal[kind] = { W_x, W_h: turning };
  }
  const inputs = scaled(integers(data.inputs), Math.sqrt(3) / 127);

  /* Each of the three returns |∂L/∂x_t| for all t, where L is the sum of the last hidden state.
     hs[t] is the state after t steps, hs[0] that before the first. */
  const rnn = (W_x, W_h, bias, xs) => {
    const hs = [new Float64Array(H)];
    xs.forEach((x, t) => {
      hs.push(sum(times(W_x, x), times(W_h, hs[t])).map(Math.tanh));
    });
    const felt = [];
    let dh = new Float64Array(H).fill(1);
    for (let t = xs.length; t > 0; t--) {
      const dz = dh.map((d, j) => d * (1 - hs[t][j] ** 2));
      felt[t - 1] = size(transposed(W_x, dz));
      dh = transposed(W_h, dz);
    }
    return felt;
  };

  const lstm = (W_x, W_h, bias, xs) => {
    const [hs, cs, gates] = [[new Float64Array(H)], [new Float64Array(H)], []];
    xs.forEach((x, t) => {
      const z = sum(times(W_x, x), times(W_h, hs[t]));
      const [h, c] = [new Float64Array(H), new Float64Array(H)];
      gates.push(z);
      for (let j = 0; j < H; j++) {
        const i = (z[j] = sigmoid(z[j]));
        const f = (z[H + j] = sigmoid(z[H + j] + bias));
        const g = (z[2 * H + j] = Math.tanh(z[2 * H + j]));
        const o = (z[3 * H + j] = sigmoid(z[3 * H + j]));
        c[j] = f * cs[t][j] + i * g;
        h[j] = o * Math.tanh(c[j]);
      }
      hs.push(h);
      cs.push(c);
    });
    const felt = [];
    let dh = new Float64Array(H).fill(1);
    const dc = new Float64Array(H);
    for (let t = xs.length; t > 0; t--) {
      const dz = new Float64Array(4 * H);
      for (let j = 0; j < H; j++) {
        const [i, f, g, o] = [0, 1, 2, 3].map((block) => gates[t - 1][block * H + j]);
        const tanh_c = Math.tanh(cs[t][j]);
        dc[j] += dh[j] * o * (1 - tanh_c ** 2);
        dz[j] = dc[j] * g * i * (1 - i);
        dz[H + j] = dc[j] * cs[t - 1][j] * f * (1 - f);
        dz[2 * H + j] = dc[j] * i * (1 - g ** 2);
        dz[3 * H + j] = dh[j] * tanh_c * o * (1 - o);
        dc[j] *= f;
      }
      felt[t - 1] = size(transposed(W_x, dz));
      dh = transposed(W_h, dz);
    }
    return felt;
  };

  const gru = (W_x, W_h, bias, xs) => {
    const [hs, steps] = [[new Float64Array(H)], []];
    xs.forEach((x, t) => {
      const [from_x, from_h] = [times(W_x, x), times(W_h, hs[t])];
      const [h, r, z, n] = [0, 1, 2, 3].map(() => new Float64Array(H));
      for (let j = 0; j < H; j++) {
        r[j] = sigmoid(from_x[j] + from_h[j]);
        z[j] = sigmoid(from_x[H + j] + from_h[H + j] + bias);
        n[j] = Math.tanh(from_x[2 * H + j] + r[j] * from_h[2 * H + j]);
        h[j] = (1 - z[j]) * n[j] + z[j] * hs[t][j];
      }
      hs.push(h);
      steps.push({ r, z, n, h_n: from_h.subarray(2 * H) });
    });
    const felt = [];
    let dh = new Float64Array(H).fill(1);
    for (let t = xs.length; t > 0; t--) {
      const { r, z, n, h_n } = steps[t - 1];
      const [from_x, from_h] = [new Float64Array(3 * H), new Float64Array(3 * H)];
      for (let j = 0; j < H; j++) {
        const dz_n = dh[j] * (1 - z[j]) * (1 - n[j] ** 2);
        const dz_z = dh[j] * (hs[t - 1][j] - n[j]) * z[j] * (1 - z[j]);
        const dz_r = dz_n * h_n[j] * r[j] * (1 - r[j]);
        from_x[j] = from_h[j] = dz_r;
        from_x[H + j] = from_h[H + j] = dz_z;
        from_x[2 * H + j] = dz_n;
        from_h[2 * H + j] = dz_n * r[j];
        dh[j] *= z[j];
      }
      felt[t - 1] = size(transposed(W_x, from_x));
      dh = sum(dh, transposed(W_h, from_h));
    }
    return felt;
  };

  const networks = { rnn, lstm, gru };

  /* |∂L/∂x_t| for the distances 0 to T from the end, in units of the last input's. */
  const felt = (kind, { start, radius, bias, inputScale, T }) => {
    const { W_x, W_h } = starts[start][kind];
    const xs = Array.from({ length: T + 1 }, (_, t) => {
      const first = (data.T - T + t) * D;
      return scaled(inputs.subarray(first, first + D), inputScale);
    });
    const sizes = networks[kind](W_x, scaled(W_h, radius), bias, xs).reverse();
    return sizes.map((value) => value / sizes[0]);
  };

  /* What the rules of thumb say: a constant factor a step. */
  const rule = (factor, T) => Array.from({ length: T + 1 }, (_, k) => factor ** k);

  /* The first distance at which less than 1 % is left; −1 where there is none. */
  const onePercent = (sizes) => sizes.findIndex((value) => value < 0.01);

  return { felt, rule, onePercent, sigmoid };
})();

Unrolled.widget("gradient-laboratory", {
  en: {
    radius: "Spectral radius ρ", bias: "Gate bias β", T: "Length T", inputScale: "Inputs ×",
    start: "Recurrent weights", random: "random", orthogonal: "orthogonal",
    axis: "Vertical axis", logarithmic: "logarithmic", linear: "linear",
    presets: "Settings of this lesson", pytorch: "PyTorch’s start", open: "Gates open", large: "Weights × 4", quiet: "Orthogonal, small inputs",
    x: "distance T − t, in steps", y: "Size of the gradient (at the last input: 1)",
    picture: "The size of the gradient against the distance, for the three networks and two rules. What is left of each stands in the list below.",
    gone: (k) => `1 % left after ${k} ${k === 1 ? "step" : "steps"}`,
    left: (share, k) => `${share} left after ${k} steps`,
    grown: (share, k) => `${share} after ${k} steps`,
    percent: (number) => `${number} %`, fold: (number) => `${number}-fold`,
    say: (name, what) => `${name}: ${what}.`,
  },
  zh: {
    radius: "谱半径 ρ", bias: "门的偏置 β", T: "长度 T", inputScale: "输入乘以",
    start: "循环权重", random: "随机", orthogonal: "正交",
    axis: "纵轴", logarithmic: "对数", linear: "线性",
    presets: "本课用过的设置", pytorch: "PyTorch 的初始值", open: "门开着", large: "权重 × 4", quiet: "正交，小输入",
    x: "距离 T − t（步）", y: "梯度的大小（以最后一个输入处为 1）",
    picture: "三个网络的梯度大小随距离的变化，以及两条经验规则。各自还剩多少，写在下面的列表里。",
    gone: (k) => `${k} 步之后只剩 1%`,
    left: (share, k) => `${k} 步之后还剩 ${share}`,
    grown: (share, k) => `${k} 步之后放大到 ${share}`,
    percent: (number) => `${number}%`, fold: (number) => `${number} 倍`,
    say: (name, what) => `${name}：${what}。`,
  },
}, (root, words) => {
  const { element, svg, slider, choice, button, chart, onWidth } = Unrolled;
  const { felt, rule, onePercent, sigmoid } = Unrolled.gradientLaboratory;
  const LINES = [
    { name: "RNN", kind: "rnn", color: "var(--widget-b)" },
    { name: "LSTM", kind: "lstm", color: "var(--widget-a)" },
    { name: "GRU", kind: "gru", color: "var(--widget-c)" },
    { name: "ρᵏ", factor: ({ radius }) => radius, color: "var(--widget-b)" },
    { name: "σ(β)ᵏ", factor: ({ bias }) => sigmoid(bias), color: "var(--widget-d)" },
  ];
  const PRESETS = {
    pytorch: { start: "random", radius: 0.6, bias: 0, inputScale: 1, T: 100 },
    open: { start: "random", radius: 0.6, bias: 3, inputScale: 1, T: 100 },
    large: { start: "random", radius: 2.3, bias: 3, inputScale: 1, T: 100 },
    quiet: { start: "orthogonal", radius: 1, bias: 0, inputScale: 0.1, T: 100 },
  };
  const HEIGHT = 290;
  const first = PRESETS.pytorch;
  const minus = (text) => text.replace("-", "−");
  const superscript = (number) => String(number).replace(/[-\d]/g, (c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)]);

  const control = (name, min, max, step, digits) =>
    slider({ label: words[name], min, max, step, value: first[name], format: (v) => minus(v.toFixed(digits)), oninput: later });
  const controls = {
    radius: control("radius", 0.1, 4, 0.05, 2),
    bias: control("bias", -2, 5, 0.5, 1),
    T: control("T", 10, 200, 10, 0),
    inputScale: control("inputScale", 0, 2, 0.1, 1),
    start: choice({ legend: words.start, options: [["random", words.random], ["orthogonal", words.orthogonal]], value: first.start, onchange: later }),
    axis: choice({ legend: words.axis, options: [["logarithmic", words.logarithmic], ["linear", words.linear]], value: "logarithmic", onchange: later }),
  };
  const set = (preset) => {
    for (const [name, value] of Object.entries(preset)) controls[name].value = value;
    later();
  };

  const picture = element("div", { class: "gradient-picture" });
  const results = LINES.map(() => element("dd", {}));
  const said = element("p", { class: "visually-hidden", "aria-live": "polite" });
  root.append(
    element("p", { class: "widget-note gradient-axis" }, words.y),
    picture,
    element("dl", { class: "gradient-results" }, LINES.map(({ name, factor, color }, k) => element("div", {},
      element("dt", {},
        svg("svg", { width: 26, height: 10, "aria-hidden": "true" },
          svg("line", { x1: 0, x2: 26, y1: 5, y2: 5, style: `stroke: ${color}`, "stroke-width": factor ? 1.5 : 2.5, "stroke-dasharray": factor ? "5 4" : null })),
        name),
      results[k]))),
    said,
    element("div", { class: "widget-controls" },
      controls.radius.element, controls.bias.element, controls.T.element, controls.inputScale.element,
      controls.start.element, controls.axis.element),
    element("p", { class: "widget-note gradient-presets", id: "gradient-presets" }, words.presets),
    element("div", { class: "widget-buttons", role: "group", "aria-labelledby": "gradient-presets" },
      Object.entries(PRESETS).map(([name, preset]) => button(words[name], () => set(preset)))),
  );

  /* "17 %", "2.3-fold", "4·10¹⁰-fold". */
  const share = (value) => {
    if (value < 1) return words.percent(Math.round(100 * value));
    if (value < 100) return words.fold(value.toFixed(1));
    const power = Math.floor(Math.log10(value));
    return words.fold(`${Math.round(value / 10 ** power)}·10${superscript(power)}`);
  };
  const sentence = (sizes) => {
    const [k, last] = [onePercent(sizes), sizes.length - 1];
    if (k > 0) return words.gone(k);
    return (sizes[last] < 1 ? words.left : words.grown)(share(sizes[last]), last);
  };

  /* Six equal intervals of whole powers of ten that hold all values; in a linear picture, up to 10. */
  const range = (values, log) => {
    const highest = Math.max(...values);
    if (!log) return [0, [1, 2, 5].find((top) => top >= highest) ?? 10];
    const [low, high] = [Math.log10(Math.max(Math.min(...values), 1e-290)), Math.log10(highest) - 1e-9];
    const unit = [1, 2, 5, 10, 20, 50].find((size) => Math.ceil(high / size) - 6 <= low / size) ?? 100;
    const top = Math.ceil(high / unit);
    return [10 ** ((top - 6) * unit), 10 ** (top * unit)];
  };

  let width = 0, waiting = false, quiet;
  const draw = () => {
    waiting = false;
    const settings = Object.fromEntries(Object.entries(controls).map(([name, { value }]) => [name, value]));
    const curves = LINES.map(({ kind, factor }) =>
      kind ? felt(kind, settings) : rule(factor(settings), settings.T));
    const log = settings.axis === "logarithmic";
    const y = range(curves.slice(0, 3).flat(), log);
    const axes = chart({ width, height: HEIGHT, x: [0, settings.T], y, log, xLabel: words.x, label: words.picture });
    LINES.map(({ factor, color }, k) => {
      const points = curves[k].map((value, distance) => [distance, Math.max(value, 1e-300)]);
      axes.line(points, { style: `stroke: ${color}`, "stroke-width": factor ? 1.3 : 2.2, "stroke-dasharray": factor ? "5 4" : null });
    });
    picture.replaceChildren(axes.svg);
    curves.forEach((curve, k) => (results[k].textContent = sentence(curve)));
    clearTimeout(quiet); // what is read out waits until the slider rests
    quiet = setTimeout(() => {
      said.textContent = LINES.slice(0, 3).map(({ name }, k) => words.say(name, results[k].textContent)).join(" ");
    }, 600);
  };
  function later() {
    if (width && !waiting) waiting = Boolean(requestAnimationFrame(draw));
  }
  onWidth(root, (now) => ((width = now), draw()));
});
