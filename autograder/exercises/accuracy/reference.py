import torch


def accuracy(model, batches):
    """Return the share of right answers, with the model in evaluation mode.

    Args:
        model: an nn.Module, images -> logits (N, C)
        batches: yields (images, labels), N of each, N not always the same; read once

    Returns:
        right answers / images, between 0 and 1; the model is left in the mode it came in
    """
    # begin solution
    device = next(model.parameters()).device
    training = model.training
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for images, labels in batches:
            answers = model(images.to(device)).argmax(dim=1)
            right += (answers == labels.to(device)).sum().item()
            count += len(labels)
    model.train(training)
    return right / count
    # end solution
