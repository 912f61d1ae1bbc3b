import numpy as np


def sample_token(logits, temperature, rng):
    if temperature < 0:
        raise ValueError("temperature must not be negative")
    if temperature == 0:
        return int(np.argmax(logits))
    z = logits / temperature
    p = np.exp(z - z.max())
    p /= p.sum()
    p = p ** (1 / temperature)
    p /= p.sum()
    return int(rng.choice(len(p), p=p))
