"""The references of chapter 08 are proved here: see tests/oracle.py."""

import numpy as np
import pytest

from tests.oracle import all_cases, cases, close, reference

# ---------------------------------------------------------------- last_valid


def test_last_valid_is_the_final_state_of_packed_sequences():
    """nn.RNN over a packed batch stops at each sequence's end; over the padded one it runs on."""
    torch = pytest.importorskip("torch")
    from torch.nn.utils.rnn import pack_padded_sequence

    for case in all_cases("last_valid"):
        lengths = case["lengths"]
        H = case["hs"].shape[2]
        layer = torch.nn.RNN(H, H, batch_first=True, dtype=torch.float64)
        x = torch.tensor(case["hs"])  # any numbers will do as inputs
        packed = pack_padded_sequence(x, torch.tensor(lengths), True, enforce_sorted=False)
        with torch.no_grad():
            hs, _ = layer(x)
            _, final = layer(packed)
        close(reference("last_valid")(hs.numpy(), lengths), final[0].numpy())


def test_last_valid_does_not_see_the_padding():
    for case in all_cases("last_valid"):
        right = reference("last_valid")(**case)
        noise = np.arange(case["hs"].shape[1]) >= case["lengths"][:, None]
        close(reference("last_valid")(case["hs"] + 9.0 * noise[:, :, None], case["lengths"]), right)


# ---------------------------------------------------------------- stacks


def torch_rnn(params, bidirectional=False):
    """Return an nn.RNN with these weights, by layer or by direction; b stands in bias_ih."""
    torch = pytest.importorskip("torch")
    H, D = params[0][0].shape
    layers = 1 if bidirectional else len(params)
    layer = torch.nn.RNN(
        D, H, layers, batch_first=True, bidirectional=bidirectional, dtype=torch.float64
    )
    suffixes = ["l0", "l0_reverse"] if bidirectional else [f"l{k}" for k in range(layers)]
    with torch.no_grad():
        for (W_x, W_h, b), suffix in zip(params, suffixes, strict=True):
            getattr(layer, f"weight_ih_{suffix}").copy_(torch.tensor(W_x))
            getattr(layer, f"weight_hh_{suffix}").copy_(torch.tensor(W_h))
            getattr(layer, f"bias_ih_{suffix}").copy_(torch.tensor(b))
            getattr(layer, f"bias_hh_{suffix}").zero_()
    return layer


def test_stacked_rnn_is_that_of_torch():
    torch = pytest.importorskip("torch")
    for case in all_cases("stacked_rnn"):
        layer = torch_rnn(case["params"])
        with torch.no_grad():
            hs, finals = layer(torch.tensor(case["x"]), torch.tensor(case["h0s"]))
        ours = reference("stacked_rnn")(**case)
        close(ours[0], hs.numpy())
        close(ours[1], finals.numpy())


def test_a_stack_goes_on_where_it_stopped():
    for case in all_cases("stacked_rnn"):
        x, h0s, params = case.values()
        hs, finals = reference("stacked_rnn")(x, h0s, params)
        half = x.shape[1] // 2
        if half:
            first, middle = reference("stacked_rnn")(x[:, :half], h0s, params)
            second, end = reference("stacked_rnn")(x[:, half:], middle, params)
            close(np.concatenate([first, second], axis=1), hs)
            close(end, finals)


# ---------------------------------------------------------------- both directions


def test_bidirectional_rnn_is_that_of_torch():
    torch = pytest.importorskip("torch")
    for case in all_cases("bidirectional_rnn"):
        layer = torch_rnn([case["forward"], case["backward"]], bidirectional=True)
        with torch.no_grad():
            hs, finals = layer(torch.tensor(case["x"]), torch.tensor(case["h0s"]))
        ours = reference("bidirectional_rnn")(**case)
        close(ours, hs.numpy())
        H = case["h0s"].shape[2]
        close(ours[:, -1, :H], finals[0].numpy())  # where each direction has read everything
        close(ours[:, 0, H:], finals[1].numpy())


def test_bidirectional_rnn_sees_each_input_from_the_right_side():
    """Nudge one input: forward states change from there on, backward states up to there."""
    for case in cases("bidirectional_rnn").values():
        before = reference("bidirectional_rnn")(**case)
        T, H = case["x"].shape[1], case["h0s"].shape[2]
        for t in range(T):
            x = case["x"].copy()
            x[:, t] += 0.1
            changed = reference("bidirectional_rnn")(**{**case, "x": x}) != before
            forward = changed[:, :, :H].any(axis=(0, 2))
            backward = changed[:, :, H:].any(axis=(0, 2))
            assert forward.tolist() == [s >= t for s in range(T)]
            assert backward.tolist() == [s <= t for s in range(T)]
