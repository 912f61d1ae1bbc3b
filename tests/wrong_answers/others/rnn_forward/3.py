from itertools import accumulate

import numpy as np


def rnn_forward(x, h0, W_x, W_h, b):
    inputs = np.moveaxis(x @ W_x.T + b, 1, 0)
    step = lambda h, a: np.tanh(a + h @ W_h.T)
    states = list(accumulate(inputs, step, initial=h0))
    return np.stack(states[:-1], axis=1)
