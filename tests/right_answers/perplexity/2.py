import math


def perplexity(mean_losses, counts):
    total, tokens = 0.0, 0
    for loss, n in zip(mean_losses, counts):
        total += float(loss) * int(n)
        tokens += int(n)
    return math.exp(total / tokens)
