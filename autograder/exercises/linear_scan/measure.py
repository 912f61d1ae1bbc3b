"""Turns the two counts of executed lines into one property; the states are compared as they are."""

import numpy as np


def measure(case, value):
    """Return the states and, where lines were counted, whether they hardly grow with T."""
    measured = {"hs": np.asarray(value["hs"])}
    if "lines" in value:
        few, many = (float(count) for count in value["lines"])
        measured["few_lines"] = float(0 < many <= 3 * few)
    return measured
