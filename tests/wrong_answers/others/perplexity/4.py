import numpy as np


def perplexity(mean_losses, counts):
    return np.exp(np.sum(mean_losses) / np.sum(counts))
