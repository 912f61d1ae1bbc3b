# mistake: input and forget gate are exchanged in the cell update, c = i*c + f*g ; the hidden state starts at zero instead of h0
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_forward(x, h0, c0, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))
    cs = np.zeros((N, T, H))
    h_prev = np.zeros_like(h0)
    c_prev = c0
    for t in range(T):
        z = x[:, t] @ W_x.T + h_prev @ W_h.T + b
        i = sigmoid(z[:, 0:H])
        f = sigmoid(z[:, H:2*H])
        g = np.tanh(z[:, 2*H:3*H])
        o = sigmoid(z[:, 3*H:4*H])
        c_prev = i * c_prev + f * g
        h_prev = o * np.tanh(c_prev)
        hs[:, t] = h_prev
        cs[:, t] = c_prev
    return hs, cs
