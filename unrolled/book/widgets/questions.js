/* A question: its answers become buttons, and what is said about each, which the page without
   JavaScript has in a fold, appears below the one that is chosen. A wrong one leaves the others. */
"use strict";
(() => {
  const { language, element, remember, remembered } = Unrolled;
  const words = { en: "answered", zh: "已答对" }[language];

  const question = (root) => {
    const { page, question: id } = root.dataset;
    const label = root.querySelector(".question-label");
    const key = root.querySelector(".question-key");
    const said = [...key.querySelectorAll(":scope > ol > li")];
    const places = [];

    const answered = () => {
      if (!root.classList.contains("is-answered")) label.append(element("span", { class: "question-mark" }, words));
      root.classList.add("is-answered");
    };

    const choose = (k) => {
      const { item, button, place } = places[k];
      if (place.hasChildNodes()) return;
      const right = said[k].classList.contains("is-right");
      item.classList.add("is-chosen", right ? "is-right" : "is-wrong");
      button.setAttribute("aria-pressed", "true");
      place.append(...said[k].childNodes);
      if (!right) return;
      answered();
      remember(`question-${page}-${id}`, true);
      document.dispatchEvent(new CustomEvent("unrolled:answered", { detail: { page, question: id } }));
    };

    root.querySelectorAll(":scope > ol > li").forEach((item, k) => {
      const answer = element("span", {}, ...item.firstElementChild.childNodes);
      const button = element("button", { type: "button", "aria-pressed": "false", onclick: () => choose(k) }, answer);
      const place = element("div", { class: "question-said", "aria-live": "polite" });
      item.replaceChildren(button, place);
      places.push({ item, button, place });
    });
    root.classList.add("is-live");
    if (remembered(`question-${page}-${id}`)) answered();

    /* On paper there is nothing to choose: everything that is said goes back into the fold. */
    addEventListener("beforeprint", () => {
      places.forEach(({ place }, k) => said[k].append(...place.childNodes));
      key.open = true;
    });
    addEventListener("afterprint", () => {
      places.forEach(({ item, place }, k) => item.classList.contains("is-chosen") && place.append(...said[k].childNodes));
      key.open = false;
    });
  };

  document.querySelectorAll(".question").forEach(question);
})();
