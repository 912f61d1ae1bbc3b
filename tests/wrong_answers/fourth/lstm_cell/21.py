import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_cell(x, h, c, W_x, W_h, b):
    Wxi, Wxf, Wxg, Wxo = np.split(W_x, 4)
    Whi, Whf, Whg, Who = np.split(W_h, 4)
    bi, bf, bg, bo = np.split(b, 4)
    i = sigmoid(x @ Wxi.T + h @ Whi.T + bi)
    f = sigmoid(x @ Wxf.T + h @ Whf.T + bf)
    g = np.tanh(x @ Wxg.T + bg)
    o = sigmoid(x @ Wxo.T + h @ Who.T + bo)
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next
