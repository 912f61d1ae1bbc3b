"""The content's contract: what holds the two languages together, as a linter.

``python -m unrolled.content`` prints one finding a line, ``file:cell: what is wrong`` (cells count
from 1), and exits with status 1 if there is one. The functions take notebooks as dicts (nbformat 4)
and texts as strings and read no file, except the table of terms and the last section's.

A wrong term that is quoted on purpose is named in its cell: ``<!-- term-ok: 渐变消失 -->``.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from unrolled import questions
from unrolled.languages import LANGUAGES, cell_language
from unrolled.markdown import CLOSE, CODE, COMMENT, MATH, OPEN, ROLE, Page, read

MAX_IGNORED_SHARE = 0.25  # of a notebook's code cells may carry nbval-ignore-output
LAST_SECTIONS = {
    "en": [{"Summary", "What to remember"}, {"Exercises"}],
    "zh": [{"小结"}, {"练习"}],
}

_HANZI = r"\u3400-\u4dbf\u4e00-\u9fff"
_WIDE = rf"\u3001-\u301f{_HANZI}\uff01-\uff60"
_LATIN = rf"A-Za-z0-9%\u0370-\u03ff²³¹⁰-ₜ{CODE}{MATH}"
_TERM_OK = re.compile(r"<!--\s*term-ok:(.*?)-->", re.DOTALL)


# --- Pairs ---------------------------------------------------------------------------------------


def lint_pair(en: str, zh: str, where: str) -> list[str]:
    """Compare the structure of two texts that say the same: all but the words must be equal."""
    a, b = read(en), read(zh)

    def commands(page: Page) -> list[str]:  # comments may be translated
        return [re.sub(r"(?m)(^|\s)#.*$|(?<=--lang )(en|zh)\b", "", code) for code in page.code]

    def links(page: Page) -> set[str]:  # a link may lead to the reader's language
        return {link.replace("README.zh.md", "README.md") for link in page.links}

    compared: list[tuple[str, Any, Any]] = [
        ("heading levels", [h[0] for h in a.headings], [h[0] for h in b.headings]),
        ("display formulas", a.formulas, b.formulas),
        ("directives", a.directives, b.directives),
        ("code", commands(a), commands(b)),
        ("labels", a.labels, b.labels),
        ("cross-references", a.references, b.references),
        ("links", links(a), links(b)),
        ("images", a.images, b.images),
        ("questions", _questions(en), _questions(zh)),
    ]
    return [
        f"{where}: {what} differ between en and zh: {_difference(x, y)}"
        for what, x, y in compared
        if x != y
    ]


def _questions(text: str) -> list[tuple[str, ...]]:
    """Return each question's name, its right answer's place, and its formulas in any order."""
    try:
        found = list(questions.find(text))
    except ValueError:  # which `lint_text` says
        return []
    return [(q.id, str(q.right), str(len(q.answers)), *sorted(_formulas(q))) for q in found]


def _formulas(question: questions.Question) -> list[str]:
    texts = [question.prompt, *(a.text for a in question.answers)]
    return [f for t in [*texts, *(a.explanation for a in question.answers)] for f in read(t).inline]


def _difference(x: Any, y: Any) -> str:
    """Say what only one side has, or both where the same things stand in another order."""
    sides = [sorted(x - y), sorted(y - x)] if isinstance(x, set) else [x, y]
    if isinstance(x, list) and len(x) == len(y):
        sides = [[p for p, q in zip(u, v, strict=True) if p != q] for u, v in ((x, y), (y, x))]
    return f"{sides[0]} | {sides[1]}"


# --- One language --------------------------------------------------------------------------------


def lint_text(text: str, language: str, where: str) -> list[str]:
    """Check one text in its language: terms, typography, and none of the other language."""
    page, quoted = read(text), [t.strip() for m in _TERM_OK.findall(text) for t in m.split(",")]
    text = COMMENT.sub("", text)
    found = [f"“{formula}”: Chinese in a formula" for formula in page.inline + page.formulas
             if re.search(f"[{_WIDE}]", formula)]  # fmt: skip
    found += [f"“{t}” is marked term-ok but is not there" for t in quoted if t not in text]
    found += [f"“{s}” is not rendered: spaces or punctuation stand in the way of the marks"
              for block in page.prose() for s in re.findall(r".{,8}\*\*.{,8}", block)]  # fmt: skip
    try:
        list(questions.find(text))
    except ValueError as error:
        found.append(str(error))
    if language == "en":
        for allowed in [*quoted, "展开", "中文"]:
            text = text.replace(allowed, "")
        found += [f"“{s}”: Chinese in English" for s in re.findall(f"[{_WIDE}]+", text)]
    else:
        found += _avoided_terms(re.sub(rf"(?<=[{_WIDE}])\n\s*(?=[{_WIDE}])", "", text), quoted)
        found += [finding for block in page.prose() for finding in _typography(block)]
        found += [finding for block in page.blocks for finding in _left_in_english(block)]
    return [f"{where}: {finding}" for finding in found]


@cache
def terms() -> list[dict[str, Any]]:
    """Return the table of terms (terminology.toml)."""
    return tomllib.loads(Path(__file__).with_name("terminology.toml").read_text("utf-8"))["term"]


def _avoided_terms(text: str, quoted: list[str]) -> Iterator[str]:
    for term in terms():
        found = [a for a in term["avoid"] if a in text]
        pattern, unless = term.get("avoid_pattern"), term.get("avoid_unless")
        if pattern and not (unless and re.search(unless, text)):
            found += [match.group() for match in re.finditer(pattern, text)]
        for wrong in found:
            if not any(q in wrong for q in quoted):
                yield f"“{wrong}”: write {term['zh']} ({term['en']})"


_TYPOGRAPHY = [
    (f"[{_HANZI}][{_LATIN}]|[{_LATIN}][{_HANZI}]", "a space between Chinese and Latin is missing"),
    (
        rf'[{_HANZI}] ?(?:[,;:?!"]|\.(?!\w))|[{_HANZI}]\.|[,;:?!."][{_HANZI}]'
        rf"|[{_LATIN})][,;:?!] +[{_HANZI}]|[{_LATIN})](?<!al)(?<!vs)\. +[{_HANZI}]"
        rf"|[{_HANZI}]\(|\)[{_HANZI}]|\([^()]*[{_HANZI}][^()]*\)",
        "half-width punctuation in Chinese",
    ),
    (r"[^\s] +[，。：；？！）、]|（ +", "a space beside full-width punctuation"),
    (
        f"[{_WIDE}]\n[{_WIDE}]",
        "a line break within Chinese text shows as a space (one paragraph, one line)",
    ),
]
_SHAPE = re.compile(r"[\w.+*/·× -]{1,8}(,[\w.+*/·× -]{0,8})+|\{\w+\}")  # (N, T, D), (N,), ({shape})


def _typography(block: str) -> Iterator[str]:
    if not re.search(f"[{_HANZI}]", block):
        return
    for pattern, message in _TYPOGRAPHY:
        for match in re.finditer(pattern, block):
            yield f"“{_near(block, match)}”: {message}"
    for match in re.finditer(rf"(?<=[{_HANZI}] )\(([^()]+)\)|\(([^()]+)\)(?= [{_HANZI}])", block):
        if not _SHAPE.fullmatch(match[1] or match[2]):
            yield f"“{_near(block, match)}”: half-width brackets in Chinese"
    if ending := re.search(r"[^\s.][.,;?!:]\s*\Z", block):
        yield f"“{_near(block, ending)}”: a Chinese paragraph ends in half-width punctuation"
    if block.count("（") != block.count("）"):
        yield f"“{_shown(block)[:30]}…”: unbalanced （）"


_WORDS = re.compile(r"[A-Za-z][A-Za-z'’-]*(?:[\s,;:]+[A-Za-z][A-Za-z'’-]*){7,}")


def _left_in_english(block: str) -> Iterator[str]:
    bare = re.sub(f"{OPEN}[^{CLOSE}]*{CLOSE}|“[^”]*”|「[^」]*」|《[^》]*》", ".", block)
    for words in _WORDS.findall(bare):
        yield f"“{words[:40]}…”: English left in Chinese"


def _near(block: str, match: re.Match[str]) -> str:
    return _shown(block[max(0, match.start() - 6) : match.end() + 6])


def _shown(text: str) -> str:
    for mark, stand_in in ((CODE, "`…`"), (MATH, "$…$"), (ROLE, "{…}"), ("\n", "⏎")):
        text = text.replace(mark, stand_in)
    return text


# --- Notebooks -----------------------------------------------------------------------------------


def source(cell: dict[str, Any]) -> str:
    """Return a cell's source, which nbformat stores as a string or as a list of lines."""
    return _joined(cell["source"])


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def lint_notebook(notebook: dict[str, Any], name: str, lesson: bool = False) -> list[str]:
    """Check a bilingual notebook; a lesson must also be executed and end with its two sections."""
    cells, found = notebook["cells"], []
    for number, cell in enumerate(cells, 1):
        where, language = f"{name}:{number}", cell_language(cell)
        if cell["cell_type"] == "code":
            found += _lint_code_cell(cell, where)
            continue
        text = source(cell)
        if len(_tags(cell) & {f"lang-{known}" for known in LANGUAGES}) > 1:
            found.append(f"{where}: both languages' tags")
        elif language is None:
            prose = " ".join(read(text).prose())
            if cell["cell_type"] == "raw" or re.search(r"[^\W\d_]{2}", prose):
                found.append(f"{where}: words in a cell without a language tag")
        else:
            found += lint_text(text, language, where)
        if language == "en":
            twin = cells[number] if number < len(cells) else None
            if twin is None or cell_language(twin) != "zh" or twin["cell_type"] != "markdown":
                found.append(f"{where}: no Chinese twin in the next cell")
            else:
                found += lint_pair(text, source(twin), f"{name}:{number + 1}")
        elif language == "zh" and (number == 1 or cell_language(cells[number - 2]) != "en"):
            found.append(f"{where}: no English twin in the cell before")
    for language in LANGUAGES:
        found += _lint_headings(cells, language, name, lesson)
    names = re.findall(r"(?m)^:::\{question\}[ \t]*(.*)$", "\n".join(
        source(cell) for cell in cells if cell_language(cell) == "en"))  # fmt: skip
    found += [f"{name}: two questions “{n}”" for n in sorted(set(names)) if names.count(n) > 1]
    return [*found, *_lint_execution(cells, name, lesson)]


