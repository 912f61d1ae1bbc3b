import numpy as np


def rmsprop_step(w, g, v, lr, decay=0.9, eps=1e-8):
    w2, v2 = np.array(w, dtype=float), np.array(v, dtype=float)
    for k in np.ndindex(w2.shape):
        v2[k] = decay * v[k] + (1 - decay) * g[k] ** 2
        w2[k] -= lr * g[k] / (np.sqrt(v2[k]) + eps)
    return w2, v2
