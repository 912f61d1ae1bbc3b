import numpy as np


def rows_as_sequence(images):
    """Turn grey images into sequences of rows.

    Time runs from the top row to the bottom row: x[:, t] is row t.

    Args:
        images: pixels from 0 to 255, uint8, (N, 28, 28)

    Returns:
        x, (N, T, D) with T = D = 28: float32, each pixel divided by 255, so that 0 <= x <= 1

    Raises:
        ValueError: images has another number of axes than three
    """
    # begin solution
    if images.ndim != 3:
        raise ValueError(f"images must be (N, 28, 28), not {images.shape}")
    x = images.astype(np.float32)
    return x / 255
    # end solution
