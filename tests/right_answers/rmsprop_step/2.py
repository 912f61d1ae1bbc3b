def rmsprop_step(w, g, v, lr, decay=0.9, eps=1e-8):
    v = v + (1 - decay) * (g**2 - v)
    return w - lr * (g / (v**0.5 + eps)), v
