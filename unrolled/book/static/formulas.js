/* Formulas in the order in which they are needed. The page is invisible until those in view stand
   (book.css; four seconds at most), so that nothing moves under the reader's eyes; then come those
   below, last those above. Loaded before MathJax, which asks `pageReady` what to do. */
"use strict";
if (window.MathJax) {
  const inView = (element) => {
    if (!element.checkVisibility()) return false; // folded
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > -innerHeight / 2 && top < 1.5 * innerHeight;
  };
  const pause = () => new Promise((resolve) => setTimeout(resolve));

  /* A link to a section: where it stood before its formulas had their size is not where it stands. */
  let moved = false;
  for (const event of ["wheel", "touchmove", "keydown", "pointerdown"])
    addEventListener(event, () => (moved = true), { once: true, passive: true });
  const toTarget = () => {
    if (location.hash && !moved)
      document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  };

  /* A button that holds nothing but a formula is called what the formula says. */
  const nameButton = (element) => {
    const button = element.closest("button:not([aria-label])");
    if (button && button.textContent.trim() === element.textContent.trim())
      button.setAttribute("aria-label", button.textContent.trim());
  };

  /* A browser may break a line before and after a formula, whatever stands there. No line shall begin
     with the stop that belongs to it ("$h$，", "$T$-step"), and none end with the bracket before it. */
  const before = /(?:[「『《]|[^\s\u2e80-\u9fff，；：！？）—…”’])+$/;
  const after = /^(?:[、。」』》]|[^\s\u2e80-\u9fff（—…“‘])+/;
  const hold = (formula) => {
    const clings = (node, what) => (node?.nodeType === Node.TEXT_NODE ? what.exec(node.data)?.[0] : "") ?? "";
    const left = clings(formula.previousSibling, before);
    const right = clings(formula.nextSibling, after);
    if (!left && !right) return;
    if (left) formula.previousSibling.data = formula.previousSibling.data.slice(0, -left.length);
    if (right) formula.nextSibling.data = formula.nextSibling.data.slice(right.length);
    const line = document.createElement("span");
    line.className = "unbroken";
    formula.replaceWith(line);
    line.append(left, formula, right);
  };

  const typeset = async () => {
    document.querySelectorAll("span.math").forEach(hold);
    let waiting = [...document.querySelectorAll(".math")];
    const next = async (wanted) => {
      waiting = waiting.filter((element) => !wanted.includes(element));
      await window.MathJax.typesetPromise(wanted);
      wanted.forEach(nameButton);
    };
    for (let near; (near = waiting.filter(inView)).length; toTarget()) await next(near);
    document.documentElement.classList.add("formulas-stand");
    performance.mark("formulas-in-view");
    const [above, below] = [[], []];
    for (const element of waiting)
      (element.getBoundingClientRect().top < 0 ? above : below).push(element);
    for (const part of [below, above.reverse()])
      for (let k = 0; k < part.length; k += 20) {
        await pause();
        await next(part.slice(k, k + 20));
      }
    performance.mark("formulas");
    toTarget();
  };

  window.MathJax.startup = { ...window.MathJax.startup, pageReady: typeset };
}
