import torch
from torch import nn


class RowClassifier(nn.Module):
    """Recurrent layers that read an image row by row, and one Linear that names the digit.

    Args:
        cell: "rnn", "lstm" or "gru"
        hidden_size: H, per direction
        num_layers: layers one above the other
        bidirectional: whether each layer also reads from the last row to the first
        num_classes: C
    """

    def __init__(
        self, cell="lstm", hidden_size=128, num_layers=2, bidirectional=False, num_classes=10
    ):
        """Make the layers: those of torch.nn, and a Linear of H inputs (2H with two directions)."""
        super().__init__()
        # begin solution
        layer = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[cell]
        self.layers = layer(
            28, hidden_size, num_layers, batch_first=True, bidirectional=bidirectional
        )
        directions = 2 if bidirectional else 1
        self.readout = nn.Linear(directions * hidden_size, num_classes)
        # end solution

    def forward(self, images):
        """Turn images (N, 28, 28), one row a time step, into logits (N, C)."""
        # begin solution
        H = self.layers.hidden_size
        output, _ = self.layers(images)  # (N, 28, H), or (N, 28, 2H)
        forward = output[:, -1, :H]  # has read rows 0 to 27
        backward = output[:, 0, H:]  # has read rows 27 to 0; (N, 0) with one direction
        return self.readout(torch.cat([forward, backward], dim=1))
        # end solution
