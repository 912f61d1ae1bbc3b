import numpy as np


def stream_batches(tokens, batch_size, steps):
    S = len(tokens) // batch_size
    J = S // steps
    x = np.zeros((J, batch_size, steps), dtype=int)
    y = np.zeros((J, batch_size, steps), dtype=int)
    for j in range(J):
        for k in range(batch_size):
            start = k * S + j * steps
            x[j, k] = tokens[start:start + steps]
            y[j, k] = tokens[start + 1:start + steps + 1]
    return x, y
