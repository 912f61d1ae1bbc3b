# mistake: the bias is added twice, once to the input part and once to the recurrent part
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def linear(inp, weight, bias):
    return inp @ weight.T + bias

def lstm_cell(x, h, c, W_x, W_h, b):
    gates = linear(x, W_x, b) + linear(h, W_h, b)
    ingate, forgetgate, cellgate, outgate = np.split(gates, 4, 1)
    ingate = sigmoid(ingate)
    forgetgate = sigmoid(forgetgate)
    cellgate = np.tanh(cellgate)
    outgate = sigmoid(outgate)
    cy = (forgetgate * c) + (ingate * cellgate)
    hy = outgate * np.tanh(cy)
    return hy, cy
