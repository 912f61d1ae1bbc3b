import numpy as np

sigmoid = lambda u: 1 / (1 + np.exp(-u))

def lstm_forward(x: np.ndarray, h0: np.ndarray, c0: np.ndarray, W_x: np.ndarray,
                 W_h: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Run the LSTM over all T steps."""
    n_seq, n_steps, _ = x.shape
    n_hid = h0.shape[1]
    # the input part does not depend on the state: all steps at once
    x_part = np.einsum('ntd,kd->ntk', x, W_x) + b
    hs = np.zeros((n_seq, n_steps, n_hid))
    cs = np.zeros((n_seq, n_steps, n_hid))
    h_t, c_t = h0, c0
    for t in reversed(range(n_steps)):
        zi, zf, zg, zo = np.split(x_part[:, t] + h_t @ W_h.T, 4, axis=-1)
        c_t = sigmoid(zf) * c_t + sigmoid(zi) * np.tanh(zg)
        h_t = sigmoid(zo) * np.tanh(c_t)
        hs[:, t], cs[:, t] = h_t, c_t
    return hs, cs
