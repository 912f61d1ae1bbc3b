"""Probes of count_parameters.

D and H differ in "distinct" (an LSTM), so that exchanging them shows, and every kind is asked for.
"""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    D, H = (int(size) for size in rng.choice(range(3, 40), 2, replace=False))
    return {
        "distinct": arguments("lstm", D, H),
        "rnn": arguments("rnn", H, D + 1),
        "gru": arguments("gru", D + 2, H),
        "square": arguments("gru", H, H),
        "single": arguments("lstm", 1, 1),
    }


def arguments(kind, input_size, hidden_size):
    """Return one call's arguments."""
    return {"kind": kind, "input_size": input_size, "hidden_size": hidden_size}
