import torch


def accuracy(model, batches):
    was_training = model.training
    model.eval()
    device = next(model.parameters()).device
    right, total = 0, 0
    shares = []
    with torch.no_grad():
        for images, labels in batches:
            predicted = model(images.to(device)).argmax(dim=1)
            shares.append((predicted == labels.to(device)).float().mean().item())
    model.train(was_training)
    return sum(shares) / len(shares)
