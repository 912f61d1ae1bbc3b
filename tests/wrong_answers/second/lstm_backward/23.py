# mistake: the input gate and the candidate are mixed up in the product rule, di = dc * i and dg = dc * g
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros_like(x)
    dW_x, dW_h, db = np.zeros_like(W_x), np.zeros_like(W_h), np.zeros_like(b)
    dh0, dc0 = np.zeros_like(h0), np.zeros_like(c0)
    for n in range(N):
        dh_next, dc_next = np.zeros(H), np.zeros(H)
        for t in range(T - 1, -1, -1):
            h_prev = hs[n, t-1] if t > 0 else h0[n]
            c_prev = cs[n, t-1] if t > 0 else c0[n]
            z = W_x @ x[n, t] + W_h @ h_prev + b
            i, f, g, o = sigmoid(z[:H]), sigmoid(z[H:2*H]), np.tanh(z[2*H:3*H]), sigmoid(z[3*H:])
            tc = np.tanh(cs[n, t])
            dh = dhs[n, t] + dh_next
            dc = dh * o * (1 - tc**2) + dc_next
            di = dc * i
            df = dc * c_prev
            dg = dc * g
            do = dh * tc
            dz = np.concatenate([di*i*(1-i), df*f*(1-f), dg*(1-g**2), do*o*(1-o)])
            dx[n, t] = W_x.T @ dz
            dW_x += np.outer(dz, x[n, t])
            dW_h += np.outer(dz, h_prev)
            db += dz
            dh_next = W_h.T @ dz
            dc_next = dc * f
        dh0[n], dc0[n] = dh_next, dc_next
    return dx, dh0, dc0, dW_x, dW_h, db
