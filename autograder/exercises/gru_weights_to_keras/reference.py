import numpy as np


def gru_weights_to_keras(state_dict):
    """Turn the weights of an nn.GRU into those of a keras.layers.GRU(reset_after=True).

    Args:
        state_dict: of an nn.GRU with one layer and one direction: tensors
            weight_ih_l0 (3H, D), weight_hh_l0 (3H, H), bias_ih_l0 (3H,), bias_hh_l0 (3H,),
            each with three blocks of H rows, in the order r, z, n

    Returns:
        [kernel, recurrent_kernel, bias], NumPy arrays of shapes (D, 3H), (H, 3H) and (2, 3H), each
        with three blocks of H columns, in the order z, r, h (Keras writes h for the candidate n);
        row 0 of the bias belongs to the inputs, row 1 to the state; what Keras' set_weights takes
    """

    # begin solution
    def reordered(name):
        r, z, n = np.split(state_dict[name].numpy(), 3)  # blocks of H rows
        return np.concatenate([z, r, n])

    kernel = reordered("weight_ih_l0").T  # (D, 3H)
    recurrent_kernel = reordered("weight_hh_l0").T  # (H, 3H)
    bias = np.stack([reordered("bias_ih_l0"), reordered("bias_hh_l0")])  # (2, 3H)
    return [kernel, recurrent_kernel, bias]
    # end solution
