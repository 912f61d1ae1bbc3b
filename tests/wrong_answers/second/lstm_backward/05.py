# mistake: the candidate is differentiated like a sigmoid, g*(1-g) instead of 1-g**2
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hprev = np.concatenate([h0[:, None, :], hs[:, :-1]], axis=1)
    cprev = np.concatenate([c0[:, None, :], cs[:, :-1]], axis=1)
    Z = x @ W_x.T + hprev @ W_h.T + b
    A = sigmoid(Z)
    A[..., 2*H:3*H] = np.tanh(Z[..., 2*H:3*H])
    I, F, G, O = np.split(A, 4, axis=-1)
    TC = np.tanh(cs)
    dZ = np.zeros_like(Z)
    dh = np.zeros((N, H)); dc = np.zeros((N, H))
    for t in reversed(range(T)):
        dh = dh + dhs[:, t]
        dc = dc + dh * O[:, t] * (1 - TC[:, t]**2)
        upstream = np.concatenate([dc * G[:, t], dc * cprev[:, t], dc * I[:, t], dh * TC[:, t]], axis=1)
        dZ[:, t] = upstream * A[:, t] * (1 - A[:, t])
        dh = dZ[:, t] @ W_h
        dc = dc * F[:, t]
    dx = dZ @ W_x
    dW_x = np.einsum('ntk,ntd->kd', dZ, x)
    dW_h = np.einsum('ntk,nth->kh', dZ, hprev)
    db = dZ.sum(axis=(0, 1))
    return dx, dh, dc, dW_x, dW_h, db
