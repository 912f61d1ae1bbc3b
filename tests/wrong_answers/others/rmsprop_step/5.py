import numpy as np


def rmsprop_step(w, g, v, lr, decay=0.9, eps=1e-8):
    v_next = decay * v + (1 - decay) * g * g
    w_next = w - lr * g / (v_next + eps)
    return w_next, v_next
