import numpy as np


def stream_batches(tokens, batch_size, steps):
    """Cut one long text into batches that continue each other, row by row.

    Args:
        tokens: the text as whole numbers, (L,)
        batch_size: N, the number of streams that are read side by side
        steps: T, the number of tokens of each stream in a batch

    Returns:
        x: (S // T, N, T), with S = (L - 1) // N the length of a stream; x[j, k] is followed by
            x[j + 1, k]
        y: (S // T, N, T), the token that comes after each token of x
    """
    # begin solution
    S = (len(tokens) - 1) // batch_size
    count = S // steps
    rows = np.arange(batch_size) * S  # where each stream begins
    starts = rows[None, :] + steps * np.arange(count)[:, None]  # (count, N)
    places = starts[:, :, None] + np.arange(steps)  # (count, N, T)
    return tokens[places], tokens[places + 1]
    # end solution
