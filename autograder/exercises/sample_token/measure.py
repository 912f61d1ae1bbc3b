"""Turns many drawn tokens into what every right answer has in common, however it draws.

The frequencies are compared by a chi-square test at about six standard deviations: a right answer
fails it once in many millions of gradings. Where it fails, the same test says which well-known
wrong distribution the tokens come from, so that this mistake can be told from others.
"""

import numpy as np

GLOBAL_SEED = 7  # as in probe.py
SIGMAS = 6.0
LEAST = 8.0  # expected draws of a token: rarer ones are counted together


def measure(case, value):
    """Return 1 for what holds, and 0 or another number for what does not."""
    logits, temperature = case["logits"], case["temperature"]
    if "raised" in value:
        return {"accepted": -float(value["raised"])}
    drawn = [np.asarray(token) for token in value["tokens"]]
    if any(token.size != 1 for token in drawn):
        return {"integer": 0.0}
    tokens = np.array([token.item() for token in drawn], dtype=float)
    if temperature == 0:
        answers = [np.argmax(logits), np.argmin(logits), np.max(logits)]
        known = [k for k, answer in enumerate(answers, start=1) if np.all(tokens == answer)]
        return {"accepted": 1.0, "most_likely": float(known[0]) if known else 0.0}
    frequencies = distribution(tokens, logits, temperature)
    if case["draws"] == 200 and temperature == 1:
        return {"accepted": 1.0, "large": frequencies}
    single = all(token.ndim == 0 for token in drawn)
    whole = all(token.dtype.kind in "iu" for token in drawn)
    again, other = (np.array(value[name], dtype=float).ravel() for name in ("again", "other"))
    number = np.random.RandomState(GLOBAL_SEED).random_sample()
    return {
        "integer": float(single) if whole else 2.0,
        "in_range": float(np.all((tokens >= 0) & (tokens < len(logits)))),
        "frequencies": frequencies,
        "repeats": float(np.array_equal(again, tokens[: len(again)])),
        "seeds_differ": float(not np.array_equal(again, other)),
        "global_untouched": float(value["global"] == number),
    }


def distribution(tokens, logits, temperature):
    """Return 1 for the right frequencies; else the number of a known wrong one, or 0."""
    counts = np.array([np.sum(tokens == v) for v in range(len(logits))])
    if counts.sum() < len(tokens):
        return 0.0
    p = softmax(logits)
    hypotheses = [
        softmax(logits / temperature),
        softmax(logits * temperature),
        p,
        np.eye(len(logits))[np.argmax(logits)],
        np.full(len(logits), 1 / len(logits)),
        softmax(-logits / temperature),
        softmax(p / temperature),
        np.eye(len(logits))[np.argmin(logits)],
    ]
    misfits = [misfit(counts, probabilities) for probabilities in hypotheses]
    best = 0 if misfits[0] < 1 else int(np.argmin(misfits))  # a right answer gets no second guess
    if misfits[best] >= 1:
        return 0.0
    return 5.0 if best == 6 and temperature >= 1 else best + 1.0  # there the two are too alike


def softmax(scores):
    """Turn scores into probabilities."""
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def misfit(counts, probabilities):
    """Return how badly the counts fit: below 1, they may well come from these probabilities."""
    expected = probabilities * counts.sum()
    rare = expected < LEAST
    if np.any(counts[expected < 1e-9]):
        return np.inf
    seen, wanted = counts[~rare], expected[~rare]
    if expected[rare].sum() >= LEAST:
        seen = np.append(seen, counts[rare].sum())
        wanted = np.append(wanted, expected[rare].sum())
    if len(seen) < 2:
        return 0.0 if np.all(seen == wanted) else np.inf
    df = len(seen) - 1
    spread = 2 / (9 * df)
    limit = df * (1 - spread + SIGMAS * np.sqrt(spread)) ** 3  # Wilson and Hilferty
    return float(np.sum((seen - wanted) ** 2 / wanted) / limit)
