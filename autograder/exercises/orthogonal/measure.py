"""Turns many draws into what every right answer has in common."""

import numpy as np


def measure(case, value):
    """Return 1 for each property that holds and 0 for each that does not."""
    size = case["size"]
    matrices = [np.asarray(matrix) for matrix in value["matrices"]]
    if any(matrix.shape != (size, size) for matrix in matrices):
        return {"square": 0.0}
    Q = np.stack(matrices).astype(np.float64)  # (draws, size, size)
    lengths = np.linalg.norm(Q, axis=1)
    products = np.abs(np.swapaxes(Q, 1, 2) @ Q)
    angles = products / (lengths[:, :, None] * lengths[:, None, :])  # cosines between columns
    beside = ~np.eye(size, dtype=bool)  # places off the diagonal
    first, second = value["twice"]
    held = {
        "square": True,
        "unit": np.all(np.abs(lengths - 1) < 1e-4),
        "right_angles": np.all(angles[:, beside] < 1e-4),
        "global_untouched": np.array_equal(*value["keys"]) and np.ptp(value["positions"]) == 0,
    }
    if size > 1:  # a number can only be 1 or -1, so it may well come twice
        held["off_diagonal"] = np.mean(np.abs(Q[:, beside]).max(axis=1) > 1e-3) > 0.5
        held["full"] = np.mean(np.abs(Q) > 1e-3) > 0.75
        held["varied"] = np.median(np.std(Q, axis=0)) > 0.05
        apart = [np.abs(a - b).max() for k, a in enumerate(Q) for b in Q[:k]]
        held["repeats"] = np.allclose(value["again"], Q[0], rtol=0, atol=1e-6)
        held["seeds_differ"] = min(apart) > 1e-6
        held["advances"] = not np.allclose(first, second, rtol=0, atol=1e-6)
    return {name: float(holds) for name, holds in held.items()}
