import numpy as np


def perplexity(mean_losses, counts):
    return np.exp(np.average(mean_losses, weights=counts))
