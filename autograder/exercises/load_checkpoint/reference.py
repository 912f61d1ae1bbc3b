import torch


def load_checkpoint(path, model, optimizer=None, device="cpu"):
    """Bring a model, and an optimizer if there is one, into the state that a file holds.

    The file was written by save_checkpoint: a dict with the keys "model" and "optimizer", each a
    state_dict, and "epoch".

    Args:
        path: the file, a string or a Path
        model: an nn.Module of the same architecture; changed in place
        optimizer: the optimizer of its parameters, changed in place; None: not needed
        device: where the tensors of the file are to go, whatever device they were saved from

    Returns:
        the epoch in the file
    """
    # begin solution
    checkpoint = torch.load(path, map_location=device, weights_only=True)
    model.load_state_dict(checkpoint["model"])
    if optimizer is not None:
        optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["epoch"]
    # end solution
