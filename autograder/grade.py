"""The command `grade`: a folder of submissions from people one does not know becomes grades.

Every finished submission is on disk at once (records.py); everything else is derived from that at
the end. So whatever ends a run, `--resume` goes on where it stopped.
"""

import argparse
import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from autograder import intake, records, reports
from autograder.batch import Job, Record, Settings
from autograder.checking import complain, unknown_task
from autograder.errors import SandboxError, Unreadable
from autograder.isolation import why_not
from autograder.messages import say
from autograder.pool import BatchStopped, run_here, run_on_cluster
from autograder.registry import chapter_of, load_tasks, task_ids
from autograder.state import language

FRAME_SECONDS = 0.2  # between two states of the progress bar
LINE_SECONDS = 30.0  # between two lines of it, where there is no terminal


def grade(options: argparse.Namespace) -> int:
    """Grade every submission and return the exit status."""
    speak = language(options.lang)
    try:
        tasks = _assignment(options, speak)
        settings = _settings(options, tasks, speak)
        if options.out.resolve().is_relative_to(options.folder.resolve()):
            raise Unreadable("out-inside", out=options.out, path=options.folder)
        everyone = intake.students(options.folder, skip=options.out)
        if not everyone:
            raise Unreadable("class-empty", path=options.folder)
        store = records.Store(options.out)
    except Unreadable as error:
        return complain(say(error.key, speak, **error.params))
    except BatchStopped as error:
        return complain(str(error))
    except OSError as error:
        return complain(say("cannot-write", speak, path=options.out, why=error.strerror or error))
    with _locked(options.out) as ours:
        if not ours:
            return complain(say("out-in-use", speak, path=options.out))
        if not (options.task or options.chapter):
            print(say("whole-course", speak, count=len(tasks)), file=sys.stderr)
        if options.no_sandbox:
            print(say("not-isolated", speak), file=sys.stderr)
        return _Batch(options, settings, everyone, store).run()


def _assignment(options: argparse.Namespace, speak: str) -> list[str]:
    """Return the tasks in the course's order; raise BatchStopped where one is unknown."""
    named = list(dict.fromkeys(options.task or []))
    for name in named:
        if name not in task_ids():
            raise BatchStopped(unknown_task(name, speak))
    if options.chapter:
        chapters = set(map(chapter_of, task_ids()))
        for wanted in options.chapter:
            found = {c for c in chapters if wanted.zfill(2) == c.split("_")[0] or wanted == c}
            if not found:
                known = ", ".join(sorted(c.split("_")[0] for c in chapters))
                raise BatchStopped(say("no-chapter", speak, chapter=wanted, known=known))
            named += [task for task in task_ids() if chapter_of(task) in found]
    return [task.id for task in load_tasks(set(named or task_ids()))]


def _settings(options: argparse.Namespace, tasks: list[str], speak: str) -> Settings:
    if not options.no_sandbox and options.scheduler is None and (reason := why_not()):
        raise BatchStopped(say("no-isolation", speak, why=reason))
    return Settings(
        seconds=options.timeout,
        isolated=not options.no_sandbox,
        seed=options.seed,
        language=speak,
        tasks=tuple(tasks),
        edition=records.edition(tuple(tasks)),
    )


