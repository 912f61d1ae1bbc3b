import numpy as np


def pad_sequences(sequences):
    """Put sequences of different lengths into one array, with zeros at their ends.

    Args:
        sequences: list of N arrays, (T_i, D); T_i may be 0, but not for all of them

    Returns:
        (batch, lengths, mask), with T the greatest length
        batch: (N, T, D), sequence n in batch[n, :T_n], zeros after it
        lengths: the T_n as integers, (N,)
        mask: (N, T), True (or 1) at the steps that are real, False (or 0) at the padding
    """
    # begin solution
    lengths = np.array([len(sequence) for sequence in sequences])
    N, T, D = len(sequences), lengths.max(), sequences[0].shape[1]
    batch = np.zeros((N, T, D))
    for n, sequence in enumerate(sequences):
        batch[n, : lengths[n]] = sequence
    mask = np.arange(T) < lengths[:, None]  # (T,) against (N, 1): (N, T)
    return batch, lengths, mask
    # end solution
