"""Probes of layer_norm.

The means are far from zero, every vector has a scale of its own, gain and bias differ from 1 and 0
and from each other, and eps is large where it is given. In "default", where it is not, the vectors
hardly vary, so that eps shows. "one-vector" and "matrix" have fewer axes.
"""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    default = arguments(rng, 2, 3, 5)
    default["x"] = 0.01 + 0.01 * rng.normal(size=(2, 3, 5))
    matrix, vector = arguments(rng, 4, 1, 3), arguments(rng, 1, 1, 6)
    return {
        "distinct": {**arguments(rng, 3, 5, 4), "eps": 0.3},
        "square": {**arguments(rng, 4, 4, 4), "eps": 0.1},
        "single": {**arguments(rng, 1, 1, 7), "eps": 0.2},
        "default": default,
        "matrix": {**matrix, "x": matrix["x"][:, 0], "eps": 0.2},
        "one-vector": {**vector, "x": vector["x"][0, 0], "eps": 0.1},
    }


def arguments(rng, N, T, H):
    """Draw x, gain and bias of one call."""
    scale = rng.uniform(0.5, 3.0, size=(N, T, 1))
    return {
        "x": scale * rng.normal(size=(N, T, H)) + 2.0 * rng.normal(size=(N, T, 1)) + 1.0,
        "gain": rng.uniform(1.2, 2.0, size=H) * rng.choice([-1.0, 1.0], size=H),
        "bias": rng.normal(size=H),
    }
