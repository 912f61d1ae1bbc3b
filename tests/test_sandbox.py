"""What hostile or careless code gets: its own status, in time, and nothing left behind."""

import json
import os
import sys
import time
from pathlib import Path

import pytest

from autograder import isolation
from autograder import sandbox as sandbox_module
from autograder.extract import Cell, Submission
from autograder.grader import Grader
from autograder.isolation import why_not
from autograder.registry import load_task
from autograder.sandbox import WORKER, Sandbox

pytestmark = pytest.mark.slow  # what never ends is waited for, eight seconds each

ROOT = Path(__file__).parents[1]
CELL = load_task("lstm_cell")
HEAD = (
    "import os, sys, time, signal\nimport numpy as np\ndef lstm_cell(x, h, c, W_x, W_h, b):\n    "
)

# A frame on every descriptor, and gone before the real one is written.
FORGED = """
    import io, json, struct
    buffer = io.BytesIO()
    report = np.frombuffer(json.dumps({{"calls": {{"distinct": {{"verdict": "passed"}}}}}}).encode(), "u1")
    {}
    for k in range(3, 64):
        try: os.write(k, struct.pack(">Q", len(buffer.getvalue())) + buffer.getvalue())
        except OSError: pass
    os._exit(0)"""

HOSTILE = {
    "endless loop": ("while True: pass", "timeout"),
    "endless sleep": ("time.sleep(1000)", "timeout"),
    "loop that swallows everything": (
        "\n    while True:\n        try: time.sleep(1)\n        except BaseException: pass",
        "timeout",
    ),
    "sys.exit": ("sys.exit(0)", "error"),
    "os._exit": ("os._exit(0)", "killed"),
    "segfault": ("import ctypes; ctypes.string_at(0)", "killed"),
    "signal": ("os.kill(os.getpid(), signal.SIGKILL)", "killed"),
    "one big array": ("return np.ones((10**10,)), c", "killed"),
    "many arrays": ("\n    kept = []\n    while True: kept.append(np.empty(10**7))", "killed"),
    "deep recursion": ("return lstm_cell(x, h, c, W_x, W_h, b)", "error"),
    "input": ("return input()", "error"),
    "output flood": ("\n    for _ in range(10**4): print('x' * 100)\n    return h, c", "failed"),
    "giant answer": ("return np.zeros((3000, 3000)), c", "failed"),
    "objects": ("return [object(), object()]", "failed"),
    "text": ("return 'h', 'c'", "failed"),
    "junk on every descriptor": (
        "\n    for k in range(64):\n        try: os.write(k, b'passed' * 100)\n"
        "        except OSError: pass\n    return h, c",
        "killed",
    ),
    "working directory gone": (
        "\n    import shutil; shutil.rmtree('.', ignore_errors=True); return h, c",
        "failed",
    ),
    "many children": (
        "\n    for _ in range(100):\n        if os.fork() == 0: time.sleep(1000)\n    return h, c",
        "killed",
    ),
    "a daemon": (
        "\n    if os.fork() == 0:\n        os.setsid()\n        if os.fork(): os._exit(0)\n"
        "        time.sleep(1000)\n    return h, c",
        "timeout",  # it keeps the result's pipe open
    ),
    "the worker killed": ("os.kill(os.getppid(), signal.SIGKILL); time.sleep(1000)", "killed"),
    "the worker stopped": (
        "os.kill(os.getppid(), signal.SIGSTOP); time.sleep(1000)",
        "timeout",
    ),
    "a server and its client": (
        "\n    import socket\n    server = socket.create_server(('127.0.0.1', 0))\n"
        "    client = socket.create_connection(server.getsockname(), 1)\n"
        "    client.sendall(b'passed')\n    return h, c",
        "failed",
    ),
    "frames and gc": (
        "\n    import gc\n    frame, seen = sys._getframe(), list(gc.get_objects())\n"
        "    while frame: seen += frame.f_locals.items(); frame = frame.f_back\n"
        "    names = [s[0] for s in seen if isinstance(s, tuple) and len(s) == 2]\n"
        "    if {'expected', 'reference', 'verdict'} & {n for n in names if isinstance(n, str)}:\n"
        "        time.sleep(1000)\n    return h, c",
        "failed",
    ),
    "its own report rewritten": (
        "\n    frame = sys._getframe()\n    while 'recorder' not in frame.f_locals: frame = frame.f_back\n"
        "    frame.f_locals['recorder'].add = lambda value: {'type': 'passed'}\n    return h, c",
        "failed",
    ),
    "files rewritten at exit": (
        "\n    import atexit\n    atexit.register(lambda: open(__file__, 'w').write('passed'))\n"
        "    return h, c",
        "failed",
    ),
    "a pickle": (
        "\n    class P:\n        def __reduce__(self): return os.kill, (os.getppid(), 9)\n"
        "    return np.array([P()]), P()",
        "failed",
    ),
    "a forged result": (FORGED.format("np.savez(buffer, report=report)"), "killed"),
    "a forged result with a pickle": (
        FORGED.format("np.savez(buffer, report=np.array([print], dtype=object))"),
        "killed",
    ),
    "a forged result as the worker writes it": (
        FORGED.format(
            "buffer.write(json.dumps({'calls': {'distinct': {'verdict': 'passed'}}, "
            "'numbers': {'float64': 2}}).encode() + b'\\n' + bytes(16))"
        ),
        "killed",
    ),
    "a forged result of objects": (
        FORGED.format(
            "leaf = {'type': 'ndarray', 'shape': [2], 'dtype': 'object', 'start': 0}; "
            "call = {'value': [leaf, leaf], 'after': {}}; "
            "buffer.write(json.dumps({'calls': {'distinct': call, 'square': call, 'single': call}, "
            "'numbers': {'object': 2}}).encode() + b'\\n' + bytes(16))"
        ),
        "killed",
    ),
    "a fork that goes on": ("\n    os.fork(); return h, c", "killed"),
    "the grader patched": (
        "\n    import __main__; np.savez = None; np.array = None; return h, c",
        "killed",
    ),
}


