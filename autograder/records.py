"""The results on disk: one JSON a submission, written whole, from which all else is derived.

A record holds, for every task, a key: a hash of all that decided its result. `--resume` grades
again exactly those tasks whose key is no longer the same. A passed task depends on the submission,
the reference and the probes; a failed one also on the misconceptions, and on the tasks whose
functions it uses; an unattempted one only on the starter.
"""

import contextlib
import functools
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder import VERSION
from autograder.batch import Record, Settings
from autograder.messages import say
from autograder.registry import EXERCISES, load_task, task_ids
from autograder.state import write_whole

FOLDER = "json"
# What can change a verdict or a sentence of it, beside the tasks.
MODULES = [
    *("batch", "diagnose", "extract", "families", "feedback", "grader", "judge", "messages"),
    *("registry", "sandbox", "symptoms", "worker"),
]
TOLD = ("misconceptions", "cases", "hints", "title", "objective", "chapter", "order")


def _hash(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()


@functools.cache
def grader_hash() -> str:
    """Return a hash of the grader itself."""
    folder = Path(__file__).parent
    texts = [(folder / f"{name}.py").read_text(encoding="utf-8") for name in MODULES]
    return _hash(VERSION, *texts)


@functools.cache
def task_hashes(task_id: str) -> tuple[str, str, str]:
    """Return hashes of what a task's verdict depends on, of what is told of it, of its starter."""
    folder = EXERCISES / task_id
    sources = [
        path.read_text(encoding="utf-8")
        for name in ("reference", "probe", "measure")
        if (path := folder / f"{name}.py").is_file()
    ]
    table = load_task(task_id).table
    judged = {key: value for key, value in table.items() if key not in TOLD}
    told = {key: table.get(key) for key in TOLD[:2]}
    return (
        _hash(*sources, json.dumps(judged, sort_keys=True, ensure_ascii=False)),
        _hash(json.dumps(told, sort_keys=True, ensure_ascii=False)),
        _hash(load_task(task_id).starter, load_task(task_id).points),
    )


@functools.cache
def edition(tasks: tuple[str, ...]) -> str:
    """Return a hash of the grader and an assignment: two machines must agree on it."""
    return _hash(grader_hash(), *(part for task in tasks for part in task_hashes(task)))


def key(record: Record, task_id: str, settings: Settings) -> str:
    """Return the hash of all that decided one task's result."""
    result = next(r for r in record["tasks"] if r["id"] == task_id)
    judged, told, starter = task_hashes(task_id)
    language = record["language"] or settings.language
    options = (settings.seed, settings.seconds, settings.isolated, language)
    parts: list[object] = [record["digest"], grader_hash(), *options]
    if record["status"] == "graded":
        if result["status"] == "passed":
            parts.append(judged)
        elif result["status"] == "not_attempted":
            parts.append(starter)
        else:
            helpers = [
                task_hashes(h)[0] for h in record["uses"].get(task_id, ()) if h in task_ids()
            ]
            parts += [judged, told, *helpers]
    else:
        parts.append(load_task(task_id).points)
    return _hash(*parts)


# ---------------------------------------------------------------- the folder of results


class Store:
    """The records in one folder of results."""

    def __init__(self, out: Path) -> None:
        """Make the folder; sweep up what a killed run left half written."""
        self.folder = out / FOLDER
        self.folder.mkdir(parents=True, exist_ok=True)
        for half in out.rglob(".*.tmp"):
            with contextlib.suppress(OSError):
                half.unlink()

    def path(self, label: str) -> Path:
        """Return the file of one record."""
        return self.folder / f"{label}.json"

    def load(self, label: str) -> Record | None:
        """Return a stored record; None where there is none that is whole."""
        try:
            record = json.loads(self.path(label).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        needed = ("tasks", "keys", "digest", "status", "uses", "language", "student", "id")
        whole = isinstance(record, dict) and all(name in record for name in needed)
        return record if whole else None

    def save(self, label: str, record: Record) -> None:
        """Write a record whole."""
        text = json.dumps(record, ensure_ascii=False, indent=1)
        write_whole(self.path(label), text + "\n")

    def forget(self, label: str) -> None:
        """Remove a record."""
        self.path(label).unlink(missing_ok=True)


def stale(record: Record | None, digest: str, tasks: list[str], settings: Settings) -> list[str]:
    """Return the tasks whose stored result no longer stands."""
    if record is None or record["digest"] != digest:
        return tasks
    there = {result["id"] for result in record["tasks"]}
    found = [
        task
        for task in tasks
        if task not in there or record["keys"].get(task) != key(record, task, settings)
    ]
    return tasks if found and record["status"] != "graded" else found


def merged(new: Record, old: Record | None, tasks: list[str], settings: Settings) -> Record:
    """Return a new record, with what still stands of an old one, its keys, and what changed."""
    by_id = {result["id"]: result for result in new["tasks"]}
    if old is not None and len(by_id) < len(tasks):  # of the same files: see stale()
        for name in ("feedback", "names", "uses", "chosen"):
            new[name] |= {k: v for k, v in old[name].items() if k not in by_id}
        new["late"] = new["late"] or old["late"]
        by_id = {result["id"]: result for result in old["tasks"]} | by_id
    new["tasks"] = [by_id[task] for task in tasks]
    new["score"] = sum(result["score"] for result in new["tasks"])
    new["max_score"] = sum(result["max_score"] for result in new["tasks"])
    if new["status"] == "graded" and all(r["status"] == "not_attempted" for r in new["tasks"]):
        new["message"] = say("nothing-attempted", new["language"] or settings.language)
    new["keys"] = {task: key(new, task, settings) for task in tasks}
    new["edition"] = settings.edition
    new["changed"] = _changes(new, old)
    return new


def _changes(new: Record, old: Record | None) -> list[dict[str, Any]]:
    """List the tasks that have another result now; a repeated run lists the same again."""
    if old is None:
        return []
    before = {result["id"]: _outcome(result) for result in old["tasks"]}
    if old.get("edition") == new["edition"] and old["digest"] == new["digest"]:
        for change in old.get("changed", ()):
            before[change["task"]] = change["before"]
    return [
        {"task": result["id"], "before": before[result["id"]], "after": _outcome(result)}
        for result in new["tasks"]
        if result["id"] in before and before[result["id"]] != _outcome(result)
    ]


def _outcome(result: dict[str, Any]) -> dict[str, Any]:
    return {name: result[name] for name in ("status", "score", "misconceptions")}


def changes(record: Record, settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield what changed with the present edition of the tasks and the grader."""
    if record.get("edition") == settings.edition:
        yield from record.get("changed", ())
