"""Grades one student's submission: what `check` does, for files that came in memory.

It runs in a process of its own (pool.py), here or on another machine, and returns a record: plain
data that is stored as it is. Nothing here writes anything.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import SandboxError, Unreadable
from autograder.extract import Submission, extract, read_notebook, read_python
from autograder.feedback import Line, as_json, mistake_name, render
from autograder.grader import Grader, Result, attempted, verdict_seed
from autograder.intake import File
from autograder.messages import LANGUAGES, say
from autograder.registry import load_task, task_ids

MAX_CODE = 2**20  # characters of code in one submission: people write a hundredth of that

Record = dict[str, Any]


@dataclass(frozen=True)
class Settings:
    """What holds for a whole batch."""

    seconds: float | None = None  # the limit of one task; None: the tasks' own
    isolated: bool = True
    seed: int | None = None  # None: from the submission, as `check` does
    language: str = "en"  # where the notebook does not say
    tasks: tuple[str, ...] = ()  # the assignment
    edition: str = ""  # of the grader and these tasks: see records.py


@dataclass(frozen=True)
class Job:
    """One submission to grade, with all that is needed for it."""

    name: str
    id: str
    label: str
    tasks: tuple[str, ...]
    digest: str
    files: tuple[File, ...] = ()
    trouble: tuple[str, dict[str, str]] | None = None  # why it cannot be read at all


def grade(job: Job, grader: Grader, settings: Settings) -> Record:
    """Grade the job's tasks and return its record."""
    start = time.perf_counter()
    read: list[tuple[Submission, File]] = []
    troubles = [job.trouble] if job.trouble else [f.trouble for f in job.files if f.trouble]
    for file in job.files:
        if file.trouble is None:
            try:
                read.append((_read(file), file))
            except Unreadable as error:
                troubles.append((error.key, {k: str(v) for k, v in error.params.items()}))
    if sum(len(c.source) for submission, _ in read for c in submission.cells) > MAX_CODE:
        troubles, read = [("too-much-code", {"path": job.name})], []
    own = next((s.language for s, _ in read if s.language in LANGUAGES), None)
    speak = own or settings.language
    notes = [say(key, speak, **params) for key, params in troubles]
    record = blank(job, "graded" if read else "unreadable", notes, own)
    if not read:
        record["message"] = (notes or [say("empty-folder", speak, path=job.name)])[0]
        unread = {task: {"message": say("unread", speak, task=task)} for task in job.tasks}
        results = [not_attempted(task, speak) | unread[task] for task in job.tasks]
        return record | _sums(record, results)
    seed = settings.seed if settings.seed is not None else verdict_seed(s for s, _ in read)
    record["seed"] = seed
    results = []
    for task_id in job.tasks:
        submission, file, several = _chosen(read, task_id)
        if several:
            record["chosen"][task_id] = file.path
        record["late"] = record["late"] or file.late
        results.append(_task(record, submission, task_id, seed, grader, speak))
    record["seconds"] = round(time.perf_counter() - start, 3)
    return record | _sums(record, results)


def blank(job: Job, status: str, notes: Iterable[str] = (), own: str | None = None) -> Record:
    """Return a record without results. Its first five keys are those of `check --json`."""
    return {
        "submission": job.name,
        "seed": 0,
        "score": 0.0,
        "max_score": 0.0,
        "tasks": [],
        "student": job.name,
        "id": job.id,
        "status": status,  # graded, unreadable or killed
        "message": None,
        "late": False,
        "language": own,  # the notebook's own
        "files": [file.path for file in job.files],
        "notes": list(notes),
        "chosen": {},  # by task, where several files attempt it: the latest, which counts
        "feedback": {},  # by task: [role, sentence] for a page
        "names": {},  # by task and misconception: its name in every language
        "uses": {},  # by task: other tasks whose functions it uses
        "seconds": 0.0,
        "digest": job.digest,
    }


def killed(job: Job, settings: Settings) -> Record:
    """Return the record of a submission that ended the process that graded it, twice."""
    record = blank(job, "killed")
    record["message"] = say("ends-grader", settings.language)
    results = [
        not_attempted(task, settings.language) | {"status": "killed", "message": record["message"]}
        for task in job.tasks
    ]
    return record | _sums(record, results)


def not_attempted(task_id: str, language: str) -> dict[str, Any]:
    """Return the result of a task for which there is nothing."""
    return as_json(Result(load_task(task_id), "not_attempted"), language)


def _sums(record: Record, results: list[dict[str, Any]]) -> Record:
    return {
        "tasks": results,
        "score": sum(result["score"] for result in results),
        "max_score": sum(result["max_score"] for result in results),
    }


def _read(file: File) -> Submission:
    path = Path(file.path)
    if not file.data.strip():
        raise Unreadable("empty-file", path=file.path)
    if path.suffix.lower() == ".ipynb":
        return read_notebook(path, file.data)
    return read_python(path, file.data)


def _chosen(read: list[tuple[Submission, File]], task_id: str) -> tuple[Submission, File, bool]:
    """Pick the file that counts for a task, and say whether there were several.

    The latest of those that attempt it; of several equally late ones as in `check`.
    """
    if len(read) == 1:
        return *read[0], False
    trying = [(s, file) for s, file in read if task_id in s.defined or attempted(s, task_id)]
    filled = [pair for pair in trying if attempted(pair[0], task_id)]

    def order(pair: tuple[Submission, File]) -> tuple[bool, bool, str]:
        submission, file = pair
        starter = any(cell.task == task_id for cell in submission.cells)
        return not starter, Path(file.path).name != f"{task_id}.py", file.path

    candidates = sorted(filled or trying or read, key=order)
    latest = max(candidates, key=lambda pair: pair[1].rank)
    return *latest, len(filled) > 1


def _task(
    record: Record, submission: Submission, task_id: str, seed: int, grader: Grader, speak: str
) -> dict[str, Any]:
    try:
        result = grader.grade(submission, task_id, seed)
        shown = as_json(result, speak)
        lines = render(result, speak)
        if result.status not in ("passed", "not_attempted"):
            found = extract(submission, task_id)
            names = found.names if found else set()
            record["uses"][task_id] = sorted(names & set(task_ids()) - {task_id})
    except SandboxError:
        raise
    except Exception:  # code so odd that reading it fails costs its own task, and no other
        text = say("unreadable-code", speak)
        lines = [Line("headline", say("error", speak, task=task_id)), Line("finding", text)]
        shown = not_attempted(task_id, speak) | {"status": "error", "message": text}
        result = None
    record["feedback"][task_id] = [[line.role, line.text] for line in lines]
    if result is not None and result.diagnosis is not None and result.diagnosis.mistakes:
        record["names"][task_id] = {
            mistake.id: {lang: mistake_name(mistake, result, lang) for lang in LANGUAGES}
            for mistake in result.diagnosis.mistakes
        }
    return shown
