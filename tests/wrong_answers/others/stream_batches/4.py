import numpy as np


def stream_batches(tokens, batch_size, steps):
    S = (len(tokens) - 1) // batch_size
    J = S // steps
    x = np.zeros((batch_size, J, steps), dtype=int)
    y = np.zeros((batch_size, J, steps), dtype=int)
    for j in range(J):
        for k in range(batch_size):
            start = k * S + j * steps
            x[k, j] = tokens[start:start + steps]
            y[k, j] = tokens[start + 1:start + steps + 1]
    return x, y
