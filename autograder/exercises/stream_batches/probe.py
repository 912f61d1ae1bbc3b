"""Probes of stream_batches.

All tokens are different, so that every place can be recognized. In "distinct" something is left
over at the end of every stream and of the text; in "even" the text's length is a multiple of N (a
stream of L // N tokens would have no last target); in "full" the streams are whole batches; in
"square" the number of batches, N and T are the same.
"""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    sizes = {  # L, N, T
        "distinct": (71, 3, 5),  # S = 23: 4 batches, 3 tokens of each stream and 1 of the text over
        "even": (48, 4, 6),  # S = 11: 1 batch; with 48 // 4 = 12 it would be 2
        "full": (33, 2, 4),  # S = 16: 4 batches, nothing over
        "square": (67, 4, 4),  # S = 16: 4 batches of 4 by 4
        "single": (12, 1, 1),  # S = 11
    }
    return {
        name: {"tokens": rng.permutation(1000)[:L], "batch_size": N, "steps": T}
        for name, (L, N, T) in sizes.items()
    }
