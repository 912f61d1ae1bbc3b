# mistake: the results have the time axis first, shape (T, N, H) instead of (N, T, H)
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    h, c = h0, c0
    all_h, all_c = [], []
    for x_t in x.transpose(1, 0, 2):
        zi, zf, zg, zo = np.split(x_t @ W_x.T + h @ W_h.T + b, 4, axis=-1)
        c = sigmoid(zf) * c + sigmoid(zi) * np.tanh(zg)
        h = sigmoid(zo) * np.tanh(c)
        all_h.append(h)
        all_c.append(c)
    return np.array(all_h), np.array(all_c)
