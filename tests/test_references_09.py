"""The references of chapter 09 are proved here: see tests/oracle.py.

The layers are compared with torch.nn's own, the loops with what a person would compute by hand.
"""

import itertools

import numpy as np
import pytest

from tests.oracle import all_cases, close, module, reference

torch = pytest.importorskip("torch")
F = torch.nn.functional
SHORT = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
LAYERS = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}


# ---------------------------------------------------------------- LSTMLayer


def test_lstm_layer_is_that_of_torch_gradients_included():
    for case in all_cases("LSTMLayer"):
        D, H = case["weight_ih"].shape[1], case["weight_hh"].shape[1]
        ours = reference("LSTMLayer")(D, H).double()
        theirs = torch.nn.LSTM(D, H, batch_first=True, dtype=torch.float64)
        with torch.no_grad():
            for name in SHORT:
                getattr(ours, name).copy_(torch.tensor(case[name]))
                getattr(theirs, f"{name}_l0").copy_(torch.tensor(case[name]))
        x = torch.tensor(case["x"])
        given = case["h0"] is not None
        state = [torch.tensor(case[key]) for key in ("h0", "c0")] if given else []
        found = []
        for leaves in ([x, *state], [x, *state]):
            leaves = [leaf.clone().requires_grad_() for leaf in leaves]
            if not found:
                outputs, (h, c) = ours(leaves[0], tuple(leaves[1:]) or None)
                parameters = [getattr(ours, name) for name in SHORT]
            else:
                start = tuple(leaf[None] for leaf in leaves[1:]) or None
                outputs, (h, c) = theirs(leaves[0], start)
                h, c = h[0], c[0]
                parameters = [getattr(theirs, f"{name}_l0") for name in SHORT]
            loss = sum(
                (value * torch.tensor(case[weight])).sum()
                for value, weight in ((outputs, "d_outputs"), (h, "d_h"), (c, "d_c"))
            )
            loss.backward()
            gradients = [leaf.grad for leaf in [*leaves, *parameters]]
            found.append([outputs.detach(), h.detach(), c.detach(), *gradients])
        for mine, right in zip(*found, strict=True):
            close(mine.numpy(), right.numpy())


def test_lstm_layers_parameters_are_named_and_shaped_as_those_of_torch():
    ours = dict(reference("LSTMLayer")(3, 5).named_parameters())
    theirs = dict(torch.nn.LSTM(3, 5).named_parameters())
    assert {f"{name}_l0": p.shape for name, p in ours.items()} == {
        name: p.shape for name, p in theirs.items()
    }


# ---------------------------------------------------------------- RowClassifier


@pytest.mark.parametrize(
    ("cell", "layers", "both"), list(itertools.product(LAYERS, (1, 2), (False, True)))
)
def test_row_classifier_reads_the_final_states_of_torch(cell, layers, both):
    model = reference("RowClassifier")(cell, 5, layers, both, 7).double()
    own = LAYERS[cell](28, 5, layers, batch_first=True, bidirectional=both, dtype=torch.float64)
    own.load_state_dict(model.layers.state_dict())
    images = torch.rand(4, 28, 28, dtype=torch.float64)
    h_n = own(images)[1]
    h_n = h_n[0] if cell == "lstm" else h_n  # (layers · directions, N, H), the top layer last
    ends = torch.cat([h_n[-2], h_n[-1]], dim=1) if both else h_n[-1]
    logits = F.linear(ends, model.readout.weight, model.readout.bias)
    close(model(images).detach().numpy(), logits.detach().numpy())


def test_row_classifier_has_the_parameters_of_the_article():
    assert sum(p.numel() for p in reference("RowClassifier")().parameters()) == 214_282


# ---------------------------------------------------------------- train_epoch and accuracy


def batched(case):
    images = np.split(case["images"], range(case["size"], len(case["images"]), case["size"]))
    labels = np.split(case["labels"], range(case["size"], len(case["labels"]), case["size"]))
    return list(zip(images, labels, strict=True))


