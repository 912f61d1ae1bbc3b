"""Names the arrays of each use of the cell."""

import numpy as np


def measure(case, value):
    """Return the arrays that one use of the cell gives, by name."""
    if case["use"] == "build":
        shapes = {f"{name}_shape": value[name] for name in ("kernel", "recurrent_kernel", "bias")}
        return {"units": value["units"], "state_size": np.sum(value["state_size"]), **shapes}
    states = value["states"]
    found = {"output" if case["use"] == "step" else "outputs": value[next(iter(value))]}
    if case["use"] == "step":
        found["state_in_list"] = float(isinstance(states, list) and len(states) == 1)
    found["state"] = states[-1] if isinstance(states, list) else np.asarray(states)
    return found
