import numpy as np


def perplexity(mean_losses, counts):
    return 2 ** np.average(mean_losses, weights=counts)
