"""Derives the exercise and solution notebooks from the tasks: nothing is written by hand."""

import ast
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from autograder.messages import LANGUAGES, say
from autograder.registry import Task, chapter_title, load_tasks

LESSON_LINK = re.compile(r"\[([^\]]+)\]\(\d\d_\w+\.ipynb\)")
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def chapters() -> dict[str, list[Task]]:
    """All tasks, by chapter."""
    found: dict[str, list[Task]] = {}
    for task in load_tasks():
        found.setdefault(task.chapter, []).append(task)
    return found


def derived(root: Path) -> Iterator[tuple[Path, str]]:
    """Every derived file below a project's root, with the text it must have."""
    for chapter, tasks in chapters().items():
        starter = exercise_notebook(chapter, tasks)
        yield root / "chapters" / f"{chapter}_exercises.ipynb", as_text(starter)
        yield (
            root / "solutions" / f"{chapter}_solutions.ipynb",
            as_text(solution_notebook(chapter, tasks)),
        )


def as_text(notebook: dict[str, Any]) -> str:
    """Return a notebook as Jupyter would save it."""
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


# ---------------------------------------------------------------- notebooks


def exercise_notebook(
    chapter: str, tasks: list[Task], languages: Iterable[str] = LANGUAGES
) -> dict[str, Any]:
    """Return a chapter's starters: in both languages for the book, in one for a learner."""
    languages = tuple(languages)
    repairs = all(task.broken for task in tasks)
    introduction = "notebook-intro-repair" if repairs else "notebook-intro"
    cells = [
        *_markdown(
            "title",
            {
                lang: f"# {say('notebook-title', lang, chapter=chapter_title(chapter, lang))}\n\n"
                f"{say(introduction, lang)}"
                for lang in languages
            },
        ),
        _code("set-up", _set_up(tasks, "from autograder import check, hint"), role="set-up"),
    ]
    for task in tasks:
        texts = {lang: task.statement(lang) for lang in languages}
        if len(languages) == 1:  # a learner's folder holds no lessons to link to
            texts = {lang: LESSON_LINK.sub(r"\1", text) for lang, text in texts.items()}
        cells += _markdown(task.id, texts, task.id)
        cells.append(_code(f"{task.id}-task", _body(task, task.starter), task.id, role="task"))
        cells.append(_check(task))
    return _notebook(cells, languages)


def solution_notebook(chapter: str, tasks: list[Task]) -> dict[str, Any]:
    """Return a chapter's solutions, each folded in the book until it is opened."""
    cells = [
        *_markdown(
            "title",
            {
                lang: f"# {say('solutions-title', lang, chapter=chapter_title(chapter, lang))}\n\n"
                f"{say('solutions-intro', lang)}"
                for lang in LANGUAGES
            },
        ),
        _code("set-up", _set_up(tasks, "from autograder import check"), role="set-up"),
    ]
    for task in tasks:
        headings = {lang: f"## {task.title[lang]}\n\n{task.objective[lang]}" for lang in LANGUAGES}
        cells += _markdown(task.id, headings, task.id)
        solution = _code(f"{task.id}-task", _body(task, task.solution), task.id, role="solution")
        solution["metadata"]["tags"] = ["hide-input"]
        cells += [solution, _check(task)]
    return _notebook(cells, LANGUAGES)


def _notebook(cells: list[dict[str, Any]], languages: tuple[str, ...]) -> dict[str, Any]:
    metadata: dict[str, Any] = {**KERNEL}
    if len(languages) == 1:
        metadata["autograder"] = {"lang": languages[0]}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _markdown(name: str, texts: dict[str, str], task: str | None = None) -> list[dict[str, Any]]:
    cells = []
    for language, text in texts.items():
        metadata: dict[str, Any] = {"autograder": _ours(text, "text", task)}
        if len(texts) > 1:
            metadata["tags"] = [f"lang-{language}"]
            name_of_cell = f"{name}-{language}"
        else:
            name_of_cell = name
        cell = {"cell_type": "markdown", "id": _id(name_of_cell), "metadata": metadata}
        cells.append({**cell, "source": _lines(text)})
    return cells


def _code(name: str, source: str, task: str | None = None, *, role: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": _id(name),
        "metadata": {"autograder": _ours(source, role, task)},
        "outputs": [],
        "source": _lines(source),
    }


def _check(task: Task) -> dict[str, Any]:
    cell = _code(f"{task.id}-check", f"check({task.symbol})", task.id, role="check")
    # What it shows depends on the reader's language, so nothing is stored to compare with.
    cell["metadata"]["tags"] = ["nbval-ignore-output"]
    return cell


def _ours(source: str, role: str, task: str | None) -> dict[str, Any]:
    """Mark a cell as derived: its role, and a hash that tells whether a learner has touched it."""
    return ({"task": task} if task else {}) | {"role": role, "hash": source_hash(source)}


def source_hash(source: str) -> str:
    """Return the hash that marks a cell's text."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def _id(name: str) -> str:
    return name.replace("_", "-")[:64]


def _lines(source: str) -> list[str]:
    return source.splitlines(keepends=True)


# ---------------------------------------------------------------- from references to cells


def _parts(source: str) -> tuple[list[tuple[str, str]], str]:
    """Split a reference into what stands above its last definition, piece by piece, and that."""
    lines = source.splitlines()
    body = ast.parse(source).body
    pieces = []
    for node in body[:-1]:
        text = "\n".join(lines[node.lineno - 1 : node.end_lineno])
        pieces.append((getattr(node, "name", ""), text))
    start = min([body[-1].lineno, *(d.lineno for d in getattr(body[-1], "decorator_list", ()))])
    return pieces, "\n".join(lines[start - 1 :]).rstrip()


def _body(task: Task, source: str) -> str:
    """Return the task's own definition: what is given stands in the notebook's first cell."""
    return _parts(source)[1]


def _set_up(tasks: list[Task], ours: str) -> str:
    """Collect the imports and helpers that the tasks of a chapter are given, each once."""
    imports: list[str] = []
    helpers: list[str] = []
    for task in tasks:
        for name, text in _parts(task.reference)[0]:
            where = helpers if name else imports
            if text not in where:
                where.append(text)
    imports.sort(key=lambda text: (text.startswith("from "), text))
    names = [text.split("(")[0] for text in helpers]
    if len(names) != len(set(names)):
        raise ValueError(f"{tasks[0].chapter}: a given helper differs between tasks")
    return "\n\n\n".join(["\n".join([*imports, "", ours]), *helpers])


# ---------------------------------------------------------------- the command


def build(root: Path, language: str, check_only: bool = False) -> int:
    """Write the derived notebooks, or say which are not current. Returns the exit status."""
    if not (root / "chapters").is_dir():
        print(say("build-outside", language))
        return 2
    stale = 0
    for path, text in derived(root):
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if check_only:
            print(say("stale", language, path=path.relative_to(root)))
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(say("built", language, path=path.relative_to(root)))
    return 1 if check_only and stale else 0
