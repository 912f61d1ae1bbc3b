"""Bubblewrap around the worker: a read-only system without the user's files, references or network.

Threat model. A submission is a program by someone unknown. It may loop, crash, exhaust memory,
start processes, read and write wherever it can reach, and lie in its result. What it must never
get is another's result, the reference, or a say in its own verdict.

- Always (worker.py): a process of its own per task, with limits on CPU and wall time, memory and
  the size of files and results; an empty working directory; no inherited descriptors, environment
  or modules; every process it started is killed before its result is passed on. Its result is raw
  arrays, so forging one means computing the right answer. On Linux also: no more than 64 processes
  at once, and the worker's memory and pipes are closed to it (but for root, without bubblewrap).
- With bubblewrap (Linux, where unprivileged namespaces are allowed): no file of the user, nothing
  of this package but the worker, no network, no process outside to see or signal.
- Without it, a submission runs with the rights of whoever grades it. That is right for one's own
  work (`check`), and not for strangers'. On macOS and Windows there is no bubblewrap; Windows has
  no fork either, so each task gets a fresh process there and only wall time is limited.
"""

import functools
import os
import shutil
import site
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent
SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/etc/ld.so.cache", "/etc/alternatives")


def wrapped(worker: Path) -> list[str]:
    """Return the command that runs the worker inside bubblewrap."""
    arguments = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    arguments += ["--cap-drop", "ALL"]  # where root grades, its rights end here
    # Before the folders of Python, which may themselves lie below /tmp.
    arguments += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    for path in SYSTEM:
        arguments += ["--ro-bind-try", path, path]
    for path in _python_folders():
        arguments += ["--ro-bind", path, path]
    # An installed copy of this package lies among the others: hide it, references and all.
    if any(PACKAGE.is_relative_to(folder) for folder in _python_folders()):
        arguments += ["--tmpfs", str(PACKAGE)]
    arguments += ["--ro-bind", str(worker), "/worker.py", "--chdir", "/tmp"]
    return [*arguments, sys.executable, "-I", "/worker.py"]


def _python_folders() -> list[str]:
    """Return where this Python and its packages live, outermost first."""
    executable = Path(sys.executable).resolve().parent.parent
    folders = {Path(sys.prefix), Path(sys.base_prefix), executable}
    folders |= {Path(folder) for folder in site.getsitepackages() if os.path.isdir(folder)}
    ordered = sorted(str(folder) for folder in folders)
    return [f for f in ordered if not f.startswith(SYSTEM[0] + "/") or f.startswith("/usr/local")]


@functools.cache
def why_not() -> str | None:
    """Return why bubblewrap cannot be used here, or None when it works."""
    if shutil.which("bwrap") is None:
        return "bubblewrap (bwrap) is not installed"
    trial = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"]
    done = subprocess.run(trial, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else f"bubblewrap does not work here: {done.stderr.strip()}"
