"""Turns the two counts of executed lines into one property; the states are compared as they are."""

import numpy as np


def measure(case, value):
    """Return the states and, where lines were counted, whether they hardly grow with T."""
    if "lines" not in value:
        return {"hs": np.asarray(value["hs"])}
    few, many = (float(count) for count in value["lines"])
    # A recursion too deep to come back has no states: what is wrong with it is the lines alone.
    hs = np.asarray(value["hs"]) if "hs" in value else by_steps(**case)
    return {"hs": hs, "few_lines": float(0 < many <= 3 * few)}


def by_steps(a, b, h0):
    """Return the right states."""
    hs, h = np.zeros_like(b), h0
    for t in range(b.shape[1]):
        h = a[:, t] * h + b[:, t]
        hs[:, t] = h
    return hs
