import numpy as np


def perplexity(mean_losses, counts):
    return np.average(np.exp(mean_losses), weights=counts)
