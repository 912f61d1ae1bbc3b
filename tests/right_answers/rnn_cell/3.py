import warnings

import numpy as np


def rnn_cell(x, h, W_x, W_h, b):
    warnings.warn("my debugging warning")
    xh = np.hstack([x, h]).astype(np.float32)
    W = np.hstack([W_x, W_h]).astype(np.float32)
    a = np.einsum("nk,jk->nj", xh, W) + b.astype(np.float32)
    e = np.exp(-2 * np.abs(a))
    return np.sign(a) * (1 - e) / (1 + e)