def _tags(cell: dict[str, Any]) -> set[str]:
    return set(cell.get("metadata", {}).get("tags", []))


def _lint_headings(
    cells: list[dict[str, Any]], language: str, name: str, lesson: bool
) -> Iterator[str]:
    texts = [source(cell) for cell in cells if cell_language(cell) == language]
    headings = [read(text).headings for text in texts]
    if sum(level == 1 for cell in headings for level, _ in cell) != 1 or headings[0][0][0] != 1:
        yield f"{name}: the {language} title is not the one level-1 heading, in the first pair"
    last = [title for cell in headings for level, title in cell if level == 2][-2:]
    wanted = LAST_SECTIONS[language]
    if lesson and not (len(last) == 2 and all(t in w for t, w in zip(last, wanted, strict=True))):
        names = ", ".join(" or ".join(sorted(titles)) for titles in wanted)
        yield f"{name}: the last {language} sections are {last}, not {names}"


_ELSEWHERE = re.compile(r"(?<![\w./~])/(?:work|root|home|tmp|Users)\b")
_SKIPS = {"nbval-skip", "nbval-raises-exception", "raises-exception", "skip-execution"}


def _lint_code_cell(cell: dict[str, Any], where: str) -> list[str]:
    code, tags = source(cell), _tags(cell)
    found = [
        (bool(re.search(f"[{_WIDE}]", code)), "Chinese in a code cell"),
        (cell_language(cell) is not None, "a code cell with a language tag"),
        (bool(tags & _SKIPS or re.search(r"(?i)#\s*(nbval_|pytest\.)", code)), "skipped by nbval"),
        (bool(_ELSEWHERE.search(code)), "an absolute path in code"),
    ]
    for output in cell.get("outputs", []):
        texts = [output.get("text", ""), *(
            data for kind, data in output.get("data", {}).items()
            if kind.startswith("text/") or kind == "image/svg+xml"
        )]  # fmt: skip
        shown = re.sub(r"base64,[\w+/=\s]+", "", "\n".join(map(_joined, texts)))
        found += [
            (output["output_type"] == "error", "a stored error"),
            (output.get("name") == "stderr", "stored stderr"),
            (bool(re.search(f"[{_WIDE}]", shown)), "Chinese in an output"),
            (bool(_ELSEWHERE.search(shown)), "an absolute path in an output"),
            (bool(re.search(r"\r|\dit/s|\ds/it", shown)), "a progress bar in an output"),
        ]
    return [f"{where}: {message}" for wrong, message in found if wrong]


