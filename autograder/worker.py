"""The sandboxed process: it runs a learner's code on the probes and returns raw arrays.

It is started clean (``python -I worker.py``), imports NumPy and nothing of the grader, and never
learns an expected value, a verdict or the reference. For each request it forks one child; the
child limits itself, runs the probe's inputs through the learner's function and sends back raw
numbers; the worker, which never runs a line of the learner's code, passes those bytes on.

Frames on standard input and output: 8 bytes of length (big endian), then that many bytes.
A request is JSON: ``{cells, symbol, probe, seed, limits, framework}``; a framework (``torch``,
``keras``) is imported here, once, so that the children need not. A reply is JSON of the outcome,
followed by a second frame with the child's result (empty where there is none): a line of JSON,
``{calls, numbers: {dtype: count}}``, then the numbers themselves.

A child pays for every page of memory that it is the first to write (copied, three microseconds
each) and Python writes to whatever it looks at. So what can be set up once is set up here.
"""

import contextlib
import copy
import ctypes
import functools
import gc
import json
import os
import re
import select
import shutil
import signal
import struct
import sys
import time
import traceback
import types
from typing import Any, NoReturn

os.environ.update({f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")})

import numpy as np
import numpy.random

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

MAX_RESULT = 64 * 2**20  # bytes a child may send back
MAX_ARRAY = 8 * 2**20  # bytes of one returned array: probes are small, more is a wrong answer
MAX_TEXT = 500  # characters of an exception's message
WATCH_SECONDS = 0.05  # between two looks at how many processes a child has
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
LIBC: Any = ctypes.CDLL(None) if sys.platform == "linux" else None
MAX_PROCESSES = 64  # that a child may have at once: frameworks start threads, not processes


# ---------------------------------------------------------------- frames


def read_exactly(descriptor: int, count: int) -> bytes:
    """Return `count` bytes from a descriptor, or fewer at the end of the stream."""
    chunks = []
    while count > 0 and (chunk := os.read(descriptor, min(count, 2**20))):
        chunks.append(chunk)
        count -= len(chunk)
    return b"".join(chunks)


def read_frame(descriptor: int) -> bytes | None:
    """Return the next frame, or None at the end of the stream."""
    header = read_exactly(descriptor, 8)
    if len(header) < 8:
        return None
    (length,) = struct.unpack(">Q", header)
    return read_exactly(descriptor, length)


def write_frame(descriptor: int, data: bytes) -> None:
    """Write one frame whole."""
    view = memoryview(struct.pack(">Q", len(data)) + data)
    while view:
        view = view[os.write(descriptor, view) :]


# ---------------------------------------------------------------- running the learner's code


class Recorder:
    """Turns returned values into flat arrays, one a dtype, and says in JSON what is where."""

    def __init__(self) -> None:
        self._parts: dict[str, list[np.ndarray]] = {}
        self._sizes: dict[str, int] = {}

    def arrays(self) -> dict[str, np.ndarray]:
        """Return all recorded numbers, by dtype."""
        return {dtype: np.concatenate(parts) for dtype, parts in self._parts.items()}

    def add(self, value: Any) -> Any:
        """Describe a value: as lists and dicts of leaves, each of which says where its array is."""
        if isinstance(value, (tuple, list)) and len(value) <= 64:
            return [self.add(item) for item in value]
        if isinstance(value, dict) and len(value) <= 64:
            return {"dict": {str(key): self.add(item) for key, item in value.items()}}
        leaf: dict[str, Any] = {"type": type(value).__name__[:80]}
        try:
            # A copy as a base-class array: a lying subclass ends here.
            array = np.array(value, subok=False)
        except Exception:
            return leaf
        if array.dtype.kind not in "biufc":
            return leaf
        leaf["shape"] = list(array.shape)
        leaf["dtype"] = str(array.dtype)
        if array.nbytes <= MAX_ARRAY:
            dtype = leaf["dtype"]
            leaf["start"] = self._sizes.get(dtype, 0)
            self._parts.setdefault(dtype, []).append(array.ravel())
            self._sizes[dtype] = leaf["start"] + array.size
        return leaf


def load_probe(source: str) -> dict[str, Any]:
    """Execute a probe's source in a namespace of its own and return it."""
    namespace: dict[str, Any] = {"__name__": "probe"}
    exec(compiled(source), namespace)
    return namespace


@functools.lru_cache(maxsize=64)
def compiled(source: str) -> types.CodeType:
    """Compile a probe: once in the worker, so that its children need not."""
    return compile(source, "<probe>", "exec")


def define(cells: list[dict[str, Any]], name: str) -> Any:
    """Execute the kept statements of the learner's cells in one module; return it."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    for cell in cells:
        source: Any = cell["source"]
        if cell["keep"] is not None:  # statements that share a line with others
            source = compile(source, cell["name"], "exec", 0x400)  # ast.PyCF_ONLY_AST
            source.body = [source.body[k] for k in cell["keep"]]
        exec(compile(source, cell["name"], "exec"), module.__dict__)
    return getattr(module, name)


def describe_exception(error: BaseException, cells: list[dict[str, Any]]) -> dict[str, Any]:
    """Say what was raised and, where it can be told, on which of the learner's own lines."""
    sources = {cell["name"]: cell["source"] for cell in cells}
    found: dict[str, Any] = {"type": type(error).__name__[:80], "text": ""}
    found["bases"] = [base.__name__[:80] for base in type(error).__mro__]
    with contextlib.suppress(BaseException):
        text = re.sub(r"\x1b\[[0-9;]*m", "", str(error))  # Keras writes for a terminal
        found["text"] = text[:MAX_TEXT]
    frames = [
        (frame.filename, frame.lineno)
        for frame in traceback.extract_tb(error.__traceback__, limit=-200)
        if frame.filename in sources
    ]
    if isinstance(error, SyntaxError) and error.filename in sources:
        frames.append((str(error.filename), error.lineno))
    if frames:
        name, line = frames[-1]
        lines = sources[name].splitlines()
        found |= {"cell": name, "line": line}
        found["code"] = lines[line - 1].strip()[:200] if line and line <= len(lines) else ""
    return found


def run(request: dict[str, Any]) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Run every case of the probe; return a JSON-able report and the arrays it points into."""
    recorder = Recorder()
    cells = request["cells"]
    probe = load_probe(request["probe"])
    # The inputs are drawn before the learner's code exists, so it cannot touch the drawing.
    cases = probe["cases"](np.random.default_rng(request["seed"]))
    call = probe.get("call") or (lambda symbol, case: symbol(*case.values()))
    try:
        symbol = define(cells, request["symbol"])
    except MemoryError:
        raise
    except BaseException as error:
        return {"error": describe_exception(error, cells)}, {}
    calls: dict[str, Any] = {}
    for name, case in cases.items():
        arguments = {key: _copy(value) for key, value in case.items()}
        try:
            value = recorder.add(call(symbol, arguments))
        except MemoryError:
            raise
        except BaseException as error:
            calls[name] = {"error": describe_exception(error, cells)}
        else:
            after = {key: recorder.add(argument) for key, argument in arguments.items()}
            calls[name] = {"value": value, "after": after}
    return {"calls": calls}, recorder.arrays()


def _copy(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(_copy(item) for item in value)
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return np.array(value)
    if isinstance(value, np.random.Generator):
        return copy.deepcopy(value)
    return value


def result_bytes(request: dict[str, Any]) -> bytes:
    """Run a request and pack its report and numbers."""
    with np.errstate(all="ignore"):
        report, arrays = run(request)
    report["numbers"] = {dtype: array.size for dtype, array in arrays.items()}
    parts = [json.dumps(report).encode(), *(array.tobytes() for array in arrays.values())]
    return b"\n".join([parts[0], b"".join(parts[1:])])


def import_framework(name: str | None) -> bool:
    """Import what a task needs beyond NumPy, on one thread; return whether it is there."""
    try:
        if name == "torch":
            import torch
            import torch._dynamo  # torch.optim imports it on first use: seconds in every child

            torch.set_num_threads(1)
        elif name == "keras":
            os.environ.update(
                KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0"
            )
            import keras  # noqa: F401
    except ImportError:
        return False
    return True


def warm_up() -> None:
    """Run something of our own once, so that no child must set up what is set up on first use."""
    main = sys.modules["__main__"]
    result_bytes(
        {
            "cells": [{"name": "-", "source": WARM_UP, "keep": None}],
            "symbol": "warm",
            "probe": WARM_UP,
            "seed": 0,
        }
    )
    sys.modules["__main__"] = main


WARM_UP = """
import numpy as np
def cases(rng):
    return {"case": {"x": rng.normal(size=(2, 3)), "b": rng.uniform(size=2)}}
def warm(x, b):
    return np.tanh(x @ x.T + b), 1 / (1 + np.exp(-x))
"""


# ---------------------------------------------------------------- one child a request


def limit_resources(limits: dict[str, Any]) -> None:
    """Cap CPU time, memory, file size and core dumps of this process."""

    def cap(kind: int, value: int) -> None:
        _, hard = resource.getrlimit(kind)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))

    cpu = int(limits["seconds"]) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    cap(resource.RLIMIT_CORE, 0)
    cap(resource.RLIMIT_FSIZE, 2**20)
    if sys.platform == "linux":  # elsewhere RLIMIT_AS is not kept or cannot be set
        statm = os.open("/proc/self/statm", os.O_RDONLY)
        now = int(os.read(statm, 100).split()[0]) * PAGE
        os.close(statm)
        cap(resource.RLIMIT_AS, now + limits["memory"])


def child_main(request: dict[str, Any], folder: str, descriptor: int) -> NoReturn:
    """Be the child: limits, an empty directory, no open descriptor but the result's. No return."""
    code = 1
    try:
        if sys.platform == "linux":
            LIBC.prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG: end with us
        os.setsid()
        os.closerange(3, descriptor)
        os.closerange(descriptor + 1, 256)
        os.chdir(folder)
        limit_resources(request["limits"])
        data = result_bytes(request)
        write_frame(descriptor, data)
        code = 0
    except MemoryError:
        code = 77
    finally:
        os._exit(code)


def guard_ourselves() -> None:
    """Linux: have every orphaned descendant become our child, so that none can escape.

    And keep the learner's processes, which have our user, out of this one's memory and pipes
    (``/proc/PID/mem``, ``/proc/PID/fd``): through them they could answer for the next submission.
    """
    if sys.platform == "linux":
        LIBC.prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
        LIBC.prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE


def children_of(process: int) -> list[int]:
    """Return the processes that one has started from its first thread (Linux; else none)."""
    with contextlib.suppress(OSError), open(f"/proc/{process}/task/{process}/children") as file:
        return [int(child) for child in file.read().split()]
    return []


def too_many_processes() -> bool:
    """Whether the learner's processes, which all descend from us, are too many (Linux)."""
    found = [os.getpid()]
    for process in found:  # grows while it is walked
        found += children_of(process)
        if len(found) > MAX_PROCESSES:
            return True
    return False


def kill_descendants(child: int) -> None:
    """Kill the child's process group and whatever has become our child since; wait for all."""
    with contextlib.suppress(OSError):
        os.killpg(child, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):  # raised as soon as there is none left
        while True:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                for orphan in children_of(os.getpid()):
                    with contextlib.suppress(OSError):
                        os.kill(orphan, signal.SIGKILL)
                os.waitpid(-1, 0)


def handle(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Fork a child for the request and wait for its bytes; return (outcome, result)."""
    seconds = request["limits"]["seconds"]
    compiled(request["probe"])
    folder = os.urandom(8).hex()  # below ours; nobody can have made it before
    os.mkdir(folder, 0o700)
    reader, writer = os.pipe()
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        child_main(request, folder, writer)
    os.close(writer)
    data, in_time = read_until(reader, start + seconds, child)
    os.close(reader)
    status = None
    if in_time:  # the pipe is closed: the child has ended or is about to
        status = wait_until(child, start + seconds)
    kill_descendants(child)
    try:
        os.rmdir(folder)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)  # what cannot be removed the parent removes
    outcome = {"seconds": time.monotonic() - start}
    if status is None:
        return {**outcome, "outcome": "timeout"}, b""
    if os.WIFSIGNALED(status):
        late = os.WTERMSIG(status) == getattr(signal, "SIGXCPU", None)
        return {**outcome, "outcome": "timeout" if late else "killed"}, b""
    whole = len(data) >= 8 and struct.unpack(">Q", data[:8])[0] == len(data) - 8
    if os.WEXITSTATUS(status) != 0 or not whole:
        return {**outcome, "outcome": "killed"}, b""
    return {**outcome, "outcome": "ran"}, data[8:]


def read_until(descriptor: int, deadline: float, child: int) -> tuple[bytes, bool]:
    """Read to the end of a child's pipe; return (bytes, whether it ended in time).

    There are no bytes where they were too many. A child with too many processes is killed.
    """
    chunks: list[bytes] = []
    size = 0
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([descriptor], [], [], min(left, WATCH_SECONDS))[0]:
            if too_many_processes():
                os.kill(child, signal.SIGKILL)
                return b"", True
            continue
        chunk = os.read(descriptor, 2**20)
        if not chunk:
            return b"".join(chunks), True
        chunks.append(chunk)
        size += len(chunk)
        if size > MAX_RESULT:
            return b"", True
    return b"", False


def wait_until(child: int, deadline: float) -> int | None:
    """Return the child's wait status, or None when it has not ended by the deadline."""
    pause = 0.0005
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        if time.monotonic() > deadline:
            return None
        time.sleep(pause)
        pause = min(2 * pause, 0.02)


def main() -> None:
    """Serve requests from standard input until it closes."""
    requests, replies = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):  # the children's: a learner's `print` goes nowhere
        os.dup2(null, standard)
    once = "--once" in sys.argv  # no fork on this system
    if not once:
        guard_ourselves()
        warm_up()
        gc.freeze()
    while (frame := read_frame(requests)) is not None:
        request = json.loads(frame)
        if not import_framework(request["framework"]):
            outcome, data = {"outcome": "missing", "seconds": 0.0}, b""
        elif not once:
            outcome, data = handle(request)
        else:  # a fresh process for this one request: the parent ends it when time is up
            start = time.monotonic()
            data = result_bytes(request)
            outcome = {"outcome": "ran", "seconds": time.monotonic() - start}
        write_frame(replies, json.dumps(outcome).encode())
        write_frame(replies, data)
        if once:
            os._exit(0)


if __name__ == "__main__":
    main()
