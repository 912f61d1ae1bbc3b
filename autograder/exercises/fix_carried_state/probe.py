"""Probes of fix_carried_state: T is a multiple of steps in some, in others the last is short."""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    sizes = {
        "distinct": (3, 8, 2, 5, 3),
        "square": (4, 4, 4, 4, 2),
        "single": (1, 1, 2, 3, 4),
        "alone": (1, 6, 3, 2, 3),
    }
    return {name: arguments(rng, *size) for name, size in sizes.items()}


def arguments(rng, N, T, D, H, steps):
    """Draw one case."""
    return {
        "x": rng.normal(size=(N, T, D)),
        "h0": rng.uniform(-0.9, 0.9, size=(N, H)),
        "W_x": 0.7 * rng.normal(size=(H, D)),
        "W_h": 0.7 * rng.normal(size=(H, H)),
        "b": rng.normal(size=H),
        "steps": steps,
    }
