import numpy as np

def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))

def lstm_cell(x, h, c, W_x, W_h, b):
    H = c.shape[1]
    W_xi, W_xf, W_xg, W_xo = W_x[:H], W_x[H:2*H], W_x[2*H:3*H], W_x[3*H:]
    W_hi, W_hf, W_hg, W_ho = W_h[:H], W_h[H:2*H], W_h[2*H:3*H], W_h[3*H:]
    b_i, b_f, b_g, b_o = b[:H], b[H:2*H], b[2*H:3*H], b[3*H:]
    i = sigmoid(x @ W_xi.T + h @ W_hi.T + b_i)
    f = sigmoid(x @ W_xf.T + h @ W_hf.T + b_f)
    g = np.tanh(x @ W_xg.T + h @ W_hg.T + b_g)
    o = sigmoid(x @ W_xo.T + h @ W_ho.T + b_o)
    c_next = f * c + i * g
    h_next = o * np.tanh(c)
    return h_next, c_next
