import torch


def accuracy(model, batches):
    was_training = model.training
    model.eval()
    device = next(model.parameters()).device
    right, total = 0, 0
    with torch.no_grad():
        for images, labels in batches:
            predicted = model(images.to(device)).argmax(dim=1)
            right += (predicted == labels.to(device)).sum().item()
            total += len(labels)
    model.train()
    return right / total
