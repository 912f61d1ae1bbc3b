"""The command `check`: reads submissions, grades them, says the results, and watches for more.

It is imported when the worker is already booting (cli.py), so what it needs loads meanwhile.
"""

import argparse
import contextlib
import json
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import Unreadable
from autograder.extract import Submission, extract, read
from autograder.messages import say
from autograder.registry import Task, chapter_title, load_task, load_tasks, task_ids
from autograder.sandbox import Sandbox
from autograder.state import language

if TYPE_CHECKING:
    from autograder.grader import Result

WATCH_SECONDS = 0.3
MANY = 3  # tasks in several files: more are not named one by one
SUFFIXES = (".ipynb", ".py")
SKIPPED_FOLDERS = ("__pycache__", "node_modules", "_build")

Stamp = list[tuple[Path, int]]  # files, and when each was written


@dataclass
class Work:
    """One PATH: its files that could be read, and what to say of it."""

    path: str
    files: list[Submission] = field(default_factory=list)
    is_folder: bool = False
    notes: list[str] = field(default_factory=list)
    unusable: str | None = None

    @property
    def language(self) -> str | None:
        """The language that `start` stored in the first notebook that has one."""
        return next((file.language for file in self.files if file.language), None)


def check(options: argparse.Namespace, sandbox: Sandbox) -> int:
    """Check every PATH and return the exit status."""
    asked: list[str] = list(dict.fromkeys(options.task or []))
    for name in asked:
        if name not in task_ids():
            return complain(unknown_task(name, language(options.lang)))
    paths = options.paths or ["."]
    # Taken before the first check, so that what is saved meanwhile is not missed.
    watched = {path: (_stamp(path), _answers(path)) for path in paths if options.watch}
    status = max(_check_path(path, asked, options, sandbox) for path in paths)
    if options.watch:
        _watch(watched, asked, options, sandbox)
    return status


def complain(sentence: str) -> int:
    """Say what cannot be done, and return the exit status for it."""
    print(f"autograder: {sentence}", file=sys.stderr)
    return 2


def unknown_task(name: str, speak: str) -> str:
    """Say that there is no such task, and which one is nearest."""
    nearest = nearest_task(name)
    if nearest is not None:
        return say("no-task", speak, task=name, nearest=nearest)
    return say("no-task-plain", speak, task=name)


def nearest_task(name: str) -> str | None:
    """Return the task whose name is nearly this one."""
    import difflib

    return next(iter(difflib.get_close_matches(name, task_ids(), n=1)), None)


def _watch(
    watched: dict[str, tuple[Stamp, dict[str, str]]],
    asked: list[str],
    options: argparse.Namespace,
    sandbox: Sandbox,
) -> None:
    """Check again whatever is saved, and show only the tasks whose answer has changed."""
    speak = language(options.lang)
    seen = {path: stamp for path, (stamp, _) in watched.items()}
    answers = {path: answers for path, (_, answers) in watched.items()}
    last = dict(seen)
    print(say("watching", speak, path=", ".join(watched)), file=sys.stderr)
    while True:
        time.sleep(WATCH_SECONDS)
        for path in watched:
            stamp, before = _stamp(path), last[path]
            last[path] = stamp
            if stamp == seen[path] or stamp != before:
                continue  # nothing new, or still being written: wait until it keeps still
            old = answers[path]
            seen[path], answers[path] = stamp, _answers(path)
            changed = [task for task, code in answers[path].items() if old.get(task) != code]
            changed = [task for task in changed if not asked or task in asked]
            if changed:
                _check_path(path, changed, options, sandbox)
                sys.stdout.flush()


def _stamp(path: str) -> Stamp:
    """Return what changes when something below a path is saved."""
    files = _files_below(Path(path)) if Path(path).is_dir() else [Path(path)]
    stamps = []
    for file in files:
        with contextlib.suppress(OSError):  # an editor replaces files: gone for a moment
            stamps.append((file, file.stat().st_mtime_ns))
    return stamps


def _answers(path: str) -> dict[str, str]:
    """Return, by task, the code that a check would run."""
    work = _collect(path, "en")
    chosen = _choose(work, "en") if work.unusable is None else {}
    answers = {}
    for task_id, submission in chosen.items():
        found = extract(submission, task_id)
        answers[task_id] = found.text if found else submission.digest
    return answers


def _check_path(path: str, asked: list[str], options: argparse.Namespace, sandbox: Sandbox) -> int:
    work = _collect(path, language(options.lang))
    speak = language(options.lang, work.language)
    chosen = _choose(work, speak) if work.unusable is None else {}
    if work.unusable is None and not chosen:
        work.unusable = say("no-symbol", speak, path=path)
    for note in work.notes:
        print(f"autograder: {note}", file=sys.stderr)
    if work.unusable is not None:
        if options.json:
            print(json.dumps(_json(path, 0, []) | {"error": work.unusable}, ensure_ascii=False))
        return complain(work.unusable)

    from autograder.grader import Grader, Result, in_file, verdict_seed

    seed = options.seed if options.seed is not None else verdict_seed(work.files)
    grader = Grader(sandbox)
    results: list[Result] = []
    for task_id in sorted(asked or chosen, key=_by_chapter):
        submission = chosen.get(task_id)
        if submission is None:
            results.append(Result(load_task(task_id), "not_attempted"))
        else:
            result = grader.grade(submission, task_id, seed)
            results.append(in_file(result, submission.path) if len(work.files) > 1 else result)
    shown = results if asked else [r for r in results if r.status != "not_attempted"]
    if options.json:
        from autograder.feedback import as_json

        print(json.dumps(_json(path, seed, [as_json(r, speak) for r in shown]), ensure_ascii=False))
    else:
        _print(work, results, shown, speak, whole=not asked)
    return 0 if shown and all(result.status == "passed" for result in shown) else 1


