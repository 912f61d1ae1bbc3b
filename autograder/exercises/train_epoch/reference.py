import torch.nn.functional as F
from torch import nn


def train_epoch(model, batches, optimizer, max_norm=1.0):
    """Train a classifier on every batch once.

    Args:
        model: an nn.Module, images -> logits (N, C)
        batches: yields (images, labels), N of each, N not always the same; read once
        optimizer: holds the model's parameters
        max_norm: largest global norm of the gradient at an update; None: no clipping

    Returns:
        the mean loss over all images, each batch's loss taken before its own update
    """
    # begin solution
    device = next(model.parameters()).device
    model.train()
    total, count = 0.0, 0
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = F.cross_entropy(model(images), labels)  # the mean over this batch
        optimizer.zero_grad()
        loss.backward()
        if max_norm is not None:
            nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
        total += loss.item() * len(images)
        count += len(images)
    return total / count
    # end solution
