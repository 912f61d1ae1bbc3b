def lstm_weights_to_keras(state_dict):
    kernel = state_dict["weight_ih_l0"].numpy().T
    recurrent = state_dict["weight_hh_l0"].numpy().T
    bias = (state_dict["bias_ih_l0"] + state_dict["bias_hh_l0"]).numpy()
    return [kernel, recurrent, state_dict["bias_ih_l0"].numpy(), state_dict["bias_hh_l0"].numpy()]