def _by_chapter(task_id: str) -> tuple[str, int]:
    task = load_task(task_id)
    return task.chapter, task.order


def _json(path: str, seed: int, tasks: list[dict[str, object]]) -> dict[str, object]:
    return {
        "submission": path,
        "seed": seed,
        "score": sum(float(str(task["score"])) for task in tasks),
        "max_score": sum(float(str(task["max_score"])) for task in tasks),
        "tasks": tasks,
    }


def _print(
    work: Work, results: "list[Result]", shown: "list[Result]", speak: str, whole: bool
) -> None:
    from autograder.feedback import as_text, render

    for result in shown:
        print(as_text(result, render(result, speak), colour=sys.stdout.isatty()))
    left = [r.task.id for r in results if r.status == "not_attempted" and r not in shown]
    if left:
        print(say("left-out", speak, tasks=", ".join(left)))
    if work.is_folder:
        _print_progress(results, speak)
    if not shown:
        return
    score, total = sum(r.score for r in shown), sum(r.task.points for r in shown)
    sums = {"score": f"{score:g}", "max_score": f"{total:g}"}
    if work.is_folder and whole:
        course = f"{sum(task.points for task in load_tasks()):g}"
        print(say("total-of-course", speak, path=work.path, course=course, **sums))
    else:
        print(say("total", speak, path=work.path, **sums))


def _print_progress(results: "list[Result]", speak: str) -> None:
    """End a folder's check with where the learner stands, chapter by chapter."""
    by_id = {result.task.id: result for result in results}
    chapters: dict[str, list[Task]] = {}
    for task in load_tasks():
        chapters.setdefault(task.chapter, []).append(task)
    print()
    for chapter, tasks in chapters.items():
        passed = [t for t in tasks if t.id in by_id and by_id[t.id].status == "passed"]
        params = {
            "title": chapter_title(chapter, speak),
            "passed": len(passed),
            "count": len(tasks),
            "score": f"{sum(t.points for t in passed):g}",
            "total": f"{sum(t.points for t in tasks):g}",
        }
        bar = "█" * len(passed) + "░" * (len(tasks) - len(passed))
        print(f"{bar} {say('chapter', speak, **params)}")


def _collect(path: str, speak: str) -> Work:
    """Read one PATH: a file, or a folder with all notebooks and Python files below it."""
    work = Work(path, is_folder=Path(path).is_dir())
    try:
        if not work.is_folder:
            if Path(path).exists() and Path(path).suffix not in SUFFIXES:
                raise Unreadable("wrong-suffix", path=path)
            work.files.append(read(Path(path)))
            return work
        files = _files_below(Path(path))
        if not files:
            raise Unreadable("empty-folder", path=path)
    except Unreadable as error:
        work.unusable = say(error.key, speak, **error.params)
        if error.key == "no-such-path" and (task := nearest_task(path)):
            work.unusable = say("task-as-path", speak, path=path, task=task)
        return work
    for file in files:
        try:
            work.files.append(read(file))
        except Unreadable as error:
            if _matters(file):
                work.notes.append(say(error.key, speak, **error.params))
    return work


def _matters(file: Path) -> bool:
    """Whether a file that cannot be read seems to be about a task: others need no word."""
    try:
        data = file.read_bytes()
    except OSError:
        return True
    return any(task_id.encode() in data for task_id in task_ids())


def _files_below(folder: Path) -> list[Path]:
    """Return the notebooks and Python files below a folder, but no hidden or installed ones."""
    found: list[Path] = []
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in SKIPPED_FOLDERS
            and not Path(path, name, "pyvenv.cfg").is_file()
        )
        found += (Path(path, name) for name in names if name.endswith(SUFFIXES) and name[0] != ".")
    return sorted(file for file in found if file.is_file())


def _choose(work: Work, speak: str) -> dict[str, Submission]:
    """Pick, for every task, the file that counts: each file is a namespace of its own.

    A filled one before an unfilled one; then the starter's task cell, `<task>.py`, the first by
    name.
    """
    from autograder.grader import attempted

    chosen, several = {}, []
    for task_id in task_ids():
        candidates = [f for f in work.files if task_id in f.defined or attempted(f, task_id)]
        if not candidates:
            continue
        ranked = sorted(
            candidates,
            key=lambda file: (
                not attempted(file, task_id),
                not any(cell.task == task_id for cell in file.cells),
                Path(file.path).name != f"{task_id}.py",
                file.path,
            ),
        )
        chosen[task_id] = ranked[0]
        if sum(attempted(file, task_id) for file in candidates) > 1:
            several.append({"task": task_id, "path": ranked[0].path})
    if len(several) > MANY:  # not the learner's doing: a folder that holds solutions, say
        work.notes.append(say("chosen-files", speak, count=len(several), **several[0]))
    else:
        work.notes += (say("chosen-file", speak, **choice) for choice in several)
    return chosen
