import torch


def load_checkpoint(path, model, optimizer=None, device="cpu"):
    with open(path, "rb") as file:
        data = torch.load(file, map_location=torch.device(device), weights_only=True)
    targets = {"model": model}
    if optimizer:
        targets["optimizer"] = optimizer
    for key, thing in targets.items():
        thing.load_state_dict(data[key])
    return int(data["epoch"])
