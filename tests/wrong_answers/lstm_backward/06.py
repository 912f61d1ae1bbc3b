# mistake: the derivative of tanh(c_t) is taken as 1 - c_t**2 instead of 1 - tanh(c_t)**2
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    dx = np.zeros_like(x)
    dW_x = np.zeros_like(W_x)
    dW_h = np.zeros_like(W_h)
    db = np.zeros_like(b)
    dh_next = np.zeros_like(h0)
    dc_next = np.zeros_like(c0)
    for t in reversed(range(T)):
        if t > 0:
            h_prev = hs[:, t-1]
            c_prev = cs[:, t-1]
        else:
            h_prev = h0
            c_prev = c0
        c = cs[:, t]
        z = x[:, t].dot(W_x.T) + h_prev.dot(W_h.T) + b
        i, f, g, o = [z[:, k*H:(k+1)*H] for k in range(4)]
        i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
        g = np.tanh(g)
        dh = dhs[:, t] + dh_next
        do = dh * np.tanh(c)
        dc = dh * o * (1 - c**2) + dc_next
        df = dc * c_prev
        di = dc * g
        dg = dc * i
        dz = np.hstack((di * i * (1 - i), df * f * (1 - f), dg * (1 - g**2), do * o * (1 - o)))
        dx[:, t] = dz.dot(W_x)
        dW_x += dz.T.dot(x[:, t])
        dW_h += dz.T.dot(h_prev)
        db += dz.sum(axis=0)
        dh_next = dz.dot(W_h)
        dc_next = dc * f
    return dx, dh_next, dc_next, dW_x, dW_h, db
