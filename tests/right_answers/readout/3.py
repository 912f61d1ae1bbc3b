import numpy as np


def readout(hs, W_y, b_y):
    n, t, h = hs.shape
    flat = hs.astype("float32").reshape(-1, h)
    out = np.einsum("mh,ch->mc", flat, W_y.astype("float32"))
    return (out + b_y[None].astype("float32")).reshape(n, t, -1)
