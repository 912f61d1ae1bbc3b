"""The parent's side of the worker: sends a task's probes and a learner's code, gets arrays back."""

import contextlib
import json
import math
import os
import struct
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from autograder.errors import SandboxError

if TYPE_CHECKING:  # NumPy is imported while the worker boots, not before
    import numpy as np

    from autograder.extract import Extract
    from autograder.registry import Task

WORKER = Path(__file__).with_name("worker.py")
SECONDS = 10.0  # wall time of one task, all its probes together
MEMORY = 2 * 2**30  # bytes that a task may take on top of the worker's own
# What a Python needs to start on each system; nothing of the user's environment goes along.
ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
CAN_FORK = hasattr(os, "fork")  # not on Windows: there a fresh process serves each task
REPLY_GRACE = 5.0  # seconds beyond its own limit before a silent worker is given up
FRAMEWORK_GRACE = 120.0  # the same where it may first have to import a framework


@dataclass(frozen=True)
class Leaf:
    """One returned object: its type's name and, when it is numeric, its array."""

    type: str
    shape: tuple[int, ...] | None = None
    dtype: "str | np.dtype | None" = None
    array: "np.ndarray | None" = None


# What a call returned: a list stands for a tuple or a list.
Value = Leaf | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True)
class Call:
    """One probe: what it returned and its inputs afterwards, or what it raised."""

    value: Value | None = None
    after: dict[str, Value] = field(default_factory=dict)
    error: dict[str, Any] | None = None


@dataclass(frozen=True)
class Run:
    """One task run in the sandbox: a Call for each case of the probe."""

    outcome: str  # "ran", "timeout", "killed", or "missing": the task's framework is not installed
    seconds: float
    error: dict[str, Any] | None = None  # raised while the learner's code was being defined
    calls: dict[str, Call] = field(default_factory=dict)


