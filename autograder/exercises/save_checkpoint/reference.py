import torch


def save_checkpoint(path, model, optimizer, epoch):
    """Write everything that is needed to go on training later.

    The file holds a dict with the keys "model" and "optimizer", each the object's state_dict, and
    "epoch", the number; torch.load(path, weights_only=True) can read it.

    Args:
        path: where to write, a string or a Path
        model: an nn.Module
        optimizer: the optimizer of its parameters
        epoch: how many epochs have been trained
    """
    # begin solution
    checkpoint = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "epoch": epoch,
    }
    torch.save(checkpoint, path)
    # end solution