def _is_check(cell: dict[str, Any]) -> bool:
    """Tell the grader's ``check(…)`` cell of an exercise: its assertion is the grader's."""
    role = cell.get("metadata", {}).get("autograder", {}).get("role")
    return role == "check" and source(cell).startswith("check(")


def _lint_execution(cells: list[dict[str, Any]], name: str, lesson: bool) -> Iterator[str]:
    code = [
        (n, c) for n, c in enumerate(cells, 1) if c["cell_type"] == "code" and source(c).strip()
    ]
    counts = [cell.get("execution_count") for _, cell in code]
    if counts != list(range(1, len(counts) + 1)) and (lesson or set(counts) != {None}):
        yield f"{name}: execution counts are {counts}, not 1 to {len(counts)}"
    own = [(number, cell) for number, cell in code if not _is_check(cell)]
    ignored = [k for k, (_, cell) in enumerate(own) if "nbval-ignore-output" in _tags(cell)]
    for k in ignored:
        following = source(own[k + 1][1]) if k + 1 < len(own) else ""
        if not re.search(r"(?m)^\s*assert\b(?!\s*(True|1)\b)", following):
            yield f"{name}:{own[k][0]}: nbval-ignore-output, but no assertion in the next code cell"
    if len(ignored) > MAX_IGNORED_SHARE * len(own):
        yield (
            f"{name}: {len(ignored)} of {len(own)} code cells are nbval-ignore-output, "
            f"more than {MAX_IGNORED_SHARE:.0%}"
        )


