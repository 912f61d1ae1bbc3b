import numpy as np


def lstm_weights_to_keras(state_dict):
    s = {name: np.array(value.detach().cpu().tolist()) for name, value in state_dict.items()}
    kernel = np.ascontiguousarray(np.transpose(s["weight_ih_l0"]))
    recurrent_kernel = np.ascontiguousarray(np.transpose(s["weight_hh_l0"]))
    bias = np.sum([s["bias_ih_l0"], s["bias_hh_l0"]], axis=0)
    return [kernel, recurrent_kernel, bias]
