"""Probes of pad_sequences.

Lengths are in no order and the longest stands neither first nor last; N, T and D differ in
"distinct". A step that is real may hold zeros, or nothing else, in the middle and at the end, so
that a mask read off the numbers shows. In "square" N = T = D; in "empty" some sequences have
no step, and only those are equally long: sorting them one way or the other is the same.
"""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    lengths = {
        "distinct": ([3, 5, 1, 4], 2),
        "square": ([2, 4, 1, 3], 4),
        "empty": ([2, 0, 3, 0, 1], 4),
        "single": ([1], 3),
    }
    cases = {
        name: {"sequences": [rng.normal(size=(length, D)) for length in each]}
        for name, (each, D) in lengths.items()
    }
    distinct, square = cases["distinct"]["sequences"], cases["square"]["sequences"]
    distinct[3][-1] = distinct[1][2] = square[1][1] = square[0][-1] = 0
    distinct[0][1, 0] = square[3][2, 1:] = 0
    return cases
