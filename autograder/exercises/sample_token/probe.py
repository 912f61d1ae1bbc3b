"""Probes of sample_token: many draws, for one alone tells nothing.

What comes back is raw: the tokens drawn one after the other from one generator, from the same seed
again, from another seed, and the next number of NumPy's global generator, which nobody may have
touched. The scores' distances are fixed (their order and their level are not), so that the
statistics can tell the temperatures apart. On "zero" and "large" an arithmetic accident is reported
as such: there it is the usual mistake.
"""

import numpy as np

GLOBAL_SEED = 7
DRAWS = {"zero": 10, "large": 200, "hot": 200, "negative": 60}
MANY = 1500  # elsewhere: so many tell the temperature from its square


def cases(rng):
    """Return what each call starts from, by name of the case."""
    scores = [0.0, 0.9, 1.7, 2.5, 3.4, 4.3]
    large = [1000.0, 998.8, 998.0, 0.0, -1000.0]  # of them three can be drawn
    drawn = {
        "cold": (scores, 0.5),
        "warm": (scores, 2.5),
        "hot": (scores, 1e6),
        "large": (large, 1.0),
        "zero": (scores[1:5], 0.0),
        "negative": (scores[:5], -0.5),
    }
    cases = {}
    for name, (distances, temperature) in drawn.items():
        logits = rng.permutation(distances)
        if name == "zero":  # neither the first nor the last is the largest
            logits = np.array([2.1, 3.4, 0.8, 1.5]) + rng.uniform(-0.2, 0.2, 4)
        elif name != "large":
            logits += rng.uniform(-0.05, 0.05, len(logits)) + rng.uniform(-3, 3)
        seed = int(rng.integers(2**31))
        draws = DRAWS.get(name, MANY)
        cases[name] = {"logits": logits, "temperature": temperature, "seed": seed, "draws": draws}
    return cases


def call(symbol, case):
    """Draw a number of tokens from one generator, some more from its seed, and from another."""
    logits, temperature, seed, draws = case.values()
    fresh = logits.copy()

    def drawn(seed, count):
        rng = np.random.default_rng(seed)
        return [symbol(fresh, temperature, rng) for _ in range(count)]

    np.random.seed(GLOBAL_SEED)
    if temperature == 0 or abs(logits).max() > 500:
        try:
            symbol(fresh, temperature, np.random.default_rng(seed))
        except (ValueError, ArithmeticError):
            return {"raised": accident(symbol, fresh, temperature)}
    symbol(logits, temperature, np.random.default_rng(seed))
    more = 100 if temperature > 0 and temperature != 1 else 5
    return {
        "tokens": drawn(seed, draws),
        "again": drawn(seed, more),
        "other": drawn(seed + 1, more),
        "global": np.random.random_sample(),
    }


def accident(symbol, logits, temperature):
    """Return 1 where a ValueError is meant, 2 where it comes from a division or an overflow."""
    try:
        with np.errstate(divide="raise", over="raise", invalid="raise"):
            symbol(logits, temperature, np.random.default_rng(0))
    except ArithmeticError:
        return 2
    except ValueError:
        return 1
    return 2
