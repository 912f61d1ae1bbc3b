import numpy as np


def pad_sequences(sequences):
    lengths = np.array([s.shape[0] for s in sequences], dtype=np.int64)
    longest = int(lengths.max())
    batch = np.stack([np.pad(s, ((0, longest - len(s)), (0, 0))) for s in sequences])
    mask = np.arange(longest)[None, :] < lengths[:, None]
    return batch, lengths, mask
