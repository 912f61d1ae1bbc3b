"""What one epoch did: see probe.py."""

import numpy as np


def measure(case, value):
    """Return the flags and numbers that an epoch is judged by."""
    gradients = value["gradients"]
    norms = np.linalg.norm(gradients, axis=1) if len(gradients) else np.zeros(0)
    limit = {"default": 1.0, None: np.inf}.get(case["max_norm"], case["max_norm"])
    late = np.linalg.norm(value["left"]) <= 1.001 * limit  # tells two wrong loops apart
    return {
        "train_mode": float(len(value["modes"]) > 0 and value["modes"].all()),
        "updates": len(gradients),
        "within_limit": 1.0 if (norms <= 1.001 * limit).all() else -float(late),
        "gradient_norms": norms,
        "weights": value["weights"],
        "loss": value["loss"],
    }
