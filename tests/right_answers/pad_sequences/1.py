import numpy as np


def pad_sequences(sequences):
    N = len(sequences)
    lengths = np.array([len(s) for s in sequences])
    T = lengths.max()
    D = sequences[0].shape[1]
    batch = np.zeros((N, T, D))
    mask = np.zeros((N, T))
    for n, s in enumerate(sequences):
        batch[n, :len(s)] = s
        mask[n, :len(s)] = 1
    return batch, lengths, mask
