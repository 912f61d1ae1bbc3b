import torch
import torch.nn.functional as F


def train_epoch(model, batches, optimizer, max_norm=1.0):
    model.train()
    device = next(model.parameters()).device
    total, count = 0.0, 0
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        if max_norm is not None:
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
        total += loss.item()
        count += 1
    return total / count
