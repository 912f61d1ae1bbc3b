"""What became of the model and its optimizer: see probe.py."""

import numpy as np


def measure(case, value):
    """Return flags and numbers; the optimizer shows in the step that is made after loading."""
    flag = "from_gpu" if case["epoch"] == 5 else "without_optimizer"
    if "raised" in value:
        return {flag: 0.0}
    found = {
        flag: 1.0,
        "epoch": -1.0 if isinstance(value["epoch"], dict) else np.asarray(value["epoch"], float),
        "exact": float(np.array_equal(value["model"], value["file"])),
        "model": value["model"],
        "learning_rate": np.asarray(value["rate"][0], dtype=float),
    }
    return found | {"next_step": value["after"]}
