"""Probes of fix_loss_shape: outputs and targets of different spread, more and fewer of them."""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    return {name: arguments(rng, N) for name, N in (("distinct", 5), ("larger", 9), ("single", 1))}


def arguments(rng, N):
    """Draw N forecasts and what came."""
    return {"outputs": rng.normal(size=(N, 1)), "targets": 0.5 + 2.0 * rng.normal(size=N)}
