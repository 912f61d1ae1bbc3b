"""Runs jobs on processes of this machine, or on a Dask cluster: `batch.grade` is the same in both.

A `Worker` is one process that grades and keeps one sandbox warm. The judged code does not run in
it, but reading that code does, and code can be made that ends its reader. So a worker that dies or
hangs is replaced, and its submission tried once more, alone; the second time it is recorded as
killed. On a cluster each Dask worker keeps a `Worker` of its own: a submission that ends a process
never takes a Dask worker along, and a Dask worker that is lost has its work done elsewhere.
"""

import contextlib
import json
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from typing import IO, Any

from autograder.batch import Job, Record, Settings, grade, killed
from autograder.errors import AutograderError, SandboxError
from autograder.isolation import why_not

TRIES = 2  # of one submission, before it is recorded as killed
CONNECT_SECONDS = 30
PATIENCE = 60.0  # seconds for reading a submission, beyond what its tasks may take
MEMORY = 4 * 2**30  # bytes of data that a worker may hold (on Linux)
BOOT = "import sys; sys.path[:] = {path!r}; from autograder.pool import serve; serve()"
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}


class Died(Exception):
    """A worker ended, or was silent for too long, before it answered."""


class BatchStopped(AutograderError):
    """The batch cannot go on here, whatever the submission: says why."""


# ---------------------------------------------------------------- one process


class Worker:
    """A process that grades one submission after the other, and its replacement if need be."""

    def __init__(self, settings: Settings) -> None:
        """Start the process."""
        self.settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()  # close() comes from another thread
        self._closed = False
        self._start()

    def _start(self) -> None:
        with self._lock:
            if self._closed:
                raise Died
            self._process = _started([sys.executable, "-c", BOOT.format(path=sys.path)])

    def grade(self, job: Job) -> Record:
        """Grade one submission, in a fresh process if the first one does not survive it."""
        stopped = None
        for _ in range(TRIES):
            try:
                reply = self._ask(job)
                if "record" in reply:
                    record: Record = reply["record"]
                    return record
                stopped = reply["stopped"]
            except Died:
                pass
            self._end()
            self._start()
        if stopped is not None and self.settings.isolated and why_not.__wrapped__() is not None:
            raise SandboxError(stopped)  # not this submission's doing: nothing can be isolated now
        return killed(job, self.settings)

    def _ask(self, job: Job) -> dict[str, Any]:
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        timer = threading.Timer(_patience(job, self.settings), process.kill)
        timer.daemon = True
        timer.start()
        try:
            _send(process.stdin, pickle.dumps((job, self.settings)))
            reply: dict[str, Any] = json.loads(_receive(process.stdout))
        except (OSError, ValueError):
            raise Died from None
        finally:
            timer.cancel()
        return reply

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                assert stream is not None
                with contextlib.suppress(OSError):
                    stream.close()
            process.wait()

    def close(self) -> None:
        """End the process, also in the midst of a submission."""
        self._closed = True
        with self._lock:
            if self._process is not None:
                self._process.kill()

    def finish(self) -> None:
        """End an idle process in its own time, and with it its sandbox."""
        process = self._process
        if process is not None and process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10.0)
        self._end()

    def wait(self) -> None:
        """Take leave of a process that was closed."""
        self._end()


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a process; where the system has none left for a moment, wait for it."""
    for _ in range(30):
        try:
            return subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **ONE_THREAD},
                start_new_session=True,  # Ctrl-C is the parent's to handle
            )
        except OSError as error:
            why = error.strerror or str(error)
            time.sleep(1.0)
    raise BatchStopped(why)


def _patience(job: Job, settings: Settings) -> float:
    """Return after how many seconds a worker is given up: each task may run a few times."""
    from autograder.registry import load_task
    from autograder.sandbox import FRAMEWORK_GRACE, REPLY_GRACE, SECONDS

    total = PATIENCE
    for task in map(load_task, job.tasks):
        grace = FRAMEWORK_GRACE if task.framework else REPLY_GRACE
        total += 4 * ((settings.seconds or task.seconds or SECONDS) + grace)
    return total


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(struct.pack(">Q", len(data)) + data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    header = stream.read(8)
    if len(header) < 8:
        raise OSError("the other side ended")
    (length,) = struct.unpack(">Q", header)
    data = stream.read(length)
    if len(data) < length:
        raise OSError("the other side ended")
    return data


def serve() -> None:
    """Be a worker's process: grade what comes in until the other side is gone."""
    from autograder.grader import Grader
    from autograder.sandbox import Sandbox

    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    _limit_memory()
    sandbox: Sandbox | None = None
    with contextlib.suppress(OSError):  # the parent was killed: so are we
        while True:
            job, settings = pickle.loads(_receive(requests))
            try:
                if sandbox is None:
                    sandbox = Sandbox(settings.seconds, isolated=settings.isolated)
                reply: dict[str, Any] = {"record": grade(job, Grader(sandbox), settings)}
            except SandboxError as error:
                reply = {"stopped": str(error)}
            # A learner's exception may hold half a character; a file cannot.
            _send(replies, json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace"))
    if sandbox is not None:
        sandbox.finish()


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))


