"""What is the same for every right variational_dropout, however it draws its mask."""

import numpy as np

GLOBAL_SEED = 7  # as in probe.py


def measure(case, value):
    """Return flags and numbers that chance does not change."""
    x, rate = case["x"], case["rate"]
    y = np.asarray(value["first"], dtype=float)
    if y.shape != x.shape:
        raise ValueError("another shape")
    factor = y / x
    zero = factor == 0
    if not case["training"] or rate == 0:
        unchanged = np.allclose(y, x, rtol=1e-5, atol=0)
        return {"unchanged": float(unchanged), "nothing_dropped": float(not zero.any())}

    N, _, D = x.shape
    by_feature = np.any(zero != zero[:, :, :1])
    by_sequence = N == 1 or np.any(zero != zero[:1])
    number = np.random.RandomState(GLOBAL_SEED).random_sample()
    measured = {
        "constant_in_time": float(np.all(zero == zero[:, :1])),
        "differs_by_feature": float(by_feature),
        "differs_by_sequence": float(by_sequence),
        "differs_by_call": float(np.any(value["second"] != y)),
        "repeatable": float(np.array_equal(value["again"], y)),
        "global_untouched": float(value["global"] == number),
    }
    if N * D >= 4000:
        zeros = zero.mean()
        if by_feature and by_sequence:
            measured["zeros"] = round(float(zeros), 1)
        else:  # a mask of few numbers: chance leaves no more than which of the two it is
            measured["zeros"] = min(rate, 1 - rate, key=lambda p: abs(zeros - p))
    if N > 1:
        kept = factor[~zero]
        measured["factor"] = np.array([kept.min(), kept.max()])
    return measured
