import numpy as np


def average(old, new, beta):
    return old + (1 - beta) * (new - old)


def adam_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v = average(m, g, beta1), average(v, np.square(g), beta2)
    correction1 = 1 - beta1**t
    correction2 = np.sqrt(1 - beta2**t)
    return w - (lr / correction1) * m / (np.sqrt(v) / correction2 + eps), m, v
