# mistake: the forget gate is used the wrong way round, the old cell is multiplied by 1 - f
import numpy as np

def sigmoid(a):
    return 1.0 / (1.0 + np.exp(-a))

def lstm_cell(x, h, c, W_x, W_h, b):
    """One LSTM step."""
    H = h.shape[1]
    pre = x.dot(W_x.T) + h.dot(W_h.T) + b
    input_gate = sigmoid(pre[:, 0:H])
    forget_gate = sigmoid(pre[:, H:2 * H])
    candidate = np.tanh(pre[:, 2 * H:3 * H])
    output_gate = sigmoid(pre[:, 3 * H:4 * H])
    kept = (1 - forget_gate) * c
    written = input_gate * candidate
    c_next = kept + written
    h_next = output_gate * np.tanh(c_next)
    return h_next, c_next