# --- Tasks and the tree --------------------------------------------------------------------------


def lint_task(task: dict[str, Any], name: str) -> list[str]:
    """Check every text of a task.toml; ``name.key`` says which one is meant."""
    found = list(lint_texts(task, f"{name}:"))
    wanted = ["title", "objective"]
    if len(task.get("hints", [])) < 3:
        found.append(f"{name}: fewer than 3 hints")
    for number, misconception in enumerate(task.get("misconceptions", []), 1):
        for key in ("name", "saw", "why", "look"):
            if key not in misconception:
                found.append(f"{name}:misconceptions.{number}: no {key}")
    return found + [f"{name}: no {key}" for key in wanted if key not in task]


def lint_texts(value: Any, where: str) -> Iterator[str]:
    """Check every ``{"en": …, "zh": …}`` that a table of a program or a TOML file holds."""
    if isinstance(value, list):
        value = {str(number): item for number, item in enumerate(value, 1)}
    if not isinstance(value, dict):
        return
    if set(LANGUAGES) & set(value):
        if set(value) != set(LANGUAGES) or not all(str(text).strip() for text in value.values()):
            yield f"{where}: a text is missing in one of the languages"
            return
        yield from lint_pair(value["en"], value["zh"], where)
        for language in LANGUAGES:
            yield from lint_text(value[language], language, f"{where}.{language}")
        return
    for key, item in value.items():
        yield from lint_texts(item, f"{where}{'' if where.endswith(':') else '.'}{key}")


def files(root: Path) -> list[Path]:
    """Return what the contract holds for, below the repository's root; of a pair, the English."""
    patterns = [
        "index.ipynb",
        "teachers.ipynb",
        "chapters/*.ipynb",
        "solutions/*.ipynb",
        "README.md",
    ]
    patterns += [f"autograder/exercises/{name}" for name in
                 ("chapters.toml", "*/task.toml", "*/statement.en.md")]  # fmt: skip
    return sorted(path for pattern in patterns for path in root.glob(pattern))


def lint_file(path: Path, name: str) -> list[str]:
    """Check one of ``files()``; an English text brings its Chinese twin."""
    text = path.read_text("utf-8")
    if path.suffix == ".ipynb":
        lesson = path.parent.name == "chapters" and not path.stem.endswith("_exercises")
        lesson = lesson and path.stem[0].isdigit()  # the glossary and the like are none
        return lint_notebook(json.loads(text), name, lesson)
    if path.suffix == ".toml":
        table = tomllib.loads(text)
        return lint_task(table, name) if path.stem == "task" else [*lint_texts(table, f"{name}:")]
    twin = path.with_name(path.name.replace(".en.md", ".md").replace(".md", ".zh.md"))
    if not twin.exists():
        return [f"{name}: no Chinese twin {twin.name}"]
    zh, zh_name = twin.read_text("utf-8"), name.replace(path.name, twin.name)
    return [
        *lint_pair(text, zh, zh_name),
        *lint_text(text, "en", name),
        *lint_text(zh, "zh", zh_name),
    ]


def lint_tree(root: Path) -> list[str]:
    """Return the findings of all ``files(root)``."""
    return [f for path in files(root) for f in lint_file(path, path.relative_to(root).as_posix())]


def main() -> int:
    """Print the findings of this repository; 1 if there are any."""
    root = Path(__file__).parents[1]
    findings = lint_tree(root)
    print(*findings, f"{len(findings)} findings in {len(files(root))} files", sep="\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
