import numpy as np


def sample_token(logits, temperature, rng):
    if temperature < 0:
        raise ValueError
    logits = np.asarray(logits, dtype=np.float64)
    top = logits.max()
    if not temperature:
        return logits.argmax()
    noise = rng.gumbel(size=logits.shape)      # Gumbel-max trick
    return np.argmax((logits - top) / temperature + noise)
