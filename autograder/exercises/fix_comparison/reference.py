import torch


def fix_comparison(input_size, hidden_size):
    """Return the three layers of a comparison, by name.

    Args:
        input_size: D
        hidden_size: H

    Returns:
        a dict of "rnn" (tanh), "lstm" and "gru": one layer each, from (N, T, D) to (N, T, H)
    """
    # begin solution
    return {
        "rnn": torch.nn.RNN(input_size, hidden_size, batch_first=True),
        "lstm": torch.nn.LSTM(input_size, hidden_size, batch_first=True),
        "gru": torch.nn.GRU(input_size, hidden_size, batch_first=True),
    }
    # end solution
