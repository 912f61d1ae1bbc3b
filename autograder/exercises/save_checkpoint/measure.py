"""What stands in the file: see probe.py."""

import numpy as np

KEYS = ("model", "optimizer", "epoch")


def measure(case, value):
    """Return flags and numbers; a missing key says which keys there are instead."""
    missing = not all(value["keys"])
    found = {
        "written": float(value["written"]),
        "keys": -float(value["all_keys"]) if missing else 1.0,
        "safe": 1.0 if value["safe"] else -float(value["objects"][0] + 2 * value["objects"][1]),
        "exact": float(np.array_equal(value["model"], value["kept"])),
    }
    return found | {name: value[name] for name in KEYS}
