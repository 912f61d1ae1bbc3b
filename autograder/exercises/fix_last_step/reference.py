import torch
from torch.nn.utils.rnn import pack_padded_sequence


def fix_last_step(layer, x, lengths):
    """Return what a bidirectional layer knows of each sequence as a whole.

    Args:
        layer: an nn.GRU with one layer, batch_first and bidirectional
        x: (N, T, D), sequences padded at the end
        lengths: (N,) integers from 1 to T, in any order

    Returns:
        (N, 2H): the forward state after each sequence's last valid step, beside it the backward
        state after its first step
    """
    # begin solution
    packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
    _, h_n = layer(packed)  # (2, N, H)
    return torch.cat([h_n[0], h_n[1]], dim=1)
    # end solution
