"""What was returned, and in which modes it was computed: see probe.py."""


def measure(case, value):
    """Return the flags and the number that are compared."""
    modes = value["modes"]
    return {
        "eval_mode": float(len(modes) > 0 and not modes[:, 0].any()),
        "no_grad": float(len(modes) > 0 and not modes[:, 1].any()),
        "mode_restored": float(value["training_after"] == case["training"]),
        "gradients_restored": float(value["gradients_after"]),
        "accuracy": value["share"],
    }
