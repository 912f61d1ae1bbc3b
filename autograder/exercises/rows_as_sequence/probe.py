"""Probes of rows_as_sequence.

No image is symmetric, so that columns taken for rows show in the numbers. In "square" there are 28
images, so that every mix-up of axes keeps the shape. The pixels reach from 0 to 255 in one case and
do not in another: a division by the maximum is not one by 255. The last three are to be refused.
"""


def cases(rng):
    """Return the arguments of each call, by name of the case, in the signature's order."""
    several = rng.integers(0, 256, size=(3, 28, 28), dtype="uint8")
    several[0, 0, :2] = 0, 255
    return {
        "several": {"images": several},
        "square": {"images": rng.integers(0, 256, size=(28, 28, 28), dtype="uint8")},
        "one": {"images": rng.integers(20, 200, size=(1, 28, 28), dtype="uint8")},
        "no-batch": {"images": rng.integers(0, 256, size=(28, 28), dtype="uint8")},
        "flat": {"images": rng.integers(0, 256, size=(3, 784), dtype="uint8")},
        "channels": {"images": rng.integers(0, 256, size=(3, 28, 28, 1), dtype="uint8")},
    }
