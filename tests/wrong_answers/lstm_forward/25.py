# mistake: the results of the step are carried the wrong way round, the next step gets the new cell as hidden state and the new hidden state as cell
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))

    def step(xt, state):
        h, c = state
        z = xt @ W_x.T + h @ W_h.T + b
        i, f, g, o = np.split(z, 4, axis=1)
        c_new = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h_new = sigmoid(o) * np.tanh(c_new)
        return h_new, c_new

    state = (h0, c0)
    for t in range(T):
        h, c = step(x[:, t], state)
        hs[:, t], cs[:, t] = h, c
        state = (c, h)
    return hs, cs
