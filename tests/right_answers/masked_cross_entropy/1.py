import numpy as np


def masked_cross_entropy(logits, targets, mask):
    N, T, C = logits.shape
    shifted = logits - logits.max(axis=2, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    safe = np.where(mask, targets, 0)
    picked = np.take_along_axis(log_p, safe[:, :, None], axis=2)[:, :, 0]
    loss = -(picked * mask).sum() / N
    dlogits = np.exp(log_p)
    dlogits -= np.eye(C)[safe]
    dlogits *= mask[:, :, None] / N
    return loss, dlogits
