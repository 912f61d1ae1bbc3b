/* Draw a digit: an RNN, an LSTM and a GRU read it row by row. The numbers first, then the picture. */
"use strict";
(() => {
  const { element, svg, slider, choice, button, chart, onWidth } = Unrolled;
  const { networks, digits } = Unrolled.data["draw-a-digit"];
  const T = 28; // rows, and pixels in a row
  const C = 10; // digits
  const names = { rnn: "RNN", lstm: "LSTM", gru: "GRU" };
  const kinds = Object.keys(names);

  /* --- The stored weights: matrices in 8 bits with a scale for each row ----------------------- */

  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const floats = (text) => new Float32Array(bytes(text).buffer);
  const matrix = ({ int8, scale }) => {
    const numbers = new Int8Array(bytes(int8).buffer);
    const rows = floats(scale);
    const width = numbers.length / rows.length;
    return Array.from(rows, (s, j) => Float64Array.from(numbers.subarray(j * width, (j + 1) * width), (n) => n * s));
  };
  const weights = (stored) => Object.fromEntries(Object.entries(stored)
    .filter(([name]) => name !== "accuracy")
    .map(([name, value]) => [name, typeof value === "string" ? floats(value) : matrix(value)]));

  /* --- The cells, in the letters of lessons 02, 05 and 06 -------------------------------------- */

  const times = (W, v) => W.map((row) => {
    let sum = 0;
    for (let k = 0; k < row.length; k++) sum += row[k] * v[k];
    return sum;
  });
  const plus = (u, ...others) => u.map((value, k) => others.reduce((sum, v) => sum + v[k], value));
  const blocks = (a, H) => Array.from({ length: a.length / H }, (_, k) => a.slice(k * H, (k + 1) * H));
  const sigmoid = (a) => 1 / (1 + Math.exp(-a));
  const softmax = (a) => {
    const e = a.map((value) => Math.exp(value - Math.max(...a)));
    const sum = e.reduce((u, v) => u + v);
    return e.map((value) => value / sum);
  };

  const cells = {
    rnn(x, { h }, { W_x, W_h, b }) {
      h = plus(times(W_x, x), times(W_h, h), b).map(Math.tanh);
      return { h };
    },
    lstm(x, { h, c }, { W_x, W_h, b }) {
      const [i, f, g, o] = blocks(plus(times(W_x, x), times(W_h, h), b), h.length);
      c = c.map((old, k) => sigmoid(f[k]) * old + sigmoid(i[k]) * Math.tanh(g[k]));
      h = c.map((memory, k) => sigmoid(o[k]) * Math.tanh(memory));
      return { h, c };
    },
    gru(x, { h }, { W_x, W_h, b_x, b_h }) {
      const [x_r, x_z, x_n] = blocks(plus(times(W_x, x), b_x), h.length);
      const [h_r, h_z, h_n] = blocks(plus(times(W_h, h), b_h), h.length);
      const r = plus(x_r, h_r).map(sigmoid);
      const z = plus(x_z, h_z).map(sigmoid);
      const n = x_n.map((a, k) => Math.tanh(a + r[k] * h_n[k]));
      h = h.map((old, k) => (1 - z[k]) * n[k] + z[k] * old);
      return { h };
    },
  };

  const unpacked = {};
  /* An image (784 numbers in [0, 1]) -> [{ h, p }, …]: state and probabilities after 0, 1, …, 28 rows. */
  const read = (kind, image) => {
    const w = (unpacked[kind] ??= weights(networks[kind]));
    const zeros = new Array(w.W_h[0].length).fill(0);
    let state = { h: zeros, c: zeros };
    const answer = ({ h }) => ({ h, p: softmax(plus(times(w.W_y, h), w.b_y)) });
    const steps = [answer(state)];
    for (let t = 0; t < T; t++) {
      state = cells[kind](image.subarray(t * T, (t + 1) * T), state, w);
      steps.push(answer(state));
    }
    return steps;
  };

  const best = (p) => p.indexOf(Math.max(...p));
  /* When did it know? A digit is believed while its probability is at least one half.
     { answer, p, since, before }: `since` is the first row from which the last answer is believed
     to the end (null: not even there), `before` what was believed earlier. */
  const verdict = (steps) => {
    const last = steps[T].p;
    const answer = best(last);
    const believed = steps.map(({ p }) => (p[best(p)] >= 0.5 ? best(p) : null));
    let since = T + 1;
    while (since > 0 && believed[since - 1] === answer) since--;
    const before = [];
    for (let t = 0; t < since && t <= T; t++) {
      if (believed[t] === null) continue;
      if (t > 0 && believed[t - 1] === believed[t]) before.at(-1).to = t;
      else before.push({ digit: believed[t], from: t, to: t });
    }
    return { answer, p: last[answer], since: since > T ? null : since, before };
  };

  /* --- Images ---------------------------------------------------------------------------------- */

  /* The k-th of the MNIST digits that come along; of its zeros only their number is stored. */
  const mnist = (() => {
    const pixels = new Uint8Array(digits.labels.length * T * T);
    const stream = bytes(digits.pixels);
    for (let i = 0, at = 0; i < stream.length; i++) {
      if (stream[i] === 0) at += stream[++i];
      else pixels[at++] = stream[i];
    }
    return (k) => Float64Array.from(pixels.subarray(k * T * T, (k + 1) * T * T), (value) => value / 255);
  })();

  /* Ink (side × side numbers in [0, 1]) -> 28 × 28, as the images of MNIST were made: fitted into
     20 × 20 with its proportions kept, each pixel the mean of what it covers, and moved by whole
     pixels until the centre of mass is in row 14 and column 14 (counted from 0), as all theirs are. */
  const seen = (ink, side) => {
    let [top, bottom, left, right] = [side, 0, side, 0];
    const sums = new Float64Array((side + 1) ** 2); // of everything above and to the left
    for (let r = 0; r < side; r++) {
      for (let c = 0, row = 0; c < side; c++) {
        const value = ink[r * side + c];
        row += value;
        sums[(r + 1) * (side + 1) + c + 1] = sums[r * (side + 1) + c + 1] + row;
        if (value > 0) [top, bottom, left, right] = [Math.min(top, r), r + 1, Math.min(left, c), Math.max(right, c + 1)];
      }
    }
    const image = new Float64Array(T * T);
    if (bottom === 0) return image;
    const scale = Math.max(bottom - top, right - left) / 20;
    const until = (y, x) => { // the sum above y and left of x, between the grid's lines too
      [y, x] = [Math.min(y, side), Math.min(x, side)];
      const [r, c] = [Math.min(Math.floor(y), side - 1), Math.min(Math.floor(x), side - 1)];
      const at = (j, k) => sums[j * (side + 1) + k];
      const along = (j) => at(j, c) + (x - c) * (at(j, c + 1) - at(j, c));
      return along(r) + (y - r) * (along(r + 1) - along(r));
    };
    const [height, width] = [bottom - top, right - left].map((length) => Math.ceil(length / scale - 1e-9));
    const fitted = Array.from({ length: height }, (_, r) => Array.from({ length: width }, (_, c) => {
      const [y, x] = [top + r * scale, left + c * scale];
      const sum = until(y + scale, x + scale) - until(y, x + scale) - until(y + scale, x) + until(y, x);
      return Math.min(1, Math.max(0, sum / scale ** 2));
    }));
    let [mass, down, along] = [0, 0, 0];
    fitted.forEach((row, r) => row.forEach((value, c) => {
      mass += value;
      down += value * r;
      along += value * c;
    }));
    const shift = (moment, length) => Math.max(0, Math.min(T - length, Math.round(14 - moment / mass)));
    const [dy, dx] = [shift(down, height), shift(along, width)];
    fitted.forEach((row, r) => image.set(row, (r + dy) * T + dx));
    return image;
  };

  Unrolled["draw-a-digit"] = { read, verdict, seen, mnist };

  /* --- Words ----------------------------------------------------------------------------------- */

  const two = (p) => p.toFixed(2);
  const percent = (kind) => (100 * networks[kind].accuracy).toFixed(1);
  const words = {
    en: {
      draw: "Drawing area",
      how: "Mouse or finger; or arrow keys, and space to lower and lift the pen.",
      down: "Pen down.", up: "Pen up.",
      another: "A digit of MNIST", hard: "One that is misread", clear: "Clear",
      sees: "What the networks see", state: (name) => `The ${name}’s state: 64 numbers, blue below 0, orange above`,
      probabilities: (name) => `What the ${name} says`,
      network: "Network", play: "Read", pause: "Pause", step: "Next row", rows: "Rows read",
      row: "row", p: "probability",
      chart: (name) => `Probability of each digit after each row that the ${name} has read`,
      here: "Draw a digit here",
      subject: (name) => `The ${name} `,
      empty: (digit, p) => `sees an empty image and says ${digit} all the same, with probability ${two(p)}.`,
      nothing: "has read nothing yet.",
      sofar: (t, digit, p) => `says ${digit} after row ${t}, with probability ${two(p)}.`,
      verdict: ({ answer, p, since, before }, truth) => {
        const rows = ({ from, to }) => (from === to ? `row ${from}` : `rows ${from} to ${to}`);
        const first = before.map((b) => `${b.digit} (${rows(b)})`).join(", then ");
        const told = truth === null ? "" : truth === answer ? " Right." : ` It is a ${truth}.`;
        if (since === null) return `${first && `took it for ${first} and `}is not sure at the end: ${answer}, with probability ${two(p)}.${told}`;
        if (first) return `took it for ${first}, and settled on ${answer} at row ${since}.${told}`;
        return `settled on ${answer} at row ${since} and never changed its mind.${told}`;
      },
      note: [
        "One layer each, ", element("i", {}, "H"), " = 64, trained on the 60,000 training images, slightly distorted, to answer after every row; the weights are stored in 8 bits. ",
        `Of the 10,000 test images the RNN names ${percent("rnn")}\u00a0% rightly, the LSTM ${percent("lstm")}\u00a0%, the GRU ${percent("gru")}\u00a0%. `,
        "A network has settled on a digit at the row from which on its probability stays at one half or more. ",
        "A drawing is fitted into 20 × 20 pixels and centred as MNIST’s were, but lines by mouse are not lines by pen: here the networks err more often. ",
        "MNIST: Yann LeCun, Corinna Cortes, Christopher J. C. Burges, CC BY-SA 3.0.",
      ],
    },
    zh: {
      draw: "画板",
      how: "用鼠标或手指画；也可以用方向键移动，空格键落笔、提笔。",
      down: "已落笔。", up: "已提笔。",
      another: "取一个 MNIST 数字", hard: "取一个会认错的", clear: "擦掉",
      sees: "网络看到的", state: (name) => `${name} 的状态：64 个数，蓝为负，橙为正`,
      probabilities: (name) => `${name} 的回答`,
      network: "网络", play: "开始读", pause: "暂停", step: "再读一行", rows: "已读行数",
      row: "行", p: "概率",
      chart: (name) => `${name} 每读完一行，各个数字的概率`,
      here: "在这里画一个数字",
      subject: (name) => `${name} `,
      empty: (digit, p) => `看到的是空白图像，却也答了 ${digit}，概率 ${two(p)}。`,
      nothing: "一行也没读。",
      sofar: (t, digit, p) => `读完第 ${t} 行，答 ${digit}，概率 ${two(p)}。`,
      verdict: ({ answer, p, since, before }, truth) => {
        const rows = ({ from, to }) => (from === to ? `第 ${from} 行` : `第 ${from} 到 ${to} 行`);
        const first = before.map((b) => `${b.digit}（${rows(b)}）`).join("，又以为是 ");
        const told = truth === null ? "" : truth === answer ? "答对了。" : `其实是 ${truth}。`;
        if (since === null) return `${first && `先以为是 ${first}，`}读完仍拿不准：最像 ${answer}，概率 ${two(p)}。${told}`;
        if (first) return `先以为是 ${first}，到第 ${since} 行才认定是 ${answer}。${told}`;
        return `在第 ${since} 行认定是 ${answer}，此后没有再改主意。${told}`;
      },
      note: [
        "三个网络各一层，", element("i", {}, "H"), " = 64，用稍加变形的 60,000 幅训练图像训练，每读一行都要作答；权重按 8 位存储。",
        `10,000 幅测试图像中，RNN 认对 ${percent("rnn")}%，LSTM ${percent("lstm")}%，GRU ${percent("gru")}%。`,
        "从某一行起，一个数字的概率一直不低于二分之一，就说网络在这一行认定了它。",
        "画好的数字会像 MNIST 那样缩放到 20 × 20 像素以内并居中，但鼠标画出的线条毕竟不同于纸上的笔迹，网络认错的时候会更多。",
        "MNIST：Yann LeCun、Corinna Cortes、Christopher J. C. Burges，CC BY-SA 3.0。",
      ],
    },
  };

  /* --- The picture ----------------------------------------------------------------------------- */

  const SIDE = 280; // the drawing's pixels: ten for each of the network's
  const PEN = 22;
  const PACE = 170; // milliseconds a row
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  /* Ink is black and opaque where there is some; the style sheet inverts it on a dark ground. */
  const paint = (context, image, strength = () => 1) => {
    const picture = context.createImageData(T, T);
    image.forEach((value, k) => { picture.data[4 * k + 3] = 255 * value * strength(Math.floor(k / T)); });
    context.putImageData(picture, 0, 0);
  };

  /* A sheet to draw on, by pointer and by keys; `onink` is called when it changed. */
  const sheet = (text, say, onink) => {
    const hint = Unrolled.id("how");
    const canvas = element("canvas", {
      class: "digit-ink", width: SIDE, height: SIDE, tabindex: 0,
      role: "application", "aria-label": text.draw, "aria-describedby": hint,
    });
    const cursor = element("span", { class: "digit-cursor" });
    const here = element("span", { class: "digit-hint", "aria-hidden": "true" }, text.here);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    Object.assign(context, { lineWidth: PEN, lineCap: "round", lineJoin: "round", imageSmoothingEnabled: false });
    let from = null; // where a pointer's stroke has come to
    let at = [SIDE / 2, SIDE / 4]; // the keys' pen
    let pen = false;

    const stroke = (a, b) => {
      context.beginPath();
      context.moveTo(...a);
      context.lineTo(...b);
      context.stroke();
      here.hidden = true;
      onink();
    };
    const place = (event) => {
      const box = canvas.getBoundingClientRect();
      return [(event.clientX - box.left) * SIDE / box.width, (event.clientY - box.top) * SIDE / box.height];
    };
    const show = () => {
      cursor.style.left = `${100 * at[0] / SIDE}%`;
      cursor.style.top = `${100 * at[1] / SIDE}%`;
      cursor.classList.toggle("is-down", pen);
    };
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      from = place(event);
      stroke(from, from);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!from) return;
      const to = place(event);
      stroke(from, to);
      from = to;
    });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { from = null; });
    canvas.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === " ") {
        pen = !pen;
        if (pen) stroke(at, at);
        say(pen ? text.down : text.up);
      } else if (moves[event.key]) {
        const to = at.map((value, k) => Math.max(PEN / 2, Math.min(SIDE - PEN / 2, value + 10 * moves[event.key][k])));
        if (pen) stroke(at, to);
        at = to;
      } else return;
      event.preventDefault(); // the page would scroll
      show();
    });
    canvas.addEventListener("blur", () => { pen = false; show(); });
    show();

    return {
      element: element("div", { class: "digit-sheet" }, element("div", { class: "digit-frame" }, canvas, cursor, here), element("p", { class: "widget-note", id: hint }, text.how)),
      get ink() {
        const { data } = context.getImageData(0, 0, SIDE, SIDE);
        return Float64Array.from({ length: SIDE * SIDE }, (_, k) => data[4 * k + 3] / 255);
      },
      clear() {
        context.clearRect(0, 0, SIDE, SIDE);
        here.hidden = false;
      },
      show(image) {
        const small = element("canvas", { width: T, height: T });
        paint(small.getContext("2d"), image);
        this.clear();
        context.drawImage(small, 0, 0, SIDE, SIDE);
        here.hidden = true;
      },
    };
  };

  const captioned = (caption, ...content) => element("div", {}, ...content, element("p", { class: "digit-caption" }, caption));

  /* What the networks see: the rows that were read, and faintly the rest. */
  const eye = () => {
    const canvas = element("canvas", { class: "digit-seen", width: T, height: T, "aria-hidden": "true" });
    const mark = element("span", { class: "digit-row" });
    return {
      element: element("div", { class: "digit-frame" }, canvas, mark),
      draw(image, t) {
        paint(canvas.getContext("2d"), image, (row) => (row < t ? 1 : 0.25));
        mark.style.top = `${100 * (t - 1) / T}%`;
        mark.hidden = t === 0;
      },
    };
  };

  /* The state: as many squares as numbers, blue below 0 and orange above. */
  const squares = () => {
    const rects = Array.from({ length: 64 }, (_, k) =>
      svg("rect", { x: (k % 8) + 0.05, y: Math.floor(k / 8) + 0.05, width: 0.9, height: 0.9 }));
    return {
      element: svg("svg", { class: "digit-state", viewBox: "0 0 8 8", "aria-hidden": "true" }, rects),
      draw(h) {
        h.forEach((value, k) => {
          rects[k].style.fill = `var(--widget-${value < 0 ? "a" : "b"})`;
          rects[k].style.fillOpacity = Math.abs(value).toFixed(3);
        });
      },
    };
  };

  /* Ten probabilities. */
  const bars = () => {
    const columns = Array.from({ length: C }, (_, digit) => {
      const x = 36 * digit + 18;
      const bar = svg("rect", { x: x - 12, width: 24 });
      const value = svg("text", { x, "text-anchor": "middle" });
      const label = svg("text", { x, y: 118, "text-anchor": "middle" }, String(digit));
      return { bar, value, label };
    });
    return {
      element: svg("svg", { class: "widget-chart digit-bars", viewBox: "0 0 360 122", "aria-hidden": "true" },
        svg("line", { class: "axis", x1: 0, x2: 360, y1: 100.5, y2: 100.5 }),
        columns.map(({ bar, value, label }) => [bar, value, label])),
      draw(p) {
        columns.forEach(({ bar, value, label }, digit) => {
          const height = 82 * p[digit];
          const first = digit === best(p);
          bar.setAttribute("y", 100 - height);
          bar.setAttribute("height", height);
          value.setAttribute("y", 96 - height);
          value.textContent = first || p[digit] >= 0.1 ? two(p[digit]) : "";
          for (const node of [bar, value, label]) node.classList.toggle("is-first", first);
        });
      },
    };
  };

  Unrolled.widget("draw-a-digit", words, (root, text) => {
    let image = mnist(0);
    let truth = digits.labels[0];
    let next = { easy: 0, hard: -1 }; // which MNIST digit was shown last, of each sort
    let readings = {};
    let kind = "lstm";
    let t = T;
    let timer = null;
    let waiting = 0;
    let axes = null;

    const status = element("p", { class: "visually-hidden", "aria-live": "polite" });
    const say = (sentence) => { status.textContent = sentence; };
    const paper = sheet(text, say, () => { waiting ||= requestAnimationFrame(drawn); });
    const picture = eye();
    const state = squares();
    const answers = bars();
    const captions = { state: element("span"), bars: element("span") };
    const lines = Object.fromEntries(kinds.map((k) => [k, element("span")]));
    const place = element("div", { class: "digit-chart" });

    const blank = () => image.every((value) => value === 0);
    const sentence = (k) => {
      const { p } = readings[k][t];
      if (t === 0) return text.nothing;
      if (blank()) return text.empty(best(p), p[best(p)]);
      return t < T ? text.sofar(t, best(p), p[best(p)]) : text.verdict(verdict(readings[k]), truth);
    };

    /* Ten lines against the rows, as far as they were read; the leader's stands out, and those of
       digits that were believed for a while. */
    const drawLines = () => {
      if (!axes) return;
      const steps = readings[kind];
      const leader = best(steps[t].p);
      axes.plot.replaceChildren();
      const order = [...Array(C).keys()].sort((a, b) => (a === leader) - (b === leader)); // the leader's on top
      for (const digit of order) {
        const points = steps.slice(0, t + 1).map(({ p }, row) => [row, p[digit]]);
        const peak = points.reduce((high, point) => (point[1] > high[1] ? point : high));
        const sort = digit === leader ? "is-first" : peak[1] >= 0.5 ? "was-believed" : "";
        axes.line(points, { class: `digit-line ${sort}` });
        if (!sort || t === 0) continue;
        const [row, p] = digit === leader ? points.at(-1) : peak; // where its name stands
        axes.plot.append(svg("text", { class: sort, x: axes.x(row) - 6, y: axes.y(p) + (p > 0.6 ? 16 : -5), "text-anchor": "end" }, String(digit)));
      }
      axes.plot.append(svg("line", { class: "digit-now", x1: axes.x(t), x2: axes.x(t), y1: axes.y(0), y2: axes.y(1) }));
    };

    const draw = () => {
      const name = names[kind];
      const { h, p } = readings[kind][t];
      picture.draw(image, t);
      state.draw(h);
      answers.draw(p);
      captions.state.textContent = text.state(name);
      captions.bars.textContent = text.probabilities(name);
      for (const k of kinds) lines[k].textContent = sentence(k);
      rows.value = t;
      go.textContent = timer ? text.pause : text.play;
      drawLines();
    };

    const stop = () => { clearInterval(timer); timer = null; };
    const rest = () => { // what a screen reader hears once things stand still
      draw();
      say(text.subject(names[kind]) + sentence(kind));
    };
    const readAll = () => { for (const k of kinds) readings[k] = read(k, image); };
    const drawn = () => {
      waiting = 0;
      stop();
      [image, truth, t] = [seen(paper.ink, SIDE), null, T];
      readAll();
      draw();
    };
    const play = () => {
      stop();
      if (t === T) t = 0;
      timer = setInterval(() => {
        t++;
        if (t < T) return draw();
        stop();
        rest();
      }, PACE);
      draw();
    };
    const load = (sort) => {
      const of = (k) => sort === "easy" || digits.misread[k];
      do next[sort] = (next[sort] + 1) % digits.labels.length; while (!of(next[sort]));
      stop();
      [image, truth, t] = [mnist(next[sort]), digits.labels[next[sort]], T];
      paper.show(image);
      readAll();
      if (still()) rest();
      else play();
    };
    const clear = () => {
      paper.clear();
      drawn();
      rest();
    };

    const rows = slider({
      label: text.rows, min: 0, max: T, step: 1, value: T, format: (value) => `${value}`.padStart(2, " "),
      oninput(value) { stop(); t = value; rest(); },
    });
    const go = button(text.play, () => (timer ? (stop(), rest()) : play()));
    const forward = button(text.step, () => { stop(); t = (t % T) + 1; rest(); });
    const network = choice({
      legend: text.network, options: kinds.map((k) => [k, names[k]]), value: kind,
      onchange(value) { kind = value; redraw(); rest(); },
    });

    let width = 0;
    const redraw = () => {
      if (!width) return;
      axes = chart({ width, height: 210, x: [0, T], y: [0, 1], xLabel: text.row, yLabel: text.p, label: text.chart(names[kind]) });
      place.replaceChildren(axes.svg);
      drawLines();
    };

    root.append(
      element("div", { class: "digit-panels" },
        element("div", { class: "digit-left" }, paper.element,
          element("div", { class: "widget-buttons" },
            button(text.another, () => load("easy")), button(text.hard, () => load("hard")), button(text.clear, clear))),
        element("div", { class: "digit-right" },
          network.element,
          element("div", { class: "digit-pair" }, captioned(text.sees, picture.element), captioned(captions.state, state.element)),
          captioned(captions.bars, answers.element))),
      element("div", { class: "digit-controls" }, element("div", { class: "widget-buttons" }, go, forward), rows.element),
      place,
      element("ul", { class: "digit-sentences" }, kinds.map((k) => element("li", {}, element("b", {}, text.subject(names[k])), lines[k]))),
      element("p", { class: "widget-note" }, text.note),
      status);
    paper.show(image);
    readAll();
    draw();
    onWidth(root, (now) => { width = now; redraw(); });
  });
})();
