# mistake: copy-and-paste slip, the output gate uses the bias of the forget gate ; the hidden state uses tanh of the old memory cell instead of the new one
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, W_x, W_h, b):
    W_xi, W_xf, W_xg, W_xo = np.vsplit(W_x, 4)
    W_hi, W_hf, W_hg, W_ho = np.vsplit(W_h, 4)
    b_i, b_f, b_g, b_o = b.reshape(4, -1)
    i = sigmoid(x @ W_xi.T + h @ W_hi.T + b_i)
    f = sigmoid(x @ W_xf.T + h @ W_hf.T + b_f)
    g = np.tanh(x @ W_xg.T + h @ W_hg.T + b_g)
    o = sigmoid(x @ W_xo.T + h @ W_ho.T + b_f)
    c_next = f * c + i * g
    return o * np.tanh(c), c_next
