import numpy as np


def swap(a):
    r, z, n = np.split(a, 3)
    return np.concatenate([z, r, n])


def gru_weights_to_keras(state_dict):
    W_x, W_h, b_x, b_h = (
        swap(state_dict[k].numpy()) for k in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    )
    return [W_x.T, W_h.T, b_x + b_h]
