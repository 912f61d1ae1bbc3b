/* The language switcher, links to headings and formulas, menus, and what the keyboard can reach. */
"use strict";
{
  const article = () => document.querySelector("article.bd-article");

  /* Where the reader is: at the formula or section that a link led to while it is in view, else in
     the last section whose heading has passed under the bar. The page's own title needs no id. */
  const currentPlace = () => {
    const title = article()?.querySelector("section[id]");
    if (!title) return "";
    const inView = (element) => {
      const top = element.getBoundingClientRect().top;
      return top >= 0 && top < window.innerHeight;
    };
    const linked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (linked?.id.startsWith("equation-") && inView(linked)) return `#${linked.id}`;
    let section = linked && inView(linked) ? linked.closest("section[id]") : null;
    if (!section) {
      const passed = [...article().querySelectorAll("section[id]")].filter(
        (candidate) => candidate.getBoundingClientRect().top <= 120
      );
      section = passed.at(-1);
    }
    return section && section !== title ? `#${section.id}` : "";
  };

  for (const link of document.querySelectorAll("a.language-switch")) {
    const page = link.getAttribute("href");
    const update = () => link.setAttribute("href", page + currentPlace());
    for (const event of ["pointerenter", "pointerdown", "focus", "click"])
      link.addEventListener(event, update);
  }

  /* The landing page leads to the language that was read last. */
  try {
    localStorage.setItem("unrolled-language", document.documentElement.lang.slice(0, 2));
  } catch {
    /* no storage: the landing page asks the browser again */
  }

  /* What scrolls sideways can be scrolled by keyboard. */
  const scrolling =
    "mjx-container[display], div.math, .is-wide, .pst-scrollable-table-container, article pre, .cell_output, .cell_output > .output";
  const reachable = () => {
    /* A formula in a line: what is read out beside it has a width, too, so the drawing is asked. */
    for (const drawn of document.querySelectorAll("span.math > mjx-container > svg")) {
      const line = drawn.closest("span.math");
      const wide = drawn.getBoundingClientRect().width > line.clientWidth + 1;
      line.classList.toggle("is-wide", wide);
      if (!wide) line.removeAttribute("tabindex");
    }
    for (const box of document.querySelectorAll(scrolling))
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
  };
  let resizing;
  addEventListener("resize", () => {
    clearTimeout(resizing);
    resizing = setTimeout(reachable, 200);
  });
  addEventListener("load", async () => {
    await window.MathJax?.startup?.promise;
    reachable();
  });

  /* The sign beside a heading or a formula leads to it, and leaves its address in the clipboard. */
  for (const link of document.querySelectorAll("a.headerlink"))
    link.addEventListener("click", () => {
      navigator.clipboard?.writeText(link.href).then(() => {
        link.classList.add("is-copied");
        setTimeout(() => link.classList.remove("is-copied"), 1500);
      }, () => {});
    });

  /* A menu closes when the reader goes elsewhere. */
  for (const menu of document.querySelectorAll("details.notebook-menu")) {
    addEventListener("click", (event) => menu.contains(event.target) || (menu.open = false));
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }
}
