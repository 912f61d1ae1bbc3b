"""`grade --scheduler`: a real cluster of two processes on this machine, one of which is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder import pool
from autograder.batch import Job, Settings
from autograder.registry import load_task

distributed = pytest.importorskip("distributed", reason="Dask is not installed")

ROOT = Path(__file__).parents[1]
BIAS = load_task("lstm_bias")
WRONG = BIAS.misconceptions[0].apply(BIAS.reference)
COUNT = 30

CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        pids = [worker.pid for worker in cluster.workers.values()]
        print(cluster.scheduler_address, *pids, flush=True)
        sys.stdin.read()
"""


@pytest.fixture
def cluster(tmp_path):
    """Start a cluster; return (its address, its workers' pids)."""
    script = tmp_path / "cluster.py"
    script.write_text(CLUSTER)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, script], cwd=tmp_path, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        address, *pids = process.stdout.readline().split()
        yield address, [int(pid) for pid in pids]
        process.stdin.close()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="kills a process")
def test_a_lost_workers_work_is_done_elsewhere_and_nothing_counts_twice(cluster, tmp_path):
    address, pids = cluster
    folder, out = tmp_path / "class", tmp_path / "out"
    folder.mkdir()
    for k in range(COUNT):
        (folder / f"s{k:02d}.py").write_text(
            (WRONG if k % 3 == 0 else BIAS.solution) + f"\n# {k}\n"
        )
    command = [sys.executable, "-m", "autograder", "grade", folder, "--task", "lstm_bias"]
    command += ["--no-sandbox", "--lang", "en"]
    batch = subprocess.Popen(
        [*command, "--out", out, "--scheduler", address],
        cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    end = time.monotonic() + 120
    while len(list(out.glob("json/*.json"))) < 5:
        assert time.monotonic() < end
        time.sleep(0.02)
    os.kill(pids[0], signal.SIGKILL)
    said, _ = batch.communicate(timeout=200)
    assert batch.returncode == 0, said
    assert f"{COUNT} submission(s) graded" in said
    here = tmp_path / "here"
    subprocess.run(
        [*command, "--out", here, "--workers", "1"], cwd=ROOT, check=True, capture_output=True
    )
    for folder in (out, here):
        assert len(list(folder.glob("json/*.json"))) == COUNT
    for path in here.glob("json/*.json"):
        one, other = (json.loads(p.read_text()) for p in (path, out / "json" / path.name))
        for record in (one, other):
            record["seconds"] = record["tasks"][0]["seconds"] = None
        assert one == other


def test_a_worker_with_another_edition_refuses():
    settings = Settings(tasks=("lstm_bias",), edition="another")
    with pytest.raises(pool.BatchStopped):
        pool._grade_there(Job("a", "", "a", ("lstm_bias",), ""), settings)


def test_a_scheduler_that_is_not_there_is_one_sentence(command, tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "CONNECT_SECONDS", 1)
    (tmp_path / "here" / "alice.py").write_text(BIAS.solution)
    where = "tcp://127.0.0.1:1"
    status, _, complaint = command(
        "grade", ".", "--out", tmp_path / "out", "--task", "lstm_bias", "--no-sandbox",
        "--scheduler", where, "--lang", "en",
    )  # fmt: skip
    assert status == 2
    assert f"{where} cannot be reached" in complaint


def test_without_dask_it_is_said_how_to_get_it(command, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    (tmp_path / "here" / "alice.py").write_text(BIAS.solution)
    options = ("--out", tmp_path / "out", "--task", "lstm_bias", "--no-sandbox", "--lang", "en")
    status, _, complaint = command("grade", ".", *options, "--scheduler", "tcp://x:1")
    assert status == 2
    assert "pip install dask distributed" in complaint