# ---------------------------------------------------------------- this machine


def run_here(jobs: Iterator[Job], settings: Settings, count: int) -> Iterator[tuple[Job, Record]]:
    """Grade all jobs on so many processes; yield each record when it is there.

    Jobs are taken from the iterator one by one, so that no more submissions than that are in
    memory at a time.
    """
    done: queue.Queue[tuple[Job, Record] | BaseException | None] = queue.Queue(2 * count)
    taking, stop = threading.Lock(), threading.Event()
    workers: list[Worker] = []

    def put(item: tuple[Job, Record] | BaseException | None) -> None:
        while not stop.is_set():
            with contextlib.suppress(queue.Full):
                done.put(item, timeout=0.5)
                return

    def work(worker: Worker) -> None:
        try:
            while not stop.is_set():
                with taking:
                    job = next(jobs, None)
                if job is None:
                    worker.finish()
                    break
                put((job, worker.grade(job)))
        except Died:
            pass  # closed from outside
        except BaseException as error:
            put(error)
        put(None)

    try:
        workers += [Worker(settings) for _ in range(count)]
        threads = [threading.Thread(target=work, args=(w,), daemon=True) for w in workers]
        for thread in threads:
            thread.start()
        left = count
        while left:
            item = done.get()
            if isinstance(item, BaseException):
                raise item
            if item is None:
                left -= 1
            else:
                yield item
    finally:
        stop.set()
        for worker in workers:
            worker.close()
        for worker in workers:
            worker.wait()


# ---------------------------------------------------------------- a cluster

_mine = threading.local()  # a Dask worker's threads: each has a Worker of its own


def _grade_there(job: Job, settings: Settings) -> Record:
    """Run in a Dask worker."""
    from autograder.records import edition

    if settings.edition != edition(settings.tasks):
        raise BatchStopped("edition")
    worker = getattr(_mine, "worker", None)
    if worker is None or worker.settings != settings:
        worker = _mine.worker = Worker(settings)
    record: Record = worker.grade(job)
    return record


def _why_not_isolated() -> str | None:
    return why_not()


def run_on_cluster(
    jobs: Iterator[Job], settings: Settings, address: str, say: Callable[..., str]
) -> Iterator[tuple[Job, Record]]:
    """Grade all jobs on a Dask cluster; yield each record when it is there."""
    try:
        import dask
        from distributed import Client, as_completed
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise BatchStopped(say("no-dask")) from None
    quiet = {
        "distributed.admin.large-graph-warning-threshold": "100MB",
        "distributed.comm.timeouts.connect": f"{CONNECT_SECONDS}s",
    }
    with dask.config.set(quiet), contextlib.ExitStack() as stack:
        try:
            client = stack.enter_context(
                Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
            )
            if settings.isolated:
                for where, reason in client.run(_why_not_isolated).items():
                    if reason:
                        raise BatchStopped(say("not-isolated-there", where=where, why=reason))
        except (OSError, ValueError, ImportError) as error:
            raise BatchStopped(say("no-cluster", address=address, why=error)) from None
        running: dict[Any, Job] = {}
        lost: set[str] = set()
        results = as_completed(loop=client.loop)

        def submit(job: Job | None) -> None:
            if job is not None:
                future = client.submit(_grade_there, job, settings, retries=2, pure=False)
                running[future] = job
                results.add(future)

        for _ in range(2 * max(1, sum(client.nthreads().values()))):
            submit(next(jobs, None))
        for future in results:
            job = running.pop(future)
            try:
                record = future.result()
            except KilledWorker:  # several Dask workers were lost while they had it: a new start
                if job.label not in lost:
                    lost.add(job.label)
                    submit(job)
                    continue
                record = killed(job, settings)
            except SandboxError as error:
                raise BatchStopped(say("no-sandbox", why=error)) from None
            except BatchStopped:
                raise BatchStopped(say("other-edition")) from None
            except CancelledError:
                raise BatchStopped(say("no-cluster", address=address, why="lost")) from None
            finally:
                future.release()
            yield job, record
            submit(next(jobs, None))