@contextlib.contextmanager
def _locked(out: Path) -> Iterator[bool]:
    """Hold the folder of results; yield False where another run does. A dead run holds nothing."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield True
        return
    with (out / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


class _Batch:
    """One run of the command."""

    def __init__(
        self,
        options: argparse.Namespace,
        settings: Settings,
        everyone: list[intake.Student],
        store: records.Store,
    ) -> None:
        self.options, self.settings = options, settings
        self.everyone, self.store = everyone, store
        self.speak = settings.language
        self.old: dict[str, Record] = {}  # of those being graded again, while they are
        self.progress = Progress(len(everyone), self._say, sys.stderr)
        self.counts = {"graded": 0, "kept": 0}

    def _say(self, key: str, **params: Any) -> str:
        return say(key, self.speak, **params)

    def run(self) -> int:
        """Grade, record, report."""
        if not self.options.resume:
            for student in self.everyone:  # what is there is an earlier run's
                self.store.forget(student.label)
        stopped: str | None = None
        status = 0
        try:
            for job, record in self._results():
                whole = records.merged(
                    record, self.old.pop(job.label, None), list(self.settings.tasks), self.settings
                )
                self.store.save(job.label, whole)
                self.counts["graded"] += 1
                self.progress.step()
        except KeyboardInterrupt:
            stopped, status = self._say("interrupted"), 130
        except BatchStopped as error:
            stopped, status = str(error), 2
        except SandboxError as error:
            stopped, status = self._say("no-sandbox", why=error), 2
        except OSError as error:  # the disk is full, say
            why = error.strerror or str(error)
            stopped, status = self._say("cannot-write", path=self.options.out, why=why), 2
        self.progress.end()
        self._report()
        if stopped is not None:
            left = len(self.everyone) - self.counts["graded"] - self.counts["kept"]
            print(f"autograder: {stopped} {self._say('go-on', left=left)}", file=sys.stderr)
        return status

    def _results(self) -> Iterator[tuple[Job, Record]]:
        if self.options.scheduler is not None:
            return run_on_cluster(self._jobs(), self.settings, self.options.scheduler, self._say)
        count = self.options.workers or os.cpu_count() or 1
        return run_here(self._jobs(), self.settings, min(count, len(self.everyone)))

    def _jobs(self) -> Iterator[Job]:
        """Read the submissions one by one; pass over those whose results still stand."""
        for student in self.everyone:
            files: list[intake.File] = []
            trouble = None
            try:
                files = intake.collect(student)
            except Unreadable as error:
                trouble = (error.key, {key: str(v) for key, v in error.params.items()})
            digest = intake.digest(files) if trouble is None else repr(trouble)
            old = self.store.load(student.label) if self.options.resume else None
            tasks = records.stale(old, digest, list(self.settings.tasks), self.settings)
            if not tasks and old is not None:
                self._keep(student, old)
                continue
            if old is not None:
                self.old[student.label] = old
            yield Job(
                student.name, student.id, student.label, tuple(tasks), digest, tuple(files), trouble
            )

    def _keep(self, student: intake.Student, old: Record) -> None:
        """Leave a record as it is, unless the assignment has become smaller."""
        if [result["id"] for result in old["tasks"]] != list(self.settings.tasks):
            whole = records.merged(
                old | {"tasks": list(old["tasks"])}, None, list(self.settings.tasks), self.settings
            )
            self.store.save(student.label, whole)
        self.counts["kept"] += 1
        self.progress.step(graded=False)

    def _report(self) -> None:
        formats = self.options.format or reports.FORMATS
        labels = [student.label for student in self.everyone]
        try:
            report = reports.write(self.options.out, labels, self.store, formats, self.settings)
        except OSError as error:
            why = error.strerror or str(error)
            complain(self._say("cannot-write", path=self.options.out, why=why))
            return
        for student, change in report.changed:
            before, after = (
                self._say(f"status-{change[side]['status']}") for side in ("before", "after")
            )
            print(
                self._say(
                    "changed", student=student, task=change["task"], before=before, after=after
                )
            )
        troubled = [row for row in report.rows if row.message]
        for row in troubled:
            print(self._say("troubled", student=row.student, why=row.message))
        key = "batch-resumed" if self.options.resume else "batch-done"
        print(self._say(key, out=self.options.out, count=len(report.rows), **self.counts))


class Progress:
    """How far the batch is: a bar on a terminal, a line now and then elsewhere."""

    def __init__(self, total: int, say: Callable[..., str], stream: IO[str]) -> None:
        """Begin at nothing."""
        self.total, self.done, self.graded = total, 0, 0
        self._say, self._stream = say, stream
        self._start = self._shown = time.monotonic()
        self._terminal = stream.isatty()
        self._lock = threading.Lock()  # what stands is counted where jobs are taken

    def step(self, graded: bool = True) -> None:
        """Count one submission; one whose result stood took no time."""
        with self._lock:
            self.done += 1
            self.graded += graded
            now = time.monotonic()
            if now - self._shown >= (FRAME_SECONDS if self._terminal else LINE_SECONDS):
                self._shown = now
                self._show(now)

    def _show(self, now: float) -> None:
        rate = self.graded / max(now - self._start, 1e-9)
        left = (self.total - self.done) / rate if rate else 0.0
        text = self._say(
            "progress",
            done=self.done,
            total=self.total,
            rate=f"{rate:.1f}",
            left=f"{int(left // 60)}:{int(left % 60):02d}",
        )
        if self._terminal:
            full = 30 * self.done // max(self.total, 1)
            self._stream.write(f"\r\033[K{'█' * full}{'░' * (30 - full)} {text}")
        else:
            self._stream.write(text + "\n")
        self._stream.flush()

    def end(self) -> None:
        """Show the last state and leave the line."""
        self._show(time.monotonic())
        if self._terminal:
            self._stream.write("\n")
