import torch
from torch import nn


class LSTMLayer(nn.Module):
    """One LSTM layer, batch first: what nn.LSTM computes, with the loop in sight.

    Parameters, shaped and used as those of nn.LSTM (blocks of H rows in the order i, f, g, o):
        weight_ih: (4H, D)    bias_ih: (4H,)
        weight_hh: (4H, H)    bias_hh: (4H,)
    """

    def __init__(self, input_size, hidden_size):
        """Make the four parameters; any initialization will do."""
        super().__init__()
        # begin solution
        bound = hidden_size**-0.5
        self.weight_ih = nn.Parameter(torch.empty(4 * hidden_size, input_size))
        self.weight_hh = nn.Parameter(torch.empty(4 * hidden_size, hidden_size))
        self.bias_ih = nn.Parameter(torch.empty(4 * hidden_size))
        self.bias_hh = nn.Parameter(torch.empty(4 * hidden_size))
        for parameter in self.parameters():
            nn.init.uniform_(parameter, -bound, bound)
        # end solution

    def forward(self, x, state=None):
        """Run the layer over whole sequences.

        Args:
            x: inputs, (N, T, D)
            state: (h, c) before the first step, (N, H) each; None: zeros

        Returns:
            outputs, (N, T, H): the hidden state after every step
            (h, c), (N, H) each: the state after the last step
        """
        # begin solution
        N, T, _ = x.shape
        H = self.weight_hh.shape[1]
        if state is None:
            h = x.new_zeros(N, H)
            c = x.new_zeros(N, H)
        else:
            h, c = state
        outputs = []
        for t in range(T):
            a = x[:, t] @ self.weight_ih.T + self.bias_ih  # (N, 4H)
            a = a + h @ self.weight_hh.T + self.bias_hh  # (N, 4H)
            i, f, g, o = a.chunk(4, dim=1)  # each (N, H)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()  # (N, H)
            h = o.sigmoid() * c.tanh()  # (N, H)
            outputs.append(h)
        return torch.stack(outputs, dim=1), (h, c)
        # end solution
