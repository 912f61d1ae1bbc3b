import numpy as np

def _sigma(u: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-u))

def lstm_backward(dhs: np.ndarray, x: np.ndarray, h0: np.ndarray, c0: np.ndarray,
                  hs: np.ndarray, cs: np.ndarray, W_x: np.ndarray, W_h: np.ndarray,
                  b: np.ndarray) -> tuple[np.ndarray, ...]:
    T, H = hs.shape[1:]
    h_all = [h0] + [hs[:, t] for t in range(T)]
    c_all = [c0] + [cs[:, t] for t in range(T)]
    W = np.concatenate([W_x, W_h], axis=1)
    D = W_x.shape[1]

    dW = np.zeros_like(W)
    db = np.zeros_like(b)
    dx_list = []
    dh = np.zeros_like(h0)
    dc = np.zeros_like(c0)
    for t in range(T, 0, -1):
        xh = np.concatenate([x[:, t - 1], h_all[t - 1]], axis=1)
        a = xh @ W.T + b
        i, f, o = _sigma(a[:, :H]), _sigma(a[:, H:2*H]), _sigma(a[:, 3*H:])
        g = np.tanh(a[:, 2*H:3*H])
        tanh_c = np.tanh(c_all[t])

        dh = dh + dhs[:, t - 1]
        dc = dc + dh * o * (1 - tanh_c * tanh_c)
        da = np.zeros_like(a)
        da[:, :H] = dc * g * i * (1 - i)
        da[:, H:2*H] = dc * c_all[t - 1] * f * (1 - f)
        da[:, 2*H:3*H] = dc * i * (1 - g * g)
        da[:, 3*H:] = dh * c_all[t] * o * (1 - o)

        dW += da.T @ xh
        db += da.sum(axis=0)
        dxh = da @ W
        dx_list.append(dxh[:, :D])
        dh = dxh[:, D:]
        dc = dc * f
    dx = np.stack(dx_list[::-1], axis=1)
    return dx, dh, dc, dW[:, :D], dW[:, D:], db
