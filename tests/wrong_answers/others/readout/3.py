def readout(hs, W_y, b_y):
    return hs[:, -1] @ W_y.T + b_y
