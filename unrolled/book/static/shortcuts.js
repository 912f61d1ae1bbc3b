/* One key, without Ctrl, Alt or Command, while no field, question or widget has the keyboard. */
"use strict";
{
  const dialog = document.querySelector("#shortcuts");
  const onSwitch = dialog.querySelector("input");
  const click = (selector) => document.querySelector(selector)?.click();
  const colours = () => {
    const root = document.documentElement;
    root.dataset.mode = root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    for (const name of ["mode", "theme"]) try { localStorage.setItem(name, root.dataset.theme); } catch { /* no storage */ }
  };
  const search = () => {
    const field = document.querySelector(".search-form input");
    if (field) field.focus();
    else click(".search-button__button");
  };
  const help = () => (dialog.open ? dialog.close() : dialog.showModal());
  const previous = () => click("a.left-prev");
  const next = () => click("a.right-next");
  const actions = {
    "/": search, "s": search, "ArrowLeft": previous, "p": previous, "ArrowRight": next, "n": next,
    "l": () => click("a.language-switch"), "d": colours,
  };

  try { onSwitch.checked = localStorage.getItem("unrolled-shortcuts") !== "off"; } catch { /* no storage */ }
  onSwitch.addEventListener("change", () => {
    try { localStorage.setItem("unrolled-shortcuts", onSwitch.checked ? "on" : "off"); } catch { /* no storage */ }
  });
  for (const button of document.querySelectorAll(".shortcuts-button")) button.addEventListener("click", help);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  const busy = "input, select, textarea, [contenteditable], [role=slider], .widget, .question";
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    const opened = document.querySelector("dialog[open]");
    if (event.key === "?" && !target.closest(busy) && (!opened || opened === dialog)) help();
    else if (opened || target.closest(busy) || !onSwitch.checked || !Object.hasOwn(actions, event.key)) return;
    // Arrows move a box that scrolls sideways and has the keyboard.
    else if (event.key.startsWith("Arrow") && (event.shiftKey || (target !== document.body && target.scrollWidth > target.clientWidth))) return;
    else actions[event.key]();
    event.preventDefault();
  });
}
