# mistake: the gradient goes back to the previous hidden state only through the output gate, the blocks i, f and g of W_h are left out there
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    Wx = {k: W_x[n*H:(n+1)*H] for n, k in enumerate("ifgo")}
    Wh = {k: W_h[n*H:(n+1)*H] for n, k in enumerate("ifgo")}
    B = {k: b[n*H:(n+1)*H] for n, k in enumerate("ifgo")}
    dWx = {k: np.zeros_like(Wx[k]) for k in "ifgo"}
    dWh = {k: np.zeros_like(Wh[k]) for k in "ifgo"}
    dB = {k: np.zeros_like(B[k]) for k in "ifgo"}
    dx = np.zeros_like(x)
    dh_next = np.zeros((N, H))
    dc_next = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        h_prev = hs[:, t-1] if t > 0 else h0
        c_prev = cs[:, t-1] if t > 0 else c0
        a = {}
        for k in "ifgo":
            act = np.tanh if k == "g" else sigmoid
            a[k] = act(x[:, t] @ Wx[k].T + h_prev @ Wh[k].T + B[k])
        tc = np.tanh(cs[:, t])
        dh = dhs[:, t] + dh_next
        dc = dc_next + dh * a["o"] * (1 - tc**2)
        d = {"i": dc * a["g"] * a["i"] * (1 - a["i"]),
             "f": dc * c_prev * a["f"] * (1 - a["f"]),
             "g": dc * a["i"] * (1 - a["g"]**2),
             "o": dh * tc * a["o"] * (1 - a["o"])}
        for k in "ifgo":
            dWx[k] += d[k].T @ x[:, t]
            dWh[k] += d[k].T @ h_prev
            dB[k] += d[k].sum(axis=0)
            dx[:, t] += d[k] @ Wx[k]
        dh_next = d["o"] @ Wh["o"]
        dc_next = dc * a["f"]
    join = lambda q: np.concatenate([q[k] for k in "ifgo"], axis=0)
    return dx, dh_next, dc_next, join(dWx), join(dWh), join(dB)
