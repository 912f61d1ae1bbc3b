"""Answers to the tasks of chapter 09 in other styles: the right ones pass, the wrong ones do not.

Neither are the reference or an edit of it: they are what people write who have not seen it.
"""

import pytest

pytest.importorskip("torch")

R = {}  # right answers, by task
W = {}  # wrong ones
R["LSTMLayer"] = [
    """
import torch
from torch import nn
class LSTMLayer(nn.LSTMCell):
    def forward(self, x, state=None):
        outs = []
        for row in x.unbind(1):
            state = super().forward(row, state)
            outs.append(state[0])
        return torch.stack(outs, 1), state
""",
    """
import torch, math
import torch.nn as nn
import torch.nn.functional as F
class LSTMLayer(nn.Module):
    def __init__(self, input_size, hidden_size):
        super(LSTMLayer, self).__init__()
        self.H = hidden_size
        self.weight_ih = nn.Parameter(torch.zeros(4*hidden_size, input_size))
        self.weight_hh = nn.Parameter(torch.zeros(4*hidden_size, hidden_size))
        self.bias_ih = nn.Parameter(torch.zeros(4*hidden_size))
        self.bias_hh = nn.Parameter(torch.zeros(4*hidden_size))
        nn.init.xavier_uniform_(self.weight_ih); nn.init.orthogonal_(self.weight_hh)
    def step(self, x, h, c):
        z = F.linear(x, self.weight_ih, self.bias_ih) + F.linear(h, self.weight_hh, self.bias_hh)
        H = self.H
        i = torch.sigmoid(z[:, :H]); f = torch.sigmoid(z[:, H:2*H]); g = torch.tanh(z[:, 2*H:3*H]); o = torch.sigmoid(z[:, 3*H:])
        c = f * c + i * g
        return o * torch.tanh(c), c
    def forward(self, x, state=None):
        if state is None:
            state = torch.zeros(x.size(0), self.H), torch.zeros(x.size(0), self.H)
        h, c = state
        outputs = torch.zeros(x.size(0), x.size(1), self.H)
        for t in range(x.size(1)):
            h, c = self.step(x[:, t, :], h, c)
            outputs[:, t, :] = h
        return outputs, (h, c)
""",
    """
import torch
from torch import nn
class LSTMLayer(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        for n, s in dict(weight_ih=(4*hidden_size, input_size), weight_hh=(4*hidden_size, hidden_size), bias_ih=(4*hidden_size,), bias_hh=(4*hidden_size,)).items():
            self.register_parameter(n, nn.Parameter(torch.randn(s)))
        self.register_buffer("zero", torch.zeros(1))
    def forward(self, x, state=None):
        xs = x.transpose(0, 1) @ self.weight_ih.t()
        N, H = x.shape[0], self.weight_hh.shape[1]
        h, c = state if state is not None else (self.zero.expand(N, H), self.zero.expand(N, H))
        hs = []
        for z in xs:
            i, f, g, o = torch.split(z + self.bias_ih + self.bias_hh + h @ self.weight_hh.t(), H, dim=-1)
            c = torch.sigmoid(f)*c + torch.sigmoid(i)*torch.tanh(g)
            h = torch.sigmoid(o)*torch.tanh(c)
            hs.append(h.unsqueeze(1))
        return [torch.cat(hs, 1), [h, c]]
""",
    """
import torch
from torch import nn
class LSTMLayer(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        inner = nn.LSTM(input_size, hidden_size, batch_first=True)
        self.weight_ih, self.weight_hh = inner.weight_ih_l0, inner.weight_hh_l0
        self.bias_ih, self.bias_hh = inner.bias_ih_l0, inner.bias_hh_l0
    def forward(self, x, state=None):
        H = self.weight_hh.shape[1]
        if state is None: state = (torch.zeros(x.shape[0], H), torch.zeros(x.shape[0], H))
        out, h, c = torch._VF.lstm(x, (state[0][None], state[1][None]), (self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh), True, 1, 0.0, self.training, False, True)
        return out, (h[0], c[0])
""",
]
base = R["LSTMLayer"][1]
W["LSTMLayer"] = [
    base.replace("outputs[:, t, :] = h", "outputs[:, t, :] = h.data"),
    base.replace(
        "torch.zeros(x.size(0), x.size(1), self.H)", "torch.zeros(x.size(0), self.H, x.size(1))"
    ).replace("outputs[:, t, :]", "outputs[:, :, t]"),
    base.replace("range(x.size(1))", "range(x.size(1) - 1)"),
    base.replace("range(x.size(1))", "reversed(range(x.size(1)))"),
    base.replace(
        "weight_ih = nn.Parameter(torch.zeros(4*hidden_size, input_size))",
        "weight_ih = nn.Parameter(torch.zeros(input_size, 4*hidden_size))",
    ).replace("self.weight_ih,", "self.weight_ih.T,"),
    base.replace("weight_ih", "W_ih"),
    base.replace("return outputs, (h, c)", "return outputs, h, c"),
    base.replace("return outputs, (h, c)", "return outputs"),
    base.replace("c = f * c + i * g\n", "c = f * c + i * g; c = torch.tanh(c)\n"),
    base.replace("c = f * c + i * g", "c = f * c + (1 - f) * g"),
    base.replace("h, c = self.step", "h, c = self.step").replace(
        "self.step(x[:, t, :], h, c)", "self.step(x[:, t, :], h.detach(), c)"
    ),
    base.replace("        if state is None:\n", "        if True:\n"),
    base.replace(
        "self.bias_hh = nn.Parameter(torch.zeros(4*hidden_size))", "self.bias_hh = self.bias_ih"
    ),
    base.replace(
        "    def forward(self, x, state=None):\n",
        "    @torch.no_grad()\n    def forward(self, x, state=None):\n",
    ),
]
R["RowClassifier"] = [
    """
import torch
import torch.nn as nn
class RowClassifier(nn.Module):
    def __init__(self, cell="lstm", hidden_size=128, num_layers=2, bidirectional=False, num_classes=10):
        super().__init__()
        if cell == "lstm": cls = nn.LSTM
        elif cell == "gru": cls = nn.GRU
        else: cls = nn.RNN
        self.bi = bidirectional
        self.rnn = cls(28, hidden_size, num_layers, batch_first=True, bidirectional=bidirectional)
        self.fc = nn.Linear(hidden_size * (2 if bidirectional else 1), num_classes)
    def forward(self, images):
        _, h = self.rnn(images)
        if isinstance(h, tuple): h = h[0]
        h = torch.cat([h[-2], h[-1]], 1) if self.bi else h[-1]
        return self.fc(h)
""",
    """
import torch
from torch import nn
class RowClassifier(nn.Module):
    def __init__(self, cell="lstm", hidden_size=128, num_layers=2, bidirectional=False, num_classes=10):
        super().__init__()
        self.fc = nn.Linear((1 + bidirectional) * hidden_size, num_classes)
        self.net = getattr(nn, cell.upper())(input_size=28, hidden_size=hidden_size, num_layers=num_layers, bidirectional=bidirectional)
        self.dirs = 1 + int(bidirectional)
    def forward(self, images):
        x = (images - 0.1307) / 0.3081
        out, _ = self.net(x.permute(1, 0, 2))
        H = self.net.hidden_size
        if self.dirs == 2:
            feats = torch.cat((out[0, :, H:], out[-1, :, :H]), dim=-1)
        else:
            feats = out[-1]
        return self.fc(feats)
""",
    """
import torch
from torch import nn
CELLS = {"rnn": nn.RNNCell, "lstm": nn.LSTMCell, "gru": nn.GRUCell}
class RowClassifier(nn.Module):
    def __init__(self, cell="lstm", hidden_size=128, num_layers=2, bidirectional=False, num_classes=10):
        super().__init__()
        self.D = 2 if bidirectional else 1
        self.H = hidden_size
        self.layers = nn.ModuleList()
        for l in range(num_layers):
            size = 28 if l == 0 else hidden_size * self.D
            self.layers.append(nn.ModuleList([CELLS[cell](size, hidden_size) for _ in range(self.D)]))
        self.out = nn.Linear(hidden_size * self.D, num_classes)
    def run(self, cell, seq):
        state = None; hs = []
        for x in seq:
            state = cell(x, state)
            hs.append(state[0] if isinstance(state, tuple) else state)
        return hs
    def forward(self, images):
        seq = list(images.unbind(1))
        for layer in self.layers:
            fwd = self.run(layer[0], seq)
            if self.D == 2:
                bwd = self.run(layer[1], seq[::-1])[::-1]
                last = torch.cat([fwd[-1], bwd[0]], 1)
                seq = [torch.cat(p, 1) for p in zip(fwd, bwd)]
            else:
                last = fwd[-1]; seq = fwd
        return self.out(last)
""",
    """
import torch
from torch import nn
class RowClassifier(nn.Module):
    def __init__(self, cell="lstm", hidden_size=128, num_layers=2, bidirectional=False, num_classes=10):
        super().__init__()
        self.args = (num_layers, hidden_size, bidirectional, cell)
        self.rnn = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[cell](28, hidden_size, num_layers, batch_first=True, bidirectional=bidirectional)
        self.fc = nn.Linear(hidden_size * (2 if bidirectional else 1), num_classes)
        for n, p in self.rnn.named_parameters():
            if "weight_hh" in n: nn.init.orthogonal_(p)
    def forward(self, images):
        N = images.size(0); L, H, bi, cell = self.args
        h0 = torch.zeros(L * (2 if bi else 1), N, H).to(images.device)
        state = (h0, h0.clone()) if cell == "lstm" else h0
        out, h = self.rnn(images.reshape(N, 28, 28), state)
        if cell == "lstm": h = h[0]
        h = h.view(L, -1, N, H)[-1].permute(1, 0, 2).reshape(N, -1)
        return self.fc(h)
""",
    """
import torch
from torch import nn
class RowClassifier(nn.Module):
    def __init__(self, cell="lstm", hidden_size=128, num_layers=2, bidirectional=False, num_classes=10):
        super().__init__()
        self.rnn = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[cell](28, hidden_size, num_layers, batch_first=True, bidirectional=bidirectional)
        self.fc = nn.Linear(hidden_size * (2 if bidirectional else 1), num_classes)
        self.bi, self.H = bidirectional, hidden_size
    def forward(self, images):
        out, _ = self.rnn(images)
        y = torch.log_softmax(self.fc(out[:, -1] if not self.bi else torch.cat([out[:, -1, :self.H], out[:, 0, self.H:]], -1)), dim=-1)
        return y
""",
]
b = R["RowClassifier"][0]
c = R["RowClassifier"][2]
d = R["RowClassifier"][4]
W["RowClassifier"] = [
    b.replace("batch_first=True, ", ""),
    b.replace("torch.cat([h[-2], h[-1]], 1) if self.bi else h[-1]", "h[-1]"),
    b.replace(
        "torch.cat([h[-2], h[-1]], 1) if self.bi else h[-1]",
        "(h[-2:] if self.bi else h[-1:]).view(len(images), -1)",
    ),
    b.replace(
        "torch.cat([h[-2], h[-1]], 1) if self.bi else h[-1]",
        "torch.cat([h[0], h[1]], 1) if self.bi else h[0]",
    ),
    b.replace("        return self.fc(h)", "        return torch.softmax(self.fc(h), -1)"),
    b.replace("        return self.fc(h)", "        return self.fc(h).argmax(1)"),
    b.replace("        return self.fc(h)", "        return self.fc(torch.relu(h))"),
    b.replace("        return self.fc(h)", "        return self.fc(h).squeeze()"),
    b.replace("        return self.fc(h)", "        return self.fc(h) * 0.5"),
    d.replace("torch.cat([out[:, -1, :self.H], out[:, 0, self.H:]], -1)", "out[:, -1]"),
    d.replace("torch.cat([out[:, -1, :self.H], out[:, 0, self.H:]], -1)", "out[:, 0]"),
    d.replace(
        "torch.cat([out[:, -1, :self.H], out[:, 0, self.H:]], -1)",
        "torch.cat([out[:, 0, :self.H], out[:, -1, self.H:]], -1)",
    ),
    d.replace("out[:, -1] if", "out.max(dim=1)[0] if"),
    c.replace("[::-1])[::-1]", ")"),
    c.replace("[::-1])[::-1]", "[::-1])"),
    b.replace("self.rnn(images)", "self.rnn(images.float().numpy())"),
    b.replace("self.rnn(images)", "self.rnn(images.view(-1, 14, 56)[:, :, :28])"),
    b.replace("        return self.fc(h)", "        return nn.functional.dropout(self.fc(h), 0.5)"),
    b.replace(
        "_, h = self.rnn(images)",
        "_, h = self.rnn(images, getattr(self, 's', None)) if images.shape[0] == getattr(self, 'n', 0) else self.rnn(images); self.n = images.shape[0]; self.s = tuple(a.detach() for a in h) if isinstance(h, tuple) else h.detach()",
    ),
    b.replace(
        "num_layers, batch_first=True, bidirectional",
        "num_layers, batch_first=True, dropout=0.3, bidirectional",
    ).replace(
        "super().__init__()", "super().__init__(); import warnings; warnings.simplefilter('ignore')"
    ),
]
R["train_epoch"] = [
    """
import torch
from torch import nn
def train_epoch(model, batches, optimizer, max_norm=1.0):
    criterion = nn.CrossEntropyLoss()
    device = next(iter(model.parameters())).device
    model.train(True)
    losses, sizes = [], []
    for x, y in batches:
        x = x.to(device); y = y.to(device)
        optimizer.zero_grad(set_to_none=False)
        out = model(x)
        loss = criterion(out, y)
        loss.backward()
        if max_norm:
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=max_norm)
        optimizer.step()
        losses.append(loss.detach() * x.shape[0]); sizes.append(x.shape[0])
    return sum(losses) / sum(sizes)
""",
    """
import torch.nn.functional as F, torch
def train_epoch(model, batches, optimizer, max_norm=1.0):
    model.train()
    p = list(model.parameters())
    total = n = 0
    for images, labels in batches:
        loss = F.cross_entropy(model(images.to(p[0].device)), labels.to(p[0].device), reduction="sum")
        total += float(loss.detach()); n += labels.numel()
        (loss / labels.numel()).backward()
        if max_norm is not None:
            norm = torch.sqrt(sum((q.grad ** 2).sum() for q in p))
            if norm > max_norm:
                for q in p: q.grad.mul_(max_norm / norm)
        optimizer.step()
        optimizer.zero_grad()
    return total / n
""",
    """
import torch, numpy as np
def train_epoch(model, batches, optimizer, max_norm=1.0):
    model.train()
    ls = []
    for images, labels in batches:
        model.zero_grad()
        logp = torch.log_softmax(model(images), 1)
        each = -logp[range(len(labels)), labels]
        each.mean().backward()
        if max_norm is not None: torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
        ls += each.tolist()
    return np.mean(ls)
""",
    """
import torch
from torch.nn.functional import cross_entropy
def train_epoch(model, batches, optimizer, max_norm=1.0):
    limit = float("inf") if max_norm is None else max_norm
    model.train()
    total = torch.zeros(()); n = 0
    for images, labels in batches:
        loss = cross_entropy(model(images), labels)
        for p in model.parameters(): p.grad = None
        grads = torch.autograd.grad(loss, list(model.parameters()))
        for p, g in zip(model.parameters(), grads): p.grad = g
        torch.nn.utils.clip_grad_norm_(model.parameters(), limit)
        optimizer.step()
        total += loss.detach() * len(images); n += len(images)
    return (total / n).item()
""",
]
b = R["train_epoch"][0]
W["train_epoch"] = [
    b.replace("optimizer.step()", "optimizer.step(); optimizer.zero_grad()").replace(
        "loss.backward()", "loss.backward(); loss2 = criterion(model(x), y); loss2.backward()"
    ),
    b.replace("return sum(losses) / sum(sizes)", "return losses"),
    b.replace("return sum(losses) / sum(sizes)", "pass"),
    b.replace("return sum(losses) / sum(sizes)", "return sum(losses) / len(sizes)"),
    b.replace("optimizer.zero_grad(set_to_none=False)", "pass"),
    b.replace("max_norm=max_norm", "max_norm=max_norm, norm_type=1"),
    b.replace("for x, y in batches:", "for x, y in batches:\n        model.eval()"),
    b.replace("nn.CrossEntropyLoss()", "nn.CrossEntropyLoss(label_smoothing=0.1)"),
    b.replace("criterion(out, y)", "criterion(out.softmax(-1), y)"),
    b.replace("for x, y in batches:", "for k, (x, y) in enumerate(batches):").replace(
        "optimizer.zero_grad(set_to_none=False)", "if k == 0: optimizer.zero_grad()"
    ),
    b.replace("for x, y in batches:", "n = len(list(batches))\n    for x, y in batches:"),
    b.replace(
        "criterion(out, y)", "((out - torch.nn.functional.one_hot(y, out.shape[1]))**2).mean()"
    ),
    b.replace("loss.detach() * x.shape[0]", "loss.detach()"),
    b.replace(
        "        optimizer.step()\n",
        "        with torch.no_grad():\n            for p in model.parameters(): p -= 0.5 * p.grad\n",
    ),
]
R["accuracy"] = [
    """
import torch
@torch.no_grad()
def accuracy(model, batches):
    was = model.training
    model.eval()
    hits = []
    for x, y in batches:
        hits.append((torch.argmax(model(x), -1) == y).float())
    model.train(was)
    return torch.cat(hits).mean()
""",
    """
import torch
def accuracy(model, batches):
    mode = model.training
    try:
        model.train(False)
        correct = total = 0
        with torch.inference_mode():
            for images, labels in batches:
                _, predicted = torch.max(model(images).data, 1)
                total += labels.size(0)
                correct += int((predicted == labels).sum())
    finally:
        if mode:
            model.train()
    return correct / total
""",
    """
import torch, numpy as np
def accuracy(model, batches):
    before = {m: m.training for m in model.modules()}
    model.eval()
    p, q = [], []
    torch.set_grad_enabled(False)
    for x, y in batches:
        p.append(model(x).softmax(1).numpy().argmax(1)); q.append(y.numpy())
    torch.set_grad_enabled(True)
    for m, t in before.items(): m.training = t
    return np.mean(np.concatenate(p) == np.concatenate(q))
""",
]
b = R["accuracy"][1]
W["accuracy"] = [
    b.replace("        if mode:\n            model.train()\n", "        pass\n"),
    b.replace("correct / total", "round(correct / total, 2)"),
    b.replace("correct / total", "correct // total"),
    b.replace("torch.max(model(images).data, 1)", "torch.max(model(images).data, 0)"),
    b.replace("int((predicted == labels).sum())", "int((predicted == labels).any())"),
    b.replace("with torch.inference_mode():", "if True:"),
    b.replace("correct / total", "f'{correct / total}'"),
    b.replace("model.train(False)", "pass"),
    b.replace(
        "for images, labels in batches:",
        "batches = list(batches)\n            for images, labels in batches[:1]:",
    ),
    b.replace("        if mode:\n            model.train()\n", "        model.train(not mode)\n"),
]
R["save_checkpoint"] = [
    """
import torch
def save_checkpoint(path, model, optimizer, epoch):
    torch.save(dict(model=model.state_dict(), optimizer=optimizer.state_dict(), epoch=epoch, torch=torch.__version__ + ""), str(path))
""",
    """
import torch, os
def save_checkpoint(path, model, optimizer, epoch):
    tmp = str(path) + ".tmp"
    torch.save({"model": {k: v.cpu().clone() for k, v in model.state_dict().items()}, "optimizer": optimizer.state_dict(), "epoch": int(epoch), "rng": torch.get_rng_state()}, tmp)
    os.replace(tmp, path)
    return path
""",
    """
import torch
def save_checkpoint(path, model, optimizer, epoch):
    with open(path, "wb") as f:
        torch.save({"epoch": torch.tensor(epoch), "optimizer": optimizer.state_dict(), "model": model.state_dict()}, f)
""",
]
W["save_checkpoint"] = [
    """
import pickle
def save_checkpoint(path, model, optimizer, epoch):
    pickle.dump({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, open(path, "wb"))
""",
    """
import torch
def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, "checkpoint.pt")
""",
    """
import torch
def save_checkpoint(path, model, optimizer, epoch):
    torch.save((model.state_dict(), optimizer.state_dict(), epoch), path)
""",
    """
import torch
def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": list(model.parameters()), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)
""",
    """
import torch
def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": {k: v.numpy() for k, v in model.state_dict().items()}, "optimizer": optimizer.state_dict(), "epoch": epoch}, path)
""",
    """
import torch
def save_checkpoint(path, model, optimizer, epoch):
    return {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
""",
    """
import torch
def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": str(epoch)}, path)
""",
    """
import torch
def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()["param_groups"], "epoch": epoch}, path)
""",
]
R["load_checkpoint"] = [
    """
import torch
def load_checkpoint(path, model, optimizer=None, device="cpu"):
    state = torch.load(str(path), map_location=torch.device(device))
    model.load_state_dict(state["model"])
    model.to(device)
    if optimizer: optimizer.load_state_dict(state["optimizer"])
    return int(state["epoch"])
""",
    """
import torch
def load_checkpoint(path, model, optimizer=None, device="cpu"):
    with open(path, "rb") as f:
        ck = torch.load(f, map_location=lambda s, loc: s, weights_only=True)
    model.load_state_dict(ck.get("model"), strict=True)
    if optimizer is not None:
        optimizer.load_state_dict(ck["optimizer"])
    model.eval()
    return ck["epoch"]
""",
    """
import torch
def load_checkpoint(path, model, optimizer=None, device="cpu"):
    c = torch.load(path, device)
    own = model.state_dict()
    if set(own) != set(c["model"]): raise RuntimeError("another network")
    with torch.no_grad():
        for k in own: own[k].copy_(c["model"][k])
    if optimizer is not None: optimizer.load_state_dict(c["optimizer"])
    return torch.tensor(c["epoch"])
""",
]
b = R["load_checkpoint"][1]
W["load_checkpoint"] = [
    b.replace('return ck["epoch"]', "return ck"),
    b.replace('return ck["epoch"]', "return model, optimizer, ck['epoch']"),
    b.replace('return ck["epoch"]', "pass"),
    b.replace("map_location=lambda s, loc: s, ", ""),
    b.replace("strict=True", "strict=False"),
    b.replace("if optimizer is not None", "if optimizer is None"),
    b.replace(
        '    if optimizer is not None:\n        optimizer.load_state_dict(ck["optimizer"])\n',
        '    optimizer = torch.optim.Adam(model.parameters()); optimizer.load_state_dict(ck["optimizer"])\n',
    ),
    b.replace("model.load_state_dict(ck.get", "model.load_state_dict(ck.get").replace(
        'ck.get("model")', 'ck["model_state_dict"]'
    ),
    b.replace(
        'model.load_state_dict(ck.get("model"), strict=True)',
        'try:\n        model.load_state_dict(ck["model"])\n    except Exception:\n        pass',
    ),
    b.replace(
        'model.load_state_dict(ck.get("model"), strict=True)',
        'model = ck["model"]; del model["0.weight"]',
    ).replace("model.eval()", "pass"),
]

# Dropout between the layers leaves every answer of a trained network as it should be.
R["RowClassifier"].append(W["RowClassifier"].pop())

RIGHT = [(task, k) for task, answers in R.items() for k in range(len(answers))]
WRONG = [(task, k) for task, answers in W.items() for k in range(len(answers))]


@pytest.mark.slow
@pytest.mark.parametrize(("task", "k"), RIGHT)
def test_a_right_answer_passes_in_any_style(task, k, grade):
    result = grade(R[task][k], task)
    assert result.status == "passed", result


@pytest.mark.slow
@pytest.mark.parametrize(("task", "k"), WRONG)
def test_a_wrong_answer_that_nobody_listed_does_not_pass(task, k, grade):
    assert W[task][k] not in R[task]  # the replacement took place
    assert grade(W[task][k], task).status in ("failed", "error")
