import math

import numpy as np


def adam_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    out = [np.empty(np.shape(w)) for _ in range(3)]
    b1t = math.prod([beta1] * int(t))
    b2t = math.prod([beta2] * int(t))
    for k in np.ndindex(np.shape(w)):
        mk = beta1 * m[k] + (1 - beta1) * g[k]
        vk = beta2 * v[k] + (1 - beta2) * g[k] * g[k]
        out[0][k] = w[k] - lr * (mk / (1 - b1t)) / (math.sqrt(vk / (1 - b2t)) + eps)
        out[1][k], out[2][k] = mk, vk
    return tuple(out)
