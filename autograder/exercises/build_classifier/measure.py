"""Names what one use of a model gives; of its training, only what holds for any optimizer."""

import numpy as np


def measure(case, value):
    """Return the named values of one case."""
    if case["step"] in ("build", "predict"):
        return value
    output, labels = value["output"], case["labels"]
    found = {"output": output}
    if case["step"] == "test":
        logs = {name: float(number) for name, number in value["logs"].items()}
        found["compiled"] = value["compiled"]
        found["evaluates"] = float("loss" in logs)
        found["loss"] = logs.pop("loss", -1.0)
        found["one_hot"] = value["one_hot"].get("loss", -1.0)  # not judged: it tells mistakes apart
        right = np.mean(output.argmax(axis=-1) == labels) if output.ndim == 2 else 0.0
        # A metric may have any name: take the one that comes nearest.
        found["accuracy"] = min(logs.values(), key=lambda number: abs(number - right), default=-1.0)
        return found
    pairs = zip(value["before"], value["after"], strict=True)
    found["all_trained"] = float(all(not np.array_equal(a, b) for a, b in pairs))
    before, after = (a[np.arange(len(labels)), labels] for a in (output, value["output_after"]))
    found["learns"] = float(np.log(after).mean() > np.log(before).mean())
    return found
