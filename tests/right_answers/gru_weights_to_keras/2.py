import torch


def gru_weights_to_keras(state_dict):
    H = state_dict["weight_hh_l0"].shape[1]
    index = torch.tensor(list(range(H, 2 * H)) + list(range(H)) + list(range(2 * H, 3 * H)))
    kernel = state_dict["weight_ih_l0"].index_select(0, index).t().contiguous()
    recurrent = state_dict["weight_hh_l0"].index_select(0, index).t().contiguous()
    bias = torch.empty(2, 3 * H)
    for row, name in enumerate(["bias_ih_l0", "bias_hh_l0"]):
        bias[row] = state_dict[name][index]
    return [t.detach().numpy() for t in (kernel, recurrent, bias)]
