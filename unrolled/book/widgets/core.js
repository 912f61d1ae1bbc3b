/* What every widget is made of: elements, controls, a chart. A widget registers with
     Unrolled.widget("name", { en: {…words}, zh: {…words} }, (root, words) => { … });
   and draws itself into `root`, which stands where the page without JavaScript has its figure. */
"use strict";
window.Unrolled = (() => {
  const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
  const SVG = "http://www.w3.org/2000/svg";
  let ids = 0;

  const fill = (node, attributes, children) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value === true) node.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
    }
    node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
    return node;
  };
  /* element("p", { class: "note", onclick: f }, "text", child): the same for SVG with svg(…). */
  const element = (tag, attributes = {}, ...children) =>
    fill(document.createElement(tag), attributes, children);
  const svg = (tag, attributes = {}, ...children) =>
    fill(document.createElementNS(SVG, tag), attributes, children);
  const id = (stem) => `${stem}-${++ids}`;

  /* A labelled slider; `format` turns its number into what is shown and read out. */
  const slider = ({ label, min, max, step, value, format = String, oninput }) => {
    const name = id("slider");
    const output = element("output", { for: name });
    const input = element("input", { type: "range", id: name, min, max, step });
    const show = () => {
      output.textContent = format(input.valueAsNumber);
      input.setAttribute("aria-valuetext", output.textContent);
    };
    input.value = value;
    input.addEventListener("input", () => (show(), oninput(input.valueAsNumber)));
    show();
    return {
      element: element("div", { class: "widget-slider" }, element("label", { for: name }, label), input, output),
      get value() { return input.valueAsNumber; },
      set value(number) { input.value = number; show(); },
      set disabled(yes) { input.disabled = yes; },
    };
  };

  /* One of several: radio buttons in a row. `options` is [[value, label], …]. */
  const choice = ({ legend, options, value, onchange }) => {
    const name = id("choice");
    const inputs = options.map(([option, label]) => {
      const input = element("input", { type: "radio", name, id: id("option"), value: option, checked: option === value });
      input.addEventListener("change", () => onchange(option));
      return [input, element("label", { for: input.id }, label)];
    });
    return {
      element: element("fieldset", { class: "widget-choice" }, element("legend", {}, legend),
        element("div", {}, ...inputs.flat())),
      get value() { return inputs.find(([input]) => input.checked)?.[0].value; },
      set value(option) { for (const [input] of inputs) input.checked = input.value === option; },
    };
  };

  const button = (label, onclick, attributes = {}) =>
    element("button", { type: "button", class: "widget-button", onclick, ...attributes }, label);

  /* Ticks at 1, 2 or 5 times a power of ten, about `count` of them. */
  const ticks = (low, high, count = 5) => {
    const rough = (high - low) / count;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
    const first = Math.ceil(low / step - 1e-9);
    const last = Math.floor(high / step + 1e-9);
    return Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)));
  };

  /* A pair of axes in an SVG, as wide as asked. `x` and `y` are [low, high]; with `log` y is
     logarithmic. It returns { svg, plot, x(v), y(v), line(points, attributes) }; what is drawn goes
     into `plot`, which is clipped to the axes. `label` is the picture's alternative text; `left` and
     `bottom` make room for the ticks. */
  const chart = ({ width, height, x, y, log = false, xLabel, yLabel, label, left = 46, bottom = 36 }) => {
    const [right, top] = [8, 12];
    const scale = log ? Math.log10 : (v) => v;
    const px = (v) => left + ((v - x[0]) / (x[1] - x[0])) * (width - left - right);
    const py = (v) =>
      height - bottom - ((scale(v) - scale(y[0])) / (scale(y[1]) - scale(y[0]))) * (height - top - bottom);
    const decades = () => {
      const [low, high] = [Math.ceil(Math.log10(y[0]) - 1e-9), Math.floor(Math.log10(y[1]) + 1e-9)];
      const step = Math.max(1, Math.ceil((high - low) / 6));
      return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, k) => low + k * step);
    };
    const yTicks = log
      ? decades().map((e) => [10 ** e, svg("tspan", {}, "10", svg("tspan", { dy: "-.45em", "font-size": ".75em" }, String(e).replace("-", "−")))])
      : ticks(...y).map((v) => [v, String(v).replace("-", "−")]);
    const clip = id("clip");
    const plot = svg("g", { "clip-path": `url(#${clip})` });
    const node = svg("svg", { class: "widget-chart", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label },
      svg("clipPath", { id: clip }, svg("rect", { x: left, y: top - 4, width: width - left - right, height: height - top - bottom + 8 })),
      yTicks.map(([v, text]) => [
        svg("line", { class: "grid", x1: left, x2: width - right, y1: py(v), y2: py(v) }),
        svg("text", { class: "tick", x: left - 6, y: py(v) + 4, "text-anchor": "end" }, text),
      ]),
      ticks(...x, Math.max(2, Math.min(8, Math.floor(width / 70)))).map((v) =>
        svg("text", { class: "tick", x: px(v), y: height - bottom + 16, "text-anchor": "middle" }, String(v).replace("-", "−"))),
      svg("line", { class: "axis", x1: left, x2: width - right, y1: height - bottom, y2: height - bottom }),
      xLabel ? svg("text", { class: "axis-label", x: width - right, y: height - 4, "text-anchor": "end" }, xLabel) : null,
      yLabel ? svg("text", { class: "axis-label", x: left, y: top - 2 }, yLabel) : null,
      plot);
    const line = (points, attributes) =>
      plot.appendChild(svg("polyline", { fill: "none", points: points.map(([u, v]) => `${px(u).toFixed(1)},${py(v).toFixed(1)}`).join(" "), ...attributes }));
    return { svg: node, plot, x: px, y: py, line };
  };

  /* Call `draw(width)` now and whenever the widget's width changes. */
  const onWidth = (root, draw) => {
    let last = 0;
    new ResizeObserver(() => {
      const width = Math.floor(root.clientWidth);
      if (width && width !== last) draw((last = width));
    }).observe(root);
  };

  /* What the reader's browser remembers; without storage nothing is remembered and nothing fails. */
  const remember = (key, value) => {
    try { localStorage.setItem(`unrolled-${key}`, JSON.stringify(value)); } catch { /* no storage */ }
  };
  const remembered = (key) => {
    try { return JSON.parse(localStorage.getItem(`unrolled-${key}`)); } catch { return null; }
  };

  const widget = (name, words, make) => {
    for (const node of document.querySelectorAll(`.widget[data-widget="${name}"]`)) {
      const root = element("div", { class: `widget-live widget-${name}` });
      node.append(root);
      node.classList.add("is-live"); // the figure for a page without JavaScript goes
      make(root, words[language], node);
    }
  };

  return { language, data: {}, element, svg, id, slider, choice, button, ticks, chart, onWidth, remember, remembered, widget };
})();
