/* Searches the text of all pages (search-text.js) as one types. A query is one phrase or several
   words, of which a page must have all; an English word stands for all that begin with its stem. */
"use strict";
{
  const stem = (word) => (word.length > 4 ? word.replace(/(?:ing|ies|ed|es|s|y)$/, "") : word);
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const isChinese = (text) => /\p{Script=Han}/u.test(text);

  const pages = Object.entries(searchPages).map(([page, [title, weight, terms, parts]], order) => ({
    page, title, weight, terms, order,
    parts: parts.map(([anchor, heading, text]) => ({ anchor, heading, text })),
    all: [title, ...terms, ...parts.map(([, heading, text]) => `${heading} ${text}`)].join(" ").toLowerCase(),
  }));

  /* Chinese without spaces: what the book has in one piece is one word; else it is cut into the
     longest pieces that the book has, less the small words between them. Where a single character
     is left over, the book does not have this. */
  const bare = (text) => text.replace(/^[的与和在是了中]+|[的与和在是了中]+$/g, "");
  const cut = (run) => {
    const has = (piece) => pages.some(({ all }) => all.includes(piece));
    const pieces = [];
    for (let rest = bare(run); rest; ) {
      let end = rest.length;
      while (end > 1 && !has(rest.slice(0, end))) end--;
      pieces.push(bare(rest.slice(0, end)));
      rest = bare(rest.slice(end));
    }
    return pieces.length > 1 && pieces.some((piece) => piece.length < 2) ? [run] : pieces;
  };

  const wordsOf = (query) =>
    (query.toLowerCase().match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}_])+/gu) ?? [])
      .flatMap((run) => (isChinese(run) ? cut(run) : [run]));

  const pattern = (word) => (isChinese(word) ? escaped(word) : `(?<![a-z0-9])${escaped(stem(word))}[a-z]*`);
  const count = (text, regex) => (text.match(regex) ?? []).length;

  const search = (query) => {
    const words = [...new Set(wordsOf(query))];
    if (!words.length) return { results: [] };
    const each = words.map((word) => new RegExp(pattern(word), "gi"));
    const phrase = new RegExp(wordsOf(query).map(pattern).join("[\\s\\-–·，、（(]*"), "gi");
    const inAll = (text) => each.every((word) => count(text, word));
    const score = ({ heading, text }) => {
      const body = 3 * Math.min(count(text, phrase), 5) + (inAll(`${heading} ${text}`) ? 4 : 0);
      return body + (count(heading, phrase) ? 30 : heading && inAll(heading) ? 15 : 0)
        + each.reduce((sum, word) => sum + Math.min(count(text, word), 3), 0) / words.length;
    };
    const results = pages.filter(({ all }) => inAll(all)).map((page) => {
      const parts = page.parts.map((part) => ({ ...part, score: score(part) }))
        .filter((part) => part.score > 0).sort((a, b) => b.score - a.score);
      const explained = page.terms.some((term) => term.search(phrase) === 0) ? 60 : 0;
      const title = count(page.title, phrase) ? 60 : inAll(page.title) ? 40 : 0;
      const rest = parts.slice(1).reduce((sum, part) => sum + Math.min(part.score, 10), 0);
      return { ...page, parts, score: page.weight * (title + explained + (parts[0]?.score ?? 0) + Math.min(rest, 60) / 2) };
    });
    results.sort((a, b) => b.score - a.score || a.order - b.order);
    return { results, phrase, words, marks: new RegExp([phrase, ...each].map((regex) => regex.source).join("|"), "gi") };
  };

  const marked = (text, marks) => {
    const nodes = [];
    let end = 0;
    for (const match of text.matchAll(marks)) {
      const mark = document.createElement("mark");
      mark.textContent = match[0];
      nodes.push(text.slice(end, match.index), mark);
      end = match.index + match[0].length;
    }
    return [...nodes, text.slice(end)];
  };

  /* The words around the phrase, or around the first word of it; in English whole words. */
  const excerpt = (text, marks, phrase) => {
    const at = [phrase, marks].map((regex) => text.search(regex)).find((found) => found >= 0) ?? 0;
    const [before, after] = isChinese(text) ? [24, 70] : [60, 150];
    let [from, to] = [Math.max(0, at - before), Math.min(text.length, at + after)];
    while (from > 0 && /[A-Za-z0-9]/.test(text[from - 1])) from--;
    while (to < text.length && /[A-Za-z0-9]/.test(text[to])) to++;
    return marked(`${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`, marks);
  };

  const element = (tag, attributes, ...children) => {
    const node = Object.assign(document.createElement(tag), attributes);
    node.append(...children);
    return node;
  };
  const input = document.querySelector(".search-form input");
  const list = document.querySelector("#search-results");
  const summary = document.querySelector(".search-summary");

  const show = () => {
    const { results, marks, phrase, words } = search(input.value);
    const said = ["none", "one"][results.length] ?? "many";
    summary.textContent = input.value.trim() ? summary.dataset[said].replace("{}", results.length) : "";
    const link = (page, anchor) => `${page}.html${anchor && `#${anchor}`}`;
    list.replaceChildren(...results.map(({ page, title, parts }) => {
      const [best = { anchor: "", heading: "", text: "" }] = parts;
      const shown = parts.slice(0, 3).filter((part) => part === best || part.score > best.score / 2);
      return element("li", {}, element("a", { href: link(page, "") }, ...marked(title, marks)),
        ...shown.filter(({ text, heading }) => text || heading).map(({ anchor, heading, text }) =>
          element("p", {},
            ...(heading ? [element("a", { href: link(page, anchor) }, ...marked(heading, marks)), element("br", {})] : []),
            ...excerpt(text, marks, phrase))));
    }));
    found = words ?? [];
  };

  /* The page that is opened shows where the words are. */
  let found = [];
  list.addEventListener("click", () => {
    try { localStorage.setItem("sphinx_highlight_terms", found.map(stem).join(" ")); } catch { /* no storage */ }
  });

  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.addEventListener("input", () => {
    history.replaceState(null, "", `?q=${encodeURIComponent(input.value)}`);
    show();
  });
  document.querySelector(".search-form").addEventListener("submit", (event) => event.preventDefault());
  input.focus();
  show();
}
