"""Names the arrays of the list one by one, for they differ in shape."""

import numpy as np


def measure(case, value):
    """Return each clipped array, the norm, and whether list and norm came in this order."""
    clipped, norm = value
    ordered = not (isinstance(norm, list) and np.ndim(clipped) == 0)
    if not ordered:
        clipped, norm = norm, clipped
    arrays = {f"clipped[{k}]": array for k, array in enumerate(clipped)}
    count = len(clipped) == len(case["grads"])
    return {"order": float(ordered), "count": float(count), **arrays, "norm": norm}
