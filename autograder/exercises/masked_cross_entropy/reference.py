import numpy as np


def masked_cross_entropy(logits, targets, mask):
    """Return the cross-entropy summed over the real steps, a sequence, and its gradient.

    Args:
        logits: scores of the C classes at every step, (N, T, C)
        targets: right class at every step, integers, (N, T); may be -1 where mask is False
        mask: True where the step is real, (N, T), booleans

    Returns:
        (loss, dlogits)
        loss: number, the sum over all real steps, divided by N
        dlogits: gradient of the loss by the logits, (N, T, C), zero where mask is False
    """
    # begin solution
    N, _, C = logits.shape
    largest = logits.max(axis=-1, keepdims=True)  # (N, T, 1)
    shifted = logits - largest  # no exponential above 1: nothing overflows
    total = np.exp(shifted).sum(axis=-1, keepdims=True)  # (N, T, 1), at least 1
    log_p = shifted - np.log(total)  # (N, T, C)
    right = np.where(mask, targets, 0)  # any class will do where the step does not count
    picked = np.take_along_axis(log_p, right[..., None], axis=-1)[..., 0]  # (N, T)
    loss = -np.sum(mask * picked) / N
    dlogits = np.exp(log_p) - (right[..., None] == np.arange(C))
    dlogits = mask[..., None] * dlogits / N
    return loss, dlogits
    # end solution
