"""Probes of masked_cross_entropy.

Masks have holes, one row has no real step, and no two rows have the same number of them. Where a
step is masked its target is -1 in half of the places and a class like any other in the rest. In
"extreme" logits are 1000 and -1000, right and wrong; every step has another largest logit.
"""

import numpy as np


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    distinct = np.array(
        [
            [1, 1, 0, 1, 1],
            [0, 1, 0, 1, 0],
            [0, 0, 0, 0, 0],
            [1, 1, 1, 0, 0],
            [0, 0, 0, 0, 1],
            [1] * 5,
        ]
    )
    square = np.array([[1, 0, 1, 0], [1, 1, 1, 1], [0, 0, 0, 1], [0, 1, 1, 1]])
    return {
        "distinct": arguments(rng, distinct, 3, 1.5),
        "square": arguments(rng, square, 4, 1.5),
        "extreme": extreme(rng),
        "single": arguments(rng, np.array([[1]]), 3, 1.5),
    }


def arguments(rng, mask, C, scale):
    """Draw one call's arguments for a mask."""
    targets = rng.integers(0, C, size=mask.shape)
    unlabelled = rng.permutation(np.flatnonzero(mask == 0))[::2]
    targets.flat[unlabelled] = -1
    logits = scale * rng.normal(size=(*mask.shape, C))
    return {"logits": logits, "targets": targets, "mask": mask}


def extreme(rng):
    """Draw a call with logits of 1000 and -1000, one real step of each sort."""
    case = arguments(rng, np.array([[1, 1, 0], [1, 0, 1]]), 4, 1.0)
    logits, targets = case["logits"], case["targets"]
    logits[0, 0], targets[0, 0] = (1000, 0, -1000, 1), 0  # right: a loss of 0
    logits[0, 1], targets[0, 1] = (-1000, 1000, 999, 0), 2  # nearly right: a loss of about 1.3
    logits[0, 2] = 1000  # masked
    logits[1, 0], targets[1, 0] = (-1000, -1001, -1000, -999), 3  # all small
    logits[1, 2], targets[1, 2] = (1000, -1000, 0, 5), 1  # wrong: a loss of 2000
    return case


def call(symbol, case):
    """Call with the mask as booleans."""
    return symbol(case["logits"], case["targets"], case["mask"] == 1)
