import numpy as np


def peephole_lstm_cell(x, h, c, W_x, W_h, b, p):
    H = h.shape[1]

    def block(k, peep=None, cell=None):
        s = slice(k * H, (k + 1) * H)
        a = np.einsum("nd,hd->nh", x, W_x[s]) + np.einsum("nj,hj->nh", h, W_h[s]) + b[s]
        if peep is not None:
            a = a + np.einsum("h,nh->nh", peep, cell)
        return a

    squash = lambda a: np.reciprocal(1 + np.exp(-a))
    new = squash(block(1, p[1], c)) * c + squash(block(0, p[0], c)) * np.tanh(block(2))
    return squash(block(3, p[2], new)) * np.tanh(new), new
