import numpy as np


def perplexity(mean_losses, counts):
    return np.exp(np.mean(mean_losses))
