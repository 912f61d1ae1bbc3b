"""The learner's folder: `start` makes and updates it, `reset` gives a starter back."""

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.build import as_text, chapters, exercise_notebook, source_hash
from autograder.extract import our_metadata
from autograder.messages import say
from autograder.registry import Task
from autograder.state import NAME, load_state, save_state, write_whole

Say = Callable[[str], None]


def start(folder: Path, language: str, tell: Say = print) -> int:
    """Create the exercise notebooks, or bring them up to date; a learner's work is never touched.

    Returns the exit status: 0, or 2 where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for chapter, tasks in chapters().items():
            path = folder / f"{chapter}_exercises.ipynb"
            fresh = exercise_notebook(chapter, tasks, [language])
            tell(_bring_up_to_date(path, fresh, language, tasks[0]))
        file = folder / NAME
        if not file.exists():
            write_whole(file, "{}\n")
        save_state(file, load_state(file) | {"lang": language})
    except OSError as error:
        tell(say("cannot-write", language, path=folder, why=error.strerror or error))
        return 2
    tell(say("start-next", language, path=folder))
    return 0


def _bring_up_to_date(path: Path, fresh: dict[str, Any], language: str, first: Task) -> str:
    if not path.exists():
        write_whole(path, as_text(fresh))
        return say("created", language, path=path)
    notebook = _load(path)
    if notebook is None:
        return say("kept-broken", language, path=path, task=first.id, folder=path.parent)
    count = _update(notebook, fresh)
    if count == 0:
        return say("unchanged", language, path=path)
    write_whole(path, as_text(notebook))
    return say("updated", language, path=path, count=count)


def _update(notebook: dict[str, Any], fresh: dict[str, Any]) -> int:
    """Replace cells that no one has touched and add those of new tasks; return how many."""
    count = 0
    mine = {_key(cell): cell for cell in notebook["cells"] if _key(cell)}
    known = {key[0] for key in mine if key and key[0]}
    for cell in fresh["cells"]:
        key = _key(cell)
        old = mine.get(key)
        if old is not None:
            if _source(old) != _source(cell) and _untouched(old):
                old["source"] = cell["source"]
                old["metadata"]["autograder"] = cell["metadata"]["autograder"]
                count += 1
        elif key and key[0] and key[0] not in known:  # a task that is new since the last start
            notebook["cells"].append(cell)
            count += 1
    ours = fresh["metadata"]["autograder"]
    if notebook["metadata"].get("autograder") != ours:
        notebook["metadata"]["autograder"] = ours
        count += 1
    return count


def reset(folder: Path, task: Task, language: str, tell: Say = print) -> int:
    """Give a task's starter back; the learner's version stays in a raw cell below it.

    A notebook that cannot be read is put aside, and a new one takes its place.
    """
    path = folder / f"{task.chapter}_exercises.ipynb"
    if not path.is_file():
        tell(say("reset-nowhere", language, path=folder, task=task.id))
        return 2
    notebook = _load(path)
    if notebook is None:
        return _anew(path, task, language, tell)
    fresh = exercise_notebook(task.chapter, [task], [language])
    starter = next(c for c in fresh["cells"] if _key(c) == (task.id, "task"))
    for k, cell in enumerate(notebook["cells"]):
        if _key(cell) == (task.id, "task"):
            if _source(cell) == _source(starter):
                tell(say("reset-untouched", language, task=task.id, path=path))
                return 0
            kept = {"cell_type": "raw", "metadata": {}, "source": _source(cell)}
            notebook["cells"][k : k + 1] = [starter, _with_id(kept, notebook)]
            break
    else:
        notebook["cells"] += [c for c in fresh["cells"] if (_key(c) or ("",))[0] == task.id]
    try:
        write_whole(path, as_text(notebook))
    except OSError as error:
        tell(say("cannot-write", language, path=path, why=error.strerror or error))
        return 2
    tell(say("reset-done", language, task=task.id, path=path))
    return 0


def _anew(path: Path, task: Task, language: str, tell: Say) -> int:
    """Make a chapter's notebook new; what stood there stays beside it under another name."""
    names = (path.with_name(f"{path.name}.damaged{n or ''}") for n in itertools.count())
    kept = next(name for name in names if not name.exists())
    try:
        path.rename(kept)
        fresh = exercise_notebook(task.chapter, chapters()[task.chapter], [language])
        write_whole(path, as_text(fresh))
    except OSError as error:
        tell(say("cannot-write", language, path=path, why=error.strerror or error))
        return 2
    tell(say("reset-anew", language, path=path, kept=kept.name))
    return 0


def _with_id(cell: dict[str, Any], notebook: dict[str, Any]) -> dict[str, Any]:
    """Give a cell an id where the notebook's format asks for one."""
    if (notebook.get("nbformat"), notebook.get("nbformat_minor", 0)) < (4, 5):
        return cell
    taken = {c.get("id") for c in notebook["cells"]}
    number = next(n for n in range(1, 10**6) if f"kept-{n}" not in taken)
    return {**cell, "id": f"kept-{number}"}


def _load(path: Path) -> dict[str, Any] | None:
    """Read a notebook to be changed; None where it is not one we can write back safely."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4:
        return None
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not isinstance(notebook.get("metadata"), dict):
        return None
    return notebook if all(isinstance(cell, dict) for cell in cells) else None


def _key(cell: dict[str, Any]) -> tuple[str, str] | None:
    """Return (task, role), which names a derived cell; None for the learner's own."""
    ours = our_metadata(cell)
    if "role" not in ours:
        return None
    return str(ours.get("task", "")), str(ours["role"])


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)


def _untouched(cell: dict[str, Any]) -> bool:
    return source_hash(_source(cell)) == our_metadata(cell).get("hash")
