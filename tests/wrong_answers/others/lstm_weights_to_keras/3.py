def lstm_weights_to_keras(state_dict):
    import numpy as np
    kernel = state_dict["weight_ih_l0"].numpy().T
    recurrent = state_dict["weight_hh_l0"].numpy().T
    bias = (state_dict["bias_ih_l0"] + state_dict["bias_hh_l0"]).numpy()
    H = recurrent.shape[0]
    order = np.r_[0:2 * H, 3 * H:4 * H, 2 * H:3 * H]
    return [kernel[:, order], recurrent[:, order], bias[order]]
