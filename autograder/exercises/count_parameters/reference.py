def count_parameters(kind, input_size, hidden_size):
    """Count the parameters of one recurrent layer in one direction, as PyTorch's layers have them.

    Args:
        kind: "rnn", "lstm" or "gru"
        input_size: D
        hidden_size: H

    Returns:
        the number of weights and biases, with two bias vectors per block
    """
    # begin solution
    D, H = input_size, hidden_size
    blocks = {"rnn": 1, "lstm": 4, "gru": 3}[kind]
    return blocks * (H * D + H * H + 2 * H)
    # end solution
