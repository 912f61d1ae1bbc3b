"""Probes of adam_step: the first update, the second, and the thousandth.

eps is large in most cases, and gradients are tiny in "default", so that it shows where eps stands;
the betas are not the usual ones where they are given. m and v differ and are not zero, in "first"
neither: with m = 0 the corrected m is the gradient itself, and hides mistakes.
"""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    default = arguments(rng, 2, 3, t=2)
    for name, size in (("g", 1e-8), ("m", 1e-9), ("v", 1e-19)):
        default[name][0] = size * rng.uniform(0.5, 2.0, size=3)
    default["w"] *= 1e-3  # steps of lr = 1e-3 are to be seen
    settings = {"lr": 0.2, "beta1": 0.7, "beta2": 0.9, "eps": 0.3}
    return {
        "distinct": {**arguments(rng, 3, 5, t=2), **settings},
        "square": {**arguments(rng, 4, 4, t=3), **settings, "beta2": 0.95},
        "single": {**arguments(rng, 1, 1, t=5), **settings, "beta1": 0.8},
        "default": default,
        "first": {**arguments(rng, 3, 2, t=1), **settings},
        "late": {**arguments(rng, 2, 4, t=1000), **settings, "beta2": 0.9995},
    }


def arguments(rng, M, K, t):
    """Draw w, g, m and v of one call."""
    return {
        "w": rng.normal(size=(M, K)),
        "g": rng.uniform(0.2, 1.0, size=(M, K)) * rng.choice([-1.0, 1.0], size=(M, K)),
        "m": rng.normal(size=(M, K)),
        "v": rng.uniform(1.0, 2.0, size=(M, K)),
        "t": t,
    }
