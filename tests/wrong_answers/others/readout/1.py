def readout(hs, W_y, b_y):
    return hs @ W_y.T