def by_hand(case):
    """One epoch in NumPy: the gradient of tanh layers and softmax written out."""
    W1, b1, W2, b2 = (case[name].copy() for name in ("W1", "b1", "W2", "b2"))
    limit = {"default": 1.0, None: np.inf}.get(case["max_norm"], case["max_norm"])
    losses, norms = [], []
    for images, labels in batched(case):
        x = images.reshape(len(images), -1)
        h = np.tanh(x @ W1.T + b1)
        a = h @ W2.T + b2
        p = np.exp(a - a.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        rows = np.arange(len(labels))
        losses += list(-np.log(p[rows, labels]))
        p[rows, labels] -= 1
        da = p / len(labels)
        dz = da @ W2 * (1 - h**2)
        gradients = [dz.T @ x, dz.sum(axis=0), da.T @ h, da.sum(axis=0)]
        norm = np.sqrt(sum((g**2).sum() for g in gradients))
        scale = min(1.0, limit / norm)
        norms.append(norm * scale)
        for parameter, gradient in zip((W1, b1, W2, b2), gradients, strict=True):
            parameter -= 0.5 * scale * gradient
    return np.mean(losses), norms, np.concatenate([p.ravel() for p in (W1, b1, W2, b2)])


def test_train_epoch_is_the_one_written_out_in_numpy():
    probe = module("train_epoch", "probe")
    for case in all_cases("train_epoch"):
        found = probe.call(reference("train_epoch"), case)
        loss, norms, weights = by_hand(case)
        close(found["loss"], loss, 1e-4)
        close(np.linalg.norm(found["gradients"], axis=1), norms, 1e-4)
        close(found["weights"], weights, 1e-4)
        assert found["modes"].all()


def test_the_probes_of_train_epoch_clip_some_gradients_and_leave_others():
    measure = module("train_epoch", "measure").measure
    probe = module("train_epoch", "probe")
    clipped = []
    for case in all_cases("train_epoch"):
        if isinstance(case["max_norm"], float):
            norms = measure(case, probe.call(reference("train_epoch"), case))["gradient_norms"]
            clipped += list(norms > 0.999 * case["max_norm"])
    assert 0 < np.mean(clipped) < 1


def test_accuracy_counts_images():
    probe = module("accuracy", "probe")
    for case in all_cases("accuracy"):
        found = probe.call(reference("accuracy"), case)
        x = case["images"].reshape(len(case["images"]), -1)
        close(found["share"], np.mean((x @ case["W"].T).argmax(axis=1) == case["labels"]))
        assert not found["modes"].any()
        assert found["training_after"] == case["training"]
        assert found["gradients_after"]


# ---------------------------------------------------------------- checkpoints


@pytest.mark.parametrize("kind", ["adam", "sgd"])
def test_what_is_saved_is_loaded_and_training_goes_on_as_if_nothing_had_happened(kind, tmp_path):
    """The pair: bit for bit, the next update included."""
    probe = module("save_checkpoint", "probe")
    case = probe.arguments(np.random.default_rng(3), 4, 3, kind, 9)
    model, optimizer = probe.trained(case)
    reference("save_checkpoint")(tmp_path / "c.pt", model, optimizer, 9)
    other, other_optimizer = probe.trained({**case, "weight": 0 * case["weight"]})
    assert reference("load_checkpoint")(str(tmp_path / "c.pt"), other, other_optimizer) == 9
    for network, its_optimizer in ((model, optimizer), (other, other_optimizer)):
        for parameter in network.parameters():
            parameter.grad = torch.ones_like(parameter)
        its_optimizer.step()
    for mine, right in zip(other.state_dict().values(), model.state_dict().values(), strict=True):
        assert torch.equal(mine, right)


def test_a_file_that_says_cuda_is_refused_without_map_location(tmp_path):
    """The probe's stand-in for a GPU's file behaves as such a file does."""
    probe = module("load_checkpoint", "probe")
    case = probe.arguments(np.random.default_rng(0), 2, 3, 5, {})
    probe.write(tmp_path / "c.pt", *probe.built(case, 0), 5, "cuda:63")
    with pytest.raises(RuntimeError, match=r"(?i)cuda"):
        torch.load(tmp_path / "c.pt", weights_only=True)
    torch.load(tmp_path / "c.pt", weights_only=True, map_location="cpu")
