import contextlib

import torch


@contextlib.contextmanager
def evaluating(model):
    mode = model.training
    try:
        yield model.eval()
    finally:
        model.train(mode)


@torch.inference_mode()
def accuracy(model, batches):
    device = next(model.parameters()).device
    hits = []
    with evaluating(model) as net:
        for images, labels in batches:
            _, best = net(images.to(device)).max(1)
            hits.extend((best.cpu() == labels.cpu()).tolist())
    return sum(hits) / len(hits)
