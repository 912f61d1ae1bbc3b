import math


def clip_by_global_norm(grads, max_norm):
    total = 0.0
    for g in grads:
        total += float((g * g).sum())
    norm = math.sqrt(total)
    scale = min(1.0, max_norm / (norm + 1e-6))
    clipped = []
    for g in grads:
        clipped.append(scale * g)
    return clipped, norm
