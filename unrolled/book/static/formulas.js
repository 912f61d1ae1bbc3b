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

  const typeset = async () => {
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
