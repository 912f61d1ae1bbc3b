import numpy as np


def sample_token(logits, temperature, rng):
    """Draw the next token from a language model's scores.

    Args:
        logits: one score for each of the V tokens of the vocabulary, (V,)
        temperature: 0 always takes the most likely token, 1 samples from the model, more is bolder
        rng: a np.random.Generator, the only source of chance

    Returns:
        one whole number from 0 to V - 1

    Raises:
        ValueError: the temperature is negative
    """
    # begin solution
    if temperature < 0:
        raise ValueError("the temperature must not be negative")
    if temperature == 0:
        return int(np.argmax(logits))
    scores = logits / temperature
    p = np.exp(scores - np.max(scores))  # the largest is 1, so nothing overflows
    p = p / p.sum()
    return int(rng.choice(len(p), p=p))
    # end solution
