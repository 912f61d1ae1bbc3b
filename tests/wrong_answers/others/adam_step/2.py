import numpy as np


def adam_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m_next = beta1 * m + (1 - beta1) * g
    v_next = beta2 * v + (1 - beta2) * g ** 2
    m_hat = m_next / (1 - beta1 ** t)
    v_hat = v_next / (1 - beta2 ** t)
    w_next = w - lr * m_hat / (np.sqrt(v_hat) + eps)
    return w_next, m_hat, v_hat
