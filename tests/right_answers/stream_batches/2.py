import numpy as np


def stream_batches(tokens, batch_size, steps):
    S = (tokens.size - 1) // batch_size
    J = S // steps

    def cut(shift):
        streams = tokens[shift:shift + S * batch_size].reshape(batch_size, S)
        return streams[:, :J * steps].reshape(batch_size, J, steps).swapaxes(0, 1)

    return cut(0), cut(1)
