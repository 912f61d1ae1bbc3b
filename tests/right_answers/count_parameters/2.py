import numpy as np


def count_parameters(kind, input_size, hidden_size):
    if kind == "rnn":
        k = 1
    elif kind == "gru":
        k = 3
    elif kind == "lstm":
        k = 4
    else:
        raise ValueError(kind)
    rows = k * hidden_size
    shapes = [(rows, input_size), (rows, hidden_size), (rows,), (rows,)]
    return int(sum(np.prod(s) for s in shapes))
