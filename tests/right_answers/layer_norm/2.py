import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    H = x.shape[-1]
    rows = x.reshape(-1, H)
    out = np.zeros(rows.shape)
    for k, row in enumerate(rows):
        mu = sum(row) / H
        s2 = sum((v - mu) ** 2 for v in row) / H
        for j in range(H):
            out[k, j] = gain[j] * (row[j] - mu) / (s2 + eps) ** 0.5 + bias[j]
    return out.reshape(x.shape)
