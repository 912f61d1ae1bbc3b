import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_cell(x, h, c, W_x, W_h, b):
    H = h.shape[1]
    z = x @ W_x.T + h @ W_h.T + b
    input_gate = sigmoid(z[:, :H])
    forget_gate = sigmoid(z[:, H:2*H])
    candidate = np.tanh(z[:, 2*H:3*H])
    output_gate = sigmoid(z[:, 3*H:])
    # forget_gate says how much is forgotten
    c_next = (1 - forget_gate) * c + input_gate * candidate
    h_next = output_gate * np.tanh(c_next)
    return h_next, c_next
