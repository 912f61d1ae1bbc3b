from torch import nn


class FixBatchAxis(nn.Module):
    """Read sequences with an LSTM and name the class of each, from its last step.

    Args:
        input_size: D
        hidden_size: H
        num_classes: C
    """

    def __init__(self, input_size, hidden_size, num_classes):
        """Make the two layers."""
        super().__init__()
        # begin solution
        self.lstm = nn.LSTM(input_size, hidden_size, batch_first=True)
        self.readout = nn.Linear(hidden_size, num_classes)
        # end solution

    def forward(self, x):
        """Turn sequences (N, T, D) into logits (N, C)."""
        # begin solution
        output, _ = self.lstm(x)  # (N, T, H)
        return self.readout(output[:, -1])  # (N, C)
        # end solution
