import torch
from torch import nn

criterion = nn.CrossEntropyLoss(reduction="sum")


def clip(parameters, limit):
    grads = [p.grad for p in parameters if p.grad is not None]
    norm = torch.sqrt(sum((g.double() ** 2).sum() for g in grads))
    if norm > limit:
        for g in grads:
            g.mul_((limit / norm).to(g.dtype))


def train_epoch(model, batches, optimizer, max_norm=1.0):
    model.train(True)
    losses, sizes = [], []
    for images, labels in batches:
        device = next(iter(model.parameters())).device
        logits = model(images.to(device))
        summed = criterion(logits, labels.to(device))
        n = logits.size(0)
        model.zero_grad()
        (summed / n).backward()
        if max_norm is not None:
            clip(list(model.parameters()), max_norm)
        optimizer.step()
        losses.append(float(summed.detach()))
        sizes.append(n)
    return sum(losses) / sum(sizes)
