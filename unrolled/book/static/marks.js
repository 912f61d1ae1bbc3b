/* What the reader has done: lessons read, questions answered. Kept in the browser, for both languages
   at once, and nowhere else: a mark says something to the reader only. */
"use strict";
{
  const { lessons, words } = JSON.parse(document.querySelector("#marks").textContent);
  const get = (key) => { try { return JSON.parse(localStorage.getItem(`unrolled-${key}`)); } catch { return null; } };
  const set = (key, value) => { try { localStorage.setItem(`unrolled-${key}`, value); } catch { /* no storage */ } };
  const keys = () => { try { return Object.keys(localStorage); } catch { return []; } };
  const answered = (page) =>
    Math.min(lessons[page], keys().filter((key) => key.startsWith(`unrolled-question-${page}-`) && get(key.slice(9))).length);
  const said = (text, ...values) => values.reduce((so_far, value) => so_far.replace("{}", value), text);
  const here = location.pathname.match(/([^/]+)\.html$/)?.[1];

  /* A tick beside the links to lessons that were read, in the sidebar and on the first page. */
  const links = document.querySelectorAll(".bd-docs-nav li.toctree-l1 > a, #lessons li a");
  const showTicks = () => {
    for (const link of links) {
      const page = link.getAttribute("href") === "#" ? here : link.pathname.match(/([^/]+)\.html$/)?.[1];
      link.querySelector(".tick")?.remove();
      if (page in lessons && get(`read-${page}`)) {
        const tick = document.createElement("span");
        tick.className = "tick";
        tick.title = words.read;
        tick.textContent = "✓";
        link.append(tick);
      }
    }
  };

  /* The end of a lesson: that it was read, which its reader may take back, and the questions. */
  const end = document.querySelector(".lesson-end");
  const button = document.createElement("button");
  button.type = "button";
  const count = document.createElement("span");
  const showEnd = () => {
    const read = Boolean(get(`read-${end.dataset.page}`));
    button.setAttribute("aria-pressed", read);
    button.textContent = read ? `✓ ${words.read}` : words.mark;
    const total = lessons[end.dataset.page];
    count.textContent = total ? said(words.answered, answered(end.dataset.page), total) : "";
  };

  const summary = document.querySelector(".reading-marks");
  const showSummary = () => {
    const pages = Object.keys(lessons);
    const read = pages.filter((page) => get(`read-${page}`)).length;
    const right = pages.reduce((sum, page) => sum + answered(page), 0);
    const total = pages.reduce((sum, page) => sum + lessons[page], 0);
    summary.hidden = !read && !right;
    const clear = document.createElement("button");
    clear.type = "button";
    clear.textContent = words.clear;
    clear.addEventListener("click", () => {
      if (!confirm(words.sure)) return;
      for (const key of keys()) if (/^unrolled-(read|question)-/.test(key)) localStorage.removeItem(key);
      show();
    });
    summary.replaceChildren(
      [said(words.summary, read, pages.length), total ? said(words.answered, right, total) : ""].filter(Boolean).join(words.comma), " ", clear);
  };

  const show = () => {
    showTicks();
    if (end) showEnd();
    if (summary) showSummary();
  };

  if (end) {
    const key = `read-${end.dataset.page}`;
    button.addEventListener("click", () => (set(key, !get(key)), show()));
    end.append(button, count);
    new IntersectionObserver(([entry], observer) => {
      if (!entry.isIntersecting || !document.documentElement.scrollTop) return;
      observer.disconnect();
      if (get(key) === null) set(key, true);
      show();
    }).observe(end);
  }
  document.addEventListener("unrolled:answered", show);
  addEventListener("storage", show); // another window
  addEventListener("pageshow", show); // back, from a page that was kept in memory
  show();
}
