import os

import torch


def save_checkpoint(path, model, optimizer, epoch):
    checkpoint = dict(epoch=int(epoch))
    checkpoint["optimizer"] = optimizer.state_dict()
    checkpoint["model"] = {k: v.detach().cpu().clone() for k, v in model.state_dict().items()}
    temporary = str(path) + ".tmp"
    with open(temporary, "wb") as file:
        torch.save(checkpoint, file)
    os.replace(temporary, path)
    return path
