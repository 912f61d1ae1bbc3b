import numpy as np


def log_softmax(z):
    top = z.max(-1, keepdims=True)
    return z - top - np.log(np.exp(z - top).sum(-1, keepdims=True))


def masked_cross_entropy(logits, targets, mask):
    n = logits.shape[0]
    real = np.asarray(mask, dtype=bool)
    grad = np.zeros_like(logits, dtype=float)
    lp = log_softmax(logits[real])            # (number of real steps, C)
    rows = np.arange(lp.shape[0])
    k = targets[real]
    value = np.array(-np.sum(lp[rows, k]) / n)
    g = np.exp(lp)
    g[rows, k] -= 1.0
    grad[real] = g / n
    return value, grad
