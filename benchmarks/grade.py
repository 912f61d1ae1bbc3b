"""What grading a class costs: time, processor time and memory, and a cluster that loses a worker.

    python -m benchmarks.grade           sizes up to 400 (a few minutes)
    python -m benchmarks.grade --full    up to 2,000 (some ten minutes)

A submission is a notebook of chapter 05, five NumPy tasks. In the class called "mixed" 60 % of
the tasks are right, 30 % carry one of the known misconceptions, 10 % are left as they were.
Processor time is that of all processes together, as the system counts it when they end; of memory
only the parent's is asked, for it must not grow with the class. Results go to
benchmarks/grade.json.
"""

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from autograder.isolation import why_not
from benchmarks.klass import ALL_RIGHT, CHAPTER, MIXED, make_class
from benchmarks.times import ONE_THREAD, ROOT, machine

RESULTS = Path(__file__).with_suffix(".json")
COMMAND = [sys.executable, "-m", "autograder", "grade"]
CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, *(w.pid for w in cluster.workers.values()), flush=True)
        sys.stdin.read()
"""


def processor_time(pid: int | str) -> float:
    """Return the seconds used by a process and all below it, those that have ended included."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        below = [
            p
            for t in Path(f"/proc/{pid}/task").iterdir()
            for p in (t / "children").read_text().split()
        ]
    except OSError:
        return 0.0
    own = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return own + sum(map(processor_time, below))


class Batch:
    """One run of the command, measured."""

    def __init__(self, folder: Path, out: Path, *options: str) -> None:
        isolation = [] if why_not() is None else ["--no-sandbox"]
        start = time.perf_counter()
        self.process = subprocess.Popen(
            [*COMMAND, folder, "--out", out, "--chapter", CHAPTER, *isolation, *options],
            cwd=ROOT, env={**os.environ, **ONE_THREAD},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.parent_mb = self.cpu = 0.0
        self.out, self.count = out, len(list(folder.iterdir()))
        watch = threading.Thread(target=self._watch)
        watch.start()
        _, said = self.process.communicate()
        self.seconds = time.perf_counter() - start
        watch.join()
        assert self.process.returncode == 0, said
        assert len(list(out.glob("json/*.json"))) == self.count

    def _watch(self) -> None:
        """Follow the parent's peak memory, and the processor time of all processes, while it lives.

        A process that ends hands its time on to its parent, but not bubblewrap's: so the largest
        sum that was seen counts, and what came after it (some hundredths of a second) is missed.
        """
        pid = self.process.pid
        while self.process.returncode is None:
            with contextlib.suppress(OSError):
                for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                    if line.startswith("VmHWM"):
                        self.parent_mb = int(line.split()[1]) / 1024
                self.cpu = max(self.cpu, processor_time(pid))
            time.sleep(0.05)

    def row(self) -> dict[str, float]:
        return {
            "submissions": self.count,
            "seconds": round(self.seconds, 1),
            "ms_each": round(1000 * self.seconds / self.count, 1),
            "cpu_ms_each": round(1000 * self.cpu / self.count, 1),
            "parent_mb": round(self.parent_mb, 1),
        }


def on_cluster(folder: Path, out: Path) -> dict[str, object]:
    """Grade on a Dask cluster of two processes, and kill one of them half-way."""
    script = out.with_suffix(".py")
    script.write_text(CLUSTER)
    with subprocess.Popen(
        [sys.executable, script], env={**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT)}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as cluster:  # fmt: skip
        address, *pids = cluster.stdout.readline().split()
        count = len(list(folder.iterdir()))

        def kill() -> None:
            while len(list(out.glob("json/*.json"))) < count // 2:
                time.sleep(0.02)
            os.kill(int(pids[0]), signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        batch = Batch(folder, out, "--scheduler", address)
        killer.join()
        cluster.stdin.close()
    records = [json.loads(path.read_text()) for path in out.glob("json/*.json")]
    students = {record["student"] for record in records}
    row: dict[str, object] = batch.row()
    row.pop("cpu_ms_each")  # the cluster's processes are not the command's
    return row | {"lost": count - len(students), "twice": len(records) - len(students)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true")
    sizes = (100, 500, 1000, 2000) if parser.parse_args().full else (100, 200, 400)
    # What this run does not measure stays as an earlier one, with --full, left it.
    found: dict[str, object] = json.loads(RESULTS.read_text()) if RESULTS.is_file() else {}
    found |= {"machine": machine(), "date": time.strftime("%Y-%m-%d")}
    found["isolated"] = why_not() is None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_class(folder / "right", 200, ALL_RIGHT)
        make_class(folder / "mixed200", 200, MIXED)
        two = ("--workers", "2")
        for key, source, options in (
            ("all right, 1 worker", "right", ("--workers", "1")),
            ("all right, 2 workers", "right", two),
            ("mixed, 1 worker", "mixed200", ("--workers", "1")),
            ("mixed, 2 workers", "mixed200", two),
            ("nothing to do (--resume), 2 workers", "mixed200", (*two, "--resume")),
        ):
            out = (
                folder / "out" if "resume" in key or key == "mixed, 2 workers" else folder / key[:5]
            )
            found[key] = Batch(folder / source, out, *options).row()
            print(key, found[key], flush=True)
        for size in sizes:
            source = folder / f"class{size}"
            make_class(source, size, MIXED)
            key = f"mixed, {size}, 2 workers"
            found[key] = Batch(source, folder / f"out{size}", *two).row()
            print(key, found[key], flush=True)
        key = "Dask, two workers, one killed half-way"
        try:
            import distributed  # noqa: F401
        except ImportError:
            found.setdefault(key, "Dask is not installed")
        else:
            found[key] = on_cluster(folder / "class100", folder / "cluster")
        print(key, found[key], flush=True)
    RESULTS.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
