/* The language switcher, and what a page opened from a folder must do without. */
"use strict";
{
  const article = () => document.querySelector("article.bd-article");

  /* The id of the section being read: the one a link led to while it is in view, else the last
     one whose heading has passed under the bar. The page's own title needs no id. */
  const currentSection = () => {
    const title = article()?.querySelector("section[id]");
    if (!title) return "";
    const inView = (element) => {
      const top = element.getBoundingClientRect().top;
      return top >= 0 && top < window.innerHeight;
    };
    const linked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
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
    const update = () => link.setAttribute("href", page + currentSection());
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
  const reachable = () => {
    for (const box of document.querySelectorAll("mjx-container[display], .pst-scrollable-table-container, div.math"))
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

  /* The excerpts under search results are fetched, which a browser refuses from a folder. */
  if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}
