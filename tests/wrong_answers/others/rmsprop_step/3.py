import numpy as np


def rmsprop_step(w, g, v, lr, decay=0.9, eps=1e-8):
    v_next = (1 - decay) * v + decay * g * g
    w_next = w - lr * g / (np.sqrt(v_next) + eps)
    return w_next, v_next
