# mistake: the hidden state is o * c, the tanh of the cell is missing ; the blocks are read in the order i, f, o, g
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    steps = x.shape[1]
    history = [(h0, c0)]
    for t in range(steps):
        h, c = history[-1]
        i, f, o, g = np.split(x[:, t] @ W_x.T + h @ W_h.T + b, 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * c
        history.append((h, c))
    hs = np.stack([s[0] for s in history[1:]], axis=1)
    cs = np.stack([s[1] for s in history[1:]], axis=1)
    return hs, cs