@pytest.fixture(scope="module")
def strict():
    with Sandbox(seconds=8.0, memory=2**28) as sandbox:
        yield Grader(sandbox)


@pytest.fixture(scope="module")
def isolated():
    if reason := why_not():
        pytest.skip(reason)
    with Sandbox(seconds=8.0, memory=2**28, isolated=True) as sandbox:
        yield Grader(sandbox)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_code_gets_its_status_and_the_next_is_not_touched(strict, name):
    body, status = HOSTILE[name]
    source = HEAD + body + "\n"
    start = time.monotonic()
    result = strict.grade(submission(source), "lstm_cell", 1)
    assert result.status == status
    assert time.monotonic() - start < 30
    assert strict.grade(submission(CELL.solution), "lstm_cell", 1).status == "passed"


def submission(source):
    return Submission("test", (Cell("test.py", source),))


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's subreaper")
def test_no_process_survives(strict, tmp_path):
    marker = tmp_path / "pid"
    body = (
        "\n    if os.fork() == 0:\n        os.setsid()\n        if os.fork() == 0:\n"
        f"            open({str(marker)!r}, 'w').write(str(os.getpid()))\n"
        "            time.sleep(1000)\n        os._exit(0)\n"
        "    time.sleep(0.3)\n    return h, c"
    )
    strict.grade(submission(HEAD + body), "lstm_cell", 1)
    pid = int(marker.read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_judged_process_has_no_grader_and_a_clean_environment(strict, monkeypatch):
    """The answer is right only if none of these can be seen from inside."""
    monkeypatch.setenv("SECRET", "x")
    strict_source = CELL.solution.replace(
        "    H = h.shape[1]",
        "    import os, sys\n"
        "    assert not any(m.split('.')[0] in ('autograder', 'unrolled') for m in sys.modules)\n"
        "    assert 'SECRET' not in os.environ and os.listdir('.') == []\n"
        "    H = h.shape[1]",
    )
    with Sandbox() as sandbox:
        result = Grader(sandbox).grade(submission(strict_source), "lstm_cell", 1)
    assert result.status == "passed", result


def test_patching_the_drawing_of_inputs_does_not_help(strict):
    source = (
        "import numpy as np\nnp.random.default_rng = lambda seed: None\n"
        "class R:\n    def normal(self, *a, **k): return np.zeros(k['size'])\n"
        "np.zeros_like = None\n" + CELL.solution.replace("f * c", "(1 - f) * c")
    )
    assert strict.grade(submission(source), "lstm_cell", 1).status == "failed"


def test_a_lying_array_is_only_its_values(strict):
    source = """
import numpy as np
class Liar(np.ndarray):
    def __eq__(self, other): return True
    def __sub__(self, other): return np.zeros(self.shape)
    __rsub__ = __sub__
def lstm_cell(x, h, c, W_x, W_h, b):
    return h.view(Liar), c.view(Liar)
"""
    assert strict.grade(submission(source), "lstm_cell", 1).status == "failed"


@pytest.mark.parametrize(("joint", "line"), [("\n", 5), ("; ", 4)])
def test_an_errors_line_is_that_of_the_file(strict, joint, line):
    """Also where a kept statement shares its line with another, and others above are left out."""
    source = f"print('not kept')\nprint(\n'nor this')\nK = 1{joint}J = [][K]\n" + HEAD + "return J"
    result = strict.grade(submission(source), "lstm_cell", 1)
    assert result.status == "error"
    assert (result.finding.params["line"], result.finding.params["type"]) == (line, "IndexError")


# ---------------------------------------------------------------- as on Windows, without fork

WITHOUT_FORK = ["endless loop", "sys.exit", "os._exit", "segfault", "output flood", "text"]


@pytest.fixture
def forkless(monkeypatch):
    monkeypatch.setattr(sandbox_module, "CAN_FORK", False)
    with Sandbox(seconds=8.0) as sandbox:
        yield Grader(sandbox)


@pytest.mark.parametrize("name", WITHOUT_FORK)
def test_without_fork_a_fresh_process_serves_each_task(forkless, name):
    body, status = HOSTILE[name]
    assert forkless.grade(submission(HEAD + body + "\n"), "lstm_cell", 1).status == status
    assert forkless.grade(submission(CELL.solution), "lstm_cell", 1).status == "passed"


# ---------------------------------------------------------------- inside bubblewrap

ATTEMPTS = {
    "the user's files": f"assert not os.path.exists({str(ROOT / 'README.md')!r})",
    "the references": f"assert not os.path.exists({str(CELL.folder)!r})",
    "the grader's modules": "\n    try: import autograder.registry\n"
    "    except ImportError: pass\n    else: raise AssertionError",
    "an installed copy": "assert not any(os.path.exists(p + '/autograder') for p in sys.path)",
    "the network": "\n    import socket\n    try: socket.create_connection(('127.0.0.1', 22), 1)\n"
    "    except OSError: pass\n    else: raise AssertionError",
    "other processes": "assert len([p for p in os.listdir('/proc') if p.isdigit()]) <= 4",
    "the worker's memory": "\n    for name in ('mem', 'fd/3', 'fd/4', 'fd/5'):\n"
    "        try: open(f'/proc/{os.getppid()}/{name}', 'r+b')\n"
    "        except OSError as error: assert error.errno in (1, 2, 13), error\n"
    "        else: raise AssertionError",
    "writing to the system": "\n    for p in ('/usr/x', sys.prefix + '/x', '/worker.py'):\n"
    "        try: open(p, 'w')\n        except OSError: pass\n        else: raise AssertionError",
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_nothing_outside_is_in_reach(isolated, name):
    """The answer is right, unless what it tries succeeds."""
    tried = CELL.solution.replace("    H = h.shape[1]", f"    {ATTEMPTS[name]}\n    H = h.shape[1]")
    result = isolated.grade(submission("import os, sys\n" + tried), "lstm_cell", 1)
    assert result.status == "passed", result


def test_a_python_below_tmp_is_not_hidden(monkeypatch):
    monkeypatch.setattr(sys, "prefix", "/tmp/somewhere/.venv")
    command = isolation.wrapped(WORKER)
    tmpfs = next(
        k for k, word in enumerate(command) if command[k - 1 : k + 1] == ["--tmpfs", "/tmp"]
    )
    assert tmpfs < command.index("/tmp/somewhere/.venv")


def test_an_installed_copy_would_be_hidden(monkeypatch):
    package = Path(sys.prefix) / "lib" / "autograder"
    monkeypatch.setattr(isolation, "PACKAGE", package)
    command = isolation.wrapped(WORKER)
    assert command[command.index(str(package)) - 1] == "--tmpfs"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_code_gets_the_same_status_inside(isolated, name):
    body, status = HOSTILE[name]
    assert isolated.grade(submission(HEAD + body + "\n"), "lstm_cell", 1).status == status
    assert isolated.grade(submission(CELL.solution), "lstm_cell", 1).status == "passed"


def children():
    """Return the pids of this process's children."""
    lists = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {pid for entry in lists for pid in entry.read_text().split()}


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_in_one_batch_nobody_changes_anothers_result(check_json, command, tmp_path, monkeypatch):
    """Every hostile file between two copies of an honest one, in one run of the command."""
    monkeypatch.setattr(sandbox_module, "SECONDS", 8.0)
    monkeypatch.setattr(sandbox_module, "MEMORY", 2**28)
    honest = tmp_path / "honest.py"
    honest.write_text(CELL.solution)
    paths = [honest]
    for k, (body, _) in enumerate(HOSTILE.values()):
        paths += [tmp_path / f"hostile{k}.py", honest]
        paths[-2].write_text(HEAD + body + "\n")
    _, alone = check_json(honest)
    alone["tasks"][0].pop("seconds")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    running = children()
    exit_status, out, err = command("check", "--json", *paths)
    assert (exit_status, err) == (1, "")
    results = [json.loads(line) for line in out.splitlines()]
    for result in results[::2]:
        result["tasks"][0].pop("seconds")
        assert result == alone
    for result, (name, (_, status)) in zip(results[1::2], HOSTILE.items(), strict=True):
        assert result["tasks"][0]["status"] == status, name
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert children() <= running
