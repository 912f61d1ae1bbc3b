import numpy as np


def pad_sequences(sequences):
    lengths = list(map(len, sequences))
    T, D = max(lengths), sequences[0].shape[-1]
    rows, masks = [], []
    for s, length in zip(sequences, lengths):
        filler = np.zeros((T - length, D))
        rows.append(np.concatenate([s, filler], axis=0))
        masks.append([1.0] * length + [0.0] * (T - length))
    return np.array(rows), np.array(lengths, dtype=np.int32), np.array(masks)
