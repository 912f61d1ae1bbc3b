import numpy as np


def perplexity(mean_losses, counts):
    """Return the perplexity of a text from the losses of its batches.

    Args:
        mean_losses: the mean cross-entropy of each batch, in nats a token, (B,)
        counts: the number of tokens of each batch, (B,)

    Returns:
        one number: as if that many equally likely tokens had been left to choose from
    """
    # begin solution
    total = np.sum(mean_losses * counts)  # nats of the whole text
    return np.exp(total / np.sum(counts))
    # end solution
