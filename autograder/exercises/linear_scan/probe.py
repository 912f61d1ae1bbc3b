"""Probes of linear_scan: values, and on 64 and 4096 steps how many lines were executed.

What comes back is raw: the states, and two counts of lines.
"""

import os
import sys

import numpy as np

SHORT, LONG = 64, 4096  # steps on which lines are counted
LIBRARIES = (os.path.dirname(os.__file__), os.path.dirname(os.path.dirname(np.__file__)))


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    return {
        "distinct": arguments(rng, 3, 7, 4),
        "square": arguments(rng, 4, 4, 4),
        "single": arguments(rng, 1, 1, 2),
        "signs": arguments(rng, 2, 13, 3, low=-1.2),
        "zeros": arguments(rng, 2, 9, 3, zero=(2, 5)),
        "long": arguments(rng, 1, 600, 2, low=-0.5, zero=(3, 300)),
        "lines": arguments(rng, 1, LONG, 2, low=-0.5),
    }


def arguments(rng, N, T, H, low=0.2, zero=()):
    """Draw a call's arguments."""
    a = rng.uniform(low, 1.1, (N, T, H))
    if zero:
        a[:, list(zero)] = 0.0
    return {"a": a, "b": rng.normal(size=(N, T, H)), "h0": rng.uniform(1, 2, (N, H))}


def call(symbol, case):
    """Return the states, and on many steps the lines executed on the first ones and on all."""
    a, b, h0 = case["a"], case["b"], case["h0"]
    if a.shape[1] < LONG:
        return {"hs": symbol(a, b, h0)}
    few, _ = counted(symbol, a[:, :SHORT].copy(), b[:, :SHORT].copy(), h0.copy())
    many, hs = counted(symbol, a, b, h0)
    return {"lines": [few, many]} if hs is None else {"lines": [few, many], "hs": hs}


def counted(symbol, *given):
    """Call a function; return how many lines outside of libraries it executed, and its result."""
    count, result = 0, None

    def on_line(frame, event, argument):
        nonlocal count
        count += event == "line"
        return on_line

    def on_call(frame, event, argument):
        name = frame.f_code.co_filename
        return None if name.startswith((*LIBRARIES, "<frozen", "<__array")) else on_line

    sys.settrace(on_call)
    try:
        result = symbol(*given)
    except RecursionError:
        pass  # so deep that the count says it all
    finally:
        sys.settrace(None)
    return count, result
