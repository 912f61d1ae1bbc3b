import numpy as np


def masked_cross_entropy(logits, targets, mask):
    N, T, C = logits.shape
    loss = 0.0
    dlogits = np.zeros(logits.shape)
    for n in range(N):
        for t in range(T):
            if not mask[n, t]:
                continue
            z = logits[n, t] - np.max(logits[n, t])
            total = np.sum(np.exp(z))
            k = targets[n, t]
            loss += np.log(total) - z[k]
            dlogits[n, t] = np.exp(z) / total
            dlogits[n, t, k] -= 1
    return loss / N, dlogits / N