class Sandbox:
    """A worker process, started at once and kept for many tasks. Use as a context manager."""

    def __init__(
        self, seconds: float | None = None, memory: int | None = None, isolated: bool = False
    ) -> None:
        """Start the worker (inside bubblewrap if isolated); it boots while the caller goes on."""
        self._command = [sys.executable, "-I", str(WORKER), *([] if CAN_FORK else ["--once"])]
        if isolated:
            from autograder.isolation import why_not, wrapped

            if reason := why_not():
                raise SandboxError(reason)
            self._command = wrapped(WORKER)
        self._seconds = seconds  # None: each task's own
        self._memory = memory or MEMORY
        self._process: subprocess.Popen[bytes] | None = None
        # Where the worker and what it starts run; inside bubblewrap it has a place of its own.
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._isolated = isolated
        self._late = False  # whether the worker was ended because time was up
        self._start()

    def _start(self) -> None:
        environment = {key: os.environ[key] for key in ENVIRONMENT if key in os.environ}
        try:
            if not self._isolated:
                self._folder = tempfile.TemporaryDirectory(
                    prefix="autograder-", ignore_cleanup_errors=True
                )
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                cwd=self._folder.name if self._folder else None,
                start_new_session=True,  # Ctrl-C is the parent's to handle
                bufsize=0,
            )
        except OSError as error:
            raise SandboxError(str(error)) from None

    def run(self, extract: "Extract", task: "Task", seed: int) -> Run:
        """Run a task's symbol on the probe's cases, drawn with a seed."""
        seconds = self._seconds or task.seconds or SECONDS
        request = {
            "cells": extract.cells,
            "symbol": extract.symbol,
            "probe": task.probe,
            "seed": seed,
            "limits": {"seconds": seconds, "memory": self._memory},
            "framework": task.framework,
        }
        grace = FRAMEWORK_GRACE if task.framework else REPLY_GRACE if CAN_FORK else 0.0
        try:
            outcome, data = self._exchange(json.dumps(request).encode(), seconds + grace)
        except (OSError, ValueError):
            # The worker died: without fork that is what a crash or a time-out does.
            outcome = {"outcome": "timeout" if self._late else "killed", "seconds": 0.0}
            if self._late:
                outcome["seconds"] = seconds
            self._restart()
        else:
            if not CAN_FORK:
                self._restart()
        if outcome["outcome"] != "ran":
            return Run(outcome["outcome"], outcome["seconds"])
        return _decoded(data, outcome["seconds"])

    def _restart(self) -> None:
        self.close()
        self._start()

    def _exchange(self, request: bytes, patience: float) -> tuple[dict[str, Any], bytes]:
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        self._late = False

        def give_up() -> None:
            self._late = True
            process.kill()

        # A worker that forks watches the time itself; one that cannot is watched from here.
        timer = threading.Timer(patience, give_up)
        timer.daemon = True
        timer.start()
        try:
            process.stdin.write(struct.pack(">Q", len(request)) + request)
            outcome = json.loads(_read_frame(process.stdout))
            return outcome, _read_frame(process.stdout)
        finally:
            timer.cancel()

    def finish(self) -> None:
        """Let an idle worker end by itself, so that the system counts what it used."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5.0)
        self.close()

    def close(self) -> None:
        """End the worker."""
        if self._process is not None:
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    stream.close()
            self._process.kill()
            self._process.wait()
            self._process = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _read_frame(stream: Any) -> bytes:
    length = struct.unpack(">Q", _read_exactly(stream, 8))[0]
    return _read_exactly(stream, length)


def _read_exactly(stream: Any, count: int) -> bytes:
    chunks = []
    while count > 0:
        chunk = stream.read(min(count, 2**20))
        if not chunk:
            raise OSError("the worker ended")
        chunks.append(chunk)
        count -= len(chunk)
    return b"".join(chunks)


# ---------------------------------------------------------------- results are data, read with care


def _decoded(data: bytes, seconds: float) -> Run:
    """Read a child's result. Whatever is not as the worker writes it was written by the learner."""
    import numpy as np

    try:
        head, _, rest = data.partition(b"\n")
        report = json.loads(head)
        if "error" in report:
            return Run("ran", seconds, error=_error(report["error"]))
        arrays, start = {}, 0
        for name, count in report["numbers"].items():
            dtype = np.dtype(str(name))
            if dtype.kind not in "biufc" or count < 0:
                raise ValueError("not as the worker writes it")
            arrays[name] = np.frombuffer(rest, dtype, count, start)
            start += arrays[name].nbytes
        calls = {str(name): _call(call, arrays) for name, call in report["calls"].items()}
    except Exception:
        return Run("killed", seconds)
    return Run("ran", seconds, calls=calls)


def _call(call: dict[str, Any], arrays: dict[str, "np.ndarray"]) -> Call:
    if "error" in call:
        return Call(error=_error(call["error"]))
    after = {str(name): _value(value, arrays) for name, value in call["after"].items()}
    return Call(value=_value(call["value"], arrays), after=after)


def _value(value: Any, arrays: dict[str, "np.ndarray"]) -> Value:
    if isinstance(value, list):
        return [_value(item, arrays) for item in value]
    if "dict" in value:
        return {str(key): _value(item, arrays) for key, item in value["dict"].items()}
    kind = str(value["type"])[:80]
    if "shape" not in value:
        return Leaf(kind)
    shape, dtype = tuple(int(size) for size in value["shape"]), str(value["dtype"])
    if "start" not in value:  # too large to be sent
        return Leaf(kind, shape, dtype)
    start, flat = int(value["start"]), arrays[dtype]
    if start < 0:
        raise ValueError("not as the worker writes it")
    return Leaf(kind, shape, dtype, flat[start : start + math.prod(shape)].reshape(shape))


def _error(error: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": str(error.get("type", "Exception")),
        "text": str(error.get("text", "")),
        "bases": [str(base) for base in error.get("bases", ())],
        "cell": str(error["cell"]) if "cell" in error else None,
        "line": int(error["line"]) if error.get("line") else None,
        "code": str(error.get("code", "")),
    }
