import torch
import torch.nn as nn


class RowClassifier(nn.Module):
    def __init__(self, cell="lstm", hidden_size=128, num_layers=2, bidirectional=False, num_classes=10):
        super().__init__()
        options = dict(input_size=28, hidden_size=hidden_size, num_layers=num_layers, bidirectional=bidirectional)
        if cell == "lstm":
            self.layers = nn.LSTM(**options)
        elif cell == "gru":
            self.layers = nn.GRU(**options)
        else:
            self.layers = nn.RNN(nonlinearity="tanh", **options)
        self.directions = 1 + int(bidirectional)
        self.fc = nn.Linear(self.directions * hidden_size, num_classes)

    def forward(self, images):
        _, final = self.layers(images.transpose(0, 1))
        h = final[0] if isinstance(final, tuple) else final
        # the last entries are the top layer's: forward, backward
        top = h[-self.directions:]
        return self.fc(torch.cat(tuple(top), dim=-1))
