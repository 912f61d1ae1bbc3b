import torch
from torch import nn


class RowClassifier(nn.Module):
    def __init__(self, cell="lstm", hidden_size=128, num_layers=2, bidirectional=False, num_classes=10):
        super().__init__()
        layer = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[cell]
        self.hidden_size = hidden_size
        self.bidirectional = bidirectional
        self.rnn = layer(28, hidden_size, num_layers, batch_first=True, bidirectional=bidirectional)
        self.readout = nn.Linear(hidden_size * (2 if bidirectional else 1), num_classes)

    def forward(self, images):
        outputs, _ = self.rnn(images)
        H = self.hidden_size
        last = outputs[:, -1, :H]
        if self.bidirectional:
            last = torch.cat([last, outputs[:, 0, H:]], dim=1)
        return torch.softmax(self.readout(last), dim=1)
