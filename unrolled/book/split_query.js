/* Cuts a query into words. Chinese has no spaces, and a browser's own segmentation (Intl.Segmenter)
   cuts elsewhere than the index was cut, so the index's own words decide: as few characters as
   possible are left over, then as few words as possible are used. */
var splitQuery = (query) =>
  (query.match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{Letter}\p{Number}_])+/gu) || [])
    .flatMap((run) => (/\p{Script=Han}/u.test(run) ? cutChinese(run) : [run]));

var cutChinese = (run) => {
  const index = typeof Search === "undefined" ? null : Search._index;
  if (!index) return [run];
  const known = (word) =>
    Object.hasOwn(index.terms, word) || Object.hasOwn(index.titleterms, word);
  const longest = 12;
  const best = [{ left: 0, words: 0, cuts: [] }]; // best[k]: how to cut the first k characters
  for (let end = 1; end <= run.length; end++) {
    for (let start = Math.max(0, end - longest); start < end; start++) {
      const word = run.slice(start, end);
      const inIndex = known(word);
      if (!inIndex && word.length > 1) continue;
      const before = best[start];
      const left = before.left + (inIndex ? 0 : 1);
      const words = before.words + 1;
      if (!best[end] || left < best[end].left || (left === best[end].left && words < best[end].words))
        best[end] = { left, words, cuts: [...before.cuts, { word, inIndex }] };
    }
  }
  // A single character between known words (的) is dropped; more of them is a word we do not have.
  const found = [];
  let unknown = "";
  for (const { word, inIndex } of [...best[run.length].cuts, { word: "", inIndex: true }]) {
    if (!inIndex) unknown += word;
    else {
      if (unknown.length > 1 || unknown === run) found.push(unknown);
      unknown = "";
      if (word) found.push(word);
    }
  }
  return found.length ? found : [run];
};
