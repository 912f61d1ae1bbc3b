"""Lesson 12: two processes that share a batch have the gradients of one that has it all."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch")

ROOT = Path(__file__).parents[1]
LESSON = ROOT / "chapters" / "12_gpu.ipynb"


@pytest.mark.slow
@pytest.mark.parametrize("uneven", [False, True])
def test_two_gloo_processes_have_one_processs_gradients_if_their_shares_are_equal(tmp_path, uneven):
    out = tmp_path / "result.json"
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    command += ["-m", "unrolled.distributed", "--out", str(out), *(["--uneven"] * uneven)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(out.read_text())
    assert found["processes"] == 2
    assert sum(found["rows_each"]) == 12
    assert found["largest_gradient"] > 1e-2
    if uneven:
        assert found["gradient_difference"] > 1e-2
    else:
        assert found["gradient_difference"] < 1e-6
        assert found["weight_difference"] < 1e-5


def test_each_row_of_a_batch_goes_to_one_process():
    from unrolled.distributed import shares

    for world in (2, 3, 4):
        for uneven in (False, True):
            rows = [row for share in shares(12, world, uneven) for row in range(12)[share]]
            assert sorted(rows) == list(range(12))


def test_what_needs_cuda_says_that_it_was_skipped_or_what_it_ran_on():
    cells = json.loads(LESSON.read_text("utf-8"))["cells"]
    printed = "".join(
        "".join(output.get("text", ""))
        for cell in cells
        if cell["cell_type"] == "code"
        for output in cell["outputs"]
    )
    assert re.search(r"Measured on: \S+", printed)
    assert ("There is no CUDA device here" in printed) == (
        "Skipped: CUDA graphs need a CUDA device" in printed
    )
