import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    Wxi, Wxf, Wxg, Wxo = np.split(W_x, 4)
    Whi, Whf, Whg, Who = np.split(W_h, 4)
    bi, bf, bg, bo = np.split(b, 4)
    N, T, D = x.shape
    H = h0.shape[1]

    grad_x = np.zeros((N, T, D))
    gWxi, gWxf, gWxg, gWxo = [np.zeros((H, D)) for _ in range(4)]
    gWhi, gWhf, gWhg, gWho = [np.zeros((H, H)) for _ in range(4)]
    gbi, gbf, gbg, gbo = [np.zeros(H) for _ in range(4)]
    h_bar_next = np.zeros((N, H))
    c_bar_next = np.zeros((N, H))

    t = T - 1
    while t >= 0:
        xt = x[:, t]
        if t == 0:
            hp, cp = h0, c0
        else:
            hp, cp = hs[:, t - 1], cs[:, t - 1]
        # gates
        i = sigmoid(xt @ Wxi.T + hp @ Whi.T + bi)
        f = sigmoid(xt @ Wxf.T + hp @ Whf.T + bf)
        g = np.tanh(xt @ Wxg.T + hp @ Whg.T + bg)
        o = sigmoid(xt @ Wxo.T + hp @ Who.T + bo)
        tanh_c = np.tanh(cs[:, t])
        # gradients of the state
        h_bar = dhs[:, t] + h_bar_next
        c_bar = o * (1 - tanh_c ** 2) * h_bar + c_bar_next
        # gradients before the activations
        zi = c_bar * g * i * (1 - i)
        zf = c_bar * cp * f * (1 - f)
        zg = c_bar * i * (1 - g ** 2)
        zo = h_bar * tanh_c
        # parameters
        gWxi += zi.T @ xt
        gWxf += zf.T @ xt
        gWxg += zg.T @ xt
        gWxo += zo.T @ xt
        gWhi += zi.T @ hp
        gWhf += zf.T @ hp
        gWhg += zg.T @ hp
        gWho += zo.T @ hp
        gbi += zi.sum(0)
        gbf += zf.sum(0)
        gbg += zg.sum(0)
        gbo += zo.sum(0)
        # back to the input and to the state before
        grad_x[:, t] = zi @ Wxi + zf @ Wxf + zg @ Wxg + zo @ Wxo
        h_bar_next = zg @ Whg
        c_bar_next = f * c_bar
        t -= 1

    dW_x = np.vstack([gWxi, gWxf, gWxg, gWxo])
    dW_h = np.vstack([gWhi, gWhf, gWhg, gWho])
    db = np.concatenate([gbi, gbf, gbg, gbo])
    return grad_x, h_bar_next, c_bar_next, dW_x, dW_h, db
