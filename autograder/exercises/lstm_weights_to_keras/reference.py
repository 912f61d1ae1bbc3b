def lstm_weights_to_keras(state_dict):
    """Turn the weights of an nn.LSTM into those of a keras.layers.LSTM.

    Args:
        state_dict: of an nn.LSTM with one layer and one direction: tensors
            weight_ih_l0 (4H, D), weight_hh_l0 (4H, H), bias_ih_l0 (4H,), bias_hh_l0 (4H,),
            each with four blocks of H rows, in the order i, f, g, o

    Returns:
        [kernel, recurrent_kernel, bias], NumPy arrays of shapes (D, 4H), (H, 4H) and (4H,), each
        with four blocks of H columns, in the order i, f, c, o (Keras writes c for the candidate g);
        what Keras' set_weights takes
    """
    # begin solution
    W_x = state_dict["weight_ih_l0"].numpy()  # (4H, D)
    W_h = state_dict["weight_hh_l0"].numpy()  # (4H, H)
    b_x = state_dict["bias_ih_l0"].numpy()  # (4H,)
    b_h = state_dict["bias_hh_l0"].numpy()  # (4H,)
    kernel = W_x.T  # (D, 4H)
    recurrent_kernel = W_h.T  # (H, 4H)
    bias = b_x + b_h  # (4H,)
    return [kernel, recurrent_kernel, bias]
    # end solution
