"""The NumPy networks, plain and fast: both are PyTorch's, forward and every gradient."""

import numpy as np
import pytest

from unrolled import fast, networks

SIZES = [(3, 5, 4, 6), (4, 4, 4, 4), (1, 1, 2, 3), (2, 7, 1, 1)]  # N, T, D, H
GATES = {"rnn": 1, "lstm": 4, "gru": 3}
FAST = {"rnn": fast.FastRNN, "lstm": fast.FastLSTM, "gru": fast.FastGRU}

each_kind = pytest.mark.parametrize("kind", list(GATES))
each_size = pytest.mark.parametrize("size", SIZES, ids=str)


def drawn(kind, size, dtype=np.float64, seed=0):
    """Return x, the initial states, the weights, and dhs."""
    rng = np.random.default_rng(seed)
    (N, T, D, H), G = size, GATES[kind]
    shapes = [(N, H)] * (2 if kind == "lstm" else 1)
    weights = [(G * H, D), (G * H, H)] + [(G * H,)] * (2 if kind == "gru" else 1)
    x, dhs = rng.normal(size=(N, T, D)), rng.normal(size=(N, T, H))
    states = [rng.uniform(-0.9, 0.9, size=shape) for shape in shapes]
    weights = [0.7 * rng.normal(size=shape) for shape in weights]
    return [a.astype(dtype) for a in (x, *states, *weights)], dhs.astype(dtype)


def plain(kind, arguments, dhs):
    """Return the hidden states, and the gradients in the order of the arguments."""
    if kind == "rnn":
        x, h0, W_x, W_h, b = arguments
        hs = networks.rnn_forward(x, h0, W_x, W_h, b)
        return hs, networks.rnn_backward(dhs, x, h0, hs, W_x, W_h)
    if kind == "lstm":
        x, h0, c0, W_x, W_h, b = arguments
        hs, cs = networks.lstm_forward(x, h0, c0, W_x, W_h, b)
        return hs, networks.lstm_backward(dhs, x, h0, c0, hs, cs, W_x, W_h, b)
    x, h0, W_x, W_h, b_x, b_h = arguments
    hs = networks.gru_forward(x, h0, W_x, W_h, b_x, b_h)
    return hs, networks.gru_backward(dhs, x, h0, hs, W_x, W_h, b_x, b_h)


def quick(kind, arguments, dhs, network=None):
    network = network or FAST[kind]()
    forward = network.forward(*arguments)
    hs = (forward[0] if kind == "lstm" else forward).copy()
    return hs, network.backward(dhs)


def torchs(kind, arguments, dhs):
    """The same from torch.nn; its two biases have one gradient, and both are ours."""
    torch = pytest.importorskip("torch")
    x, *rest = [torch.tensor(a, requires_grad=True) for a in arguments]
    count = 2 if kind == "lstm" else 1
    states, (W_x, W_h, *b) = rest[:count], rest[count:]
    H = states[0].shape[1]
    layer = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind](
        x.shape[2], H, batch_first=True, dtype=x.dtype
    )
    with torch.no_grad():
        layer.weight_ih_l0.copy_(W_x)
        layer.weight_hh_l0.copy_(W_h)
        layer.bias_ih_l0.copy_(b[0])
        layer.bias_hh_l0.copy_(b[1] if kind == "gru" else 0 * b[0])
    state = tuple(h[None] for h in states) if kind == "lstm" else states[0][None]
    hs = layer(x, state)[0]
    (torch.tensor(dhs) * hs).sum().backward()
    parameters = [layer.weight_ih_l0, layer.weight_hh_l0, layer.bias_ih_l0]
    parameters += [layer.bias_hh_l0] if kind == "gru" else []
    return hs.detach().numpy(), [a.grad.numpy() for a in (x, *states, *parameters)]


def close(ours, theirs, tolerance=1e-10):
    (hs, gradients), (hs_other, gradients_other) = ours, theirs
    np.testing.assert_allclose(hs, hs_other, rtol=tolerance, atol=tolerance)
    assert len(gradients) == len(gradients_other)
    for a, b in zip(gradients, gradients_other, strict=True):
        assert a.shape == b.shape
        assert a.dtype == b.dtype
        np.testing.assert_allclose(a, b, rtol=tolerance, atol=tolerance)


@each_kind
@each_size
@pytest.mark.parametrize("run", [plain, quick])
def test_networks_are_those_of_torch(kind, size, run):
    arguments, dhs = drawn(kind, size)
    close(run(kind, arguments, dhs), torchs(kind, arguments, dhs))


@each_kind
def test_dtype_follows_the_input(kind):
    arguments, dhs = drawn(kind, (5, 6, 3, 4), np.float32)
    double = [a.astype(np.float64) for a in arguments], dhs.astype(np.float64)
    for run in (plain, quick):
        hs, gradients = run(kind, arguments, dhs)
        hs_double, gradients_double = run(kind, *double)
        for a, b in zip((hs, *gradients), (hs_double, *gradients_double), strict=True):
            assert a.dtype == np.float32
            assert b.dtype == np.float64
            np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-4)


@each_kind
def test_arguments_are_left_alone(kind):
    arguments, dhs = drawn(kind, (3, 5, 4, 6))
    before = [a.copy() for a in (*arguments, dhs)]
    plain(kind, arguments, dhs)
    quick(kind, arguments, dhs)
    for a, b in zip((*arguments, dhs), before, strict=True):
        np.testing.assert_array_equal(a, b)


@each_kind
def test_a_fast_network_may_be_used_again_in_any_size(kind):
    network = FAST[kind]()
    for seed, size in enumerate([(3, 5, 4, 6), (3, 5, 4, 6), (2, 7, 3, 5), (3, 5, 4, 6)]):
        for dtype in (np.float64, np.float32):
            arguments, dhs = drawn(kind, size, dtype, seed)
            tolerance = 1e-10 if dtype == np.float64 else 1e-3
            close(quick(kind, arguments, dhs, network), plain(kind, arguments, dhs), tolerance)
