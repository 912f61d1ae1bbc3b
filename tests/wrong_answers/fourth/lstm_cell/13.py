import numpy as np

def sigmoid(u):
    return 1 / (1 + np.exp(-u))

def lstm_cell(x: np.ndarray, h: np.ndarray, c: np.ndarray,
              W_x: np.ndarray, W_h: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    i, f, g, o = np.split(x @ W_x.T + h @ W_h.T + b, 4, axis=-1)
    f = sigmoid(f)
    o = sigmoid(o)
    g = np.tanh(g)
    c_next = f * c + (1 - f) * g
    return o * np.tanh(c_next), c_next
