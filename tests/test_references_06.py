"""The references of chapter 06 are proved here: see tests/oracle.py."""

import inspect
import warnings

import numpy as np
import pytest

from tests.oracle import all_cases, cases, close, module, numerical_gradient, reference

GRU_TASKS = ["gru_cell", "gru_cell_reset_before", "gru_forward", "gru_backward"]


def test_sigmoid_is_that_of_chapter_05():
    tasks = [*GRU_TASKS, "lstm_cell"]
    assert len({inspect.getsource(module(task, "reference").sigmoid) for task in tasks}) == 1


# ---------------------------------------------------------------- PyTorch


def torch_gru(W_x, W_h, b_x, b_h):
    """Return an nn.GRU with these weights: its blocks stand in the order r, z, n as well."""
    torch = pytest.importorskip("torch")
    layer = torch.nn.GRU(W_x.shape[1], W_h.shape[1], batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(torch.tensor(W_x))
        layer.weight_hh_l0.copy_(torch.tensor(W_h))
        layer.bias_ih_l0.copy_(torch.tensor(b_x))
        layer.bias_hh_l0.copy_(torch.tensor(b_h))
    return layer


def test_gru_cell_is_that_of_torch():
    torch = pytest.importorskip("torch")
    for case in all_cases("gru_cell"):
        x, h, *weights = case.values()
        with torch.no_grad():
            _, h_next = torch_gru(*weights)(torch.tensor(x)[:, None], torch.tensor(h)[None])
        close(reference("gru_cell")(**case), h_next[0].numpy())


def test_gru_forward_is_that_of_torch():
    torch = pytest.importorskip("torch")
    for case in all_cases("gru_forward"):
        x, h0, *weights = case.values()
        with torch.no_grad():
            hs, _ = torch_gru(*weights)(torch.tensor(x), torch.tensor(h0)[None])
        close(reference("gru_forward")(**case), hs.numpy())


def test_gru_backward_is_that_of_autograd():
    torch = pytest.importorskip("torch")
    for case in all_cases("gru_backward"):
        layer = torch_gru(case["W_x"], case["W_h"], case["b_x"], case["b_h"])
        x, h0 = (torch.tensor(case[key], requires_grad=True) for key in ("x", "h0"))
        hs, _ = layer(x, h0[None])
        close(case["hs"], hs.detach().numpy())
        (torch.tensor(case["dhs"]) * hs).sum().backward()
        parameters = [layer.weight_ih_l0, layer.weight_hh_l0, layer.bias_ih_l0, layer.bias_hh_l0]
        ours = reference("gru_backward")(**case)
        for gradient, leaf in zip(ours, [x, h0, *parameters], strict=True):
            close(gradient, leaf.grad.numpy())


def test_count_parameters_is_that_of_torch():
    torch = pytest.importorskip("torch")
    layers = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}
    for case in all_cases("count_parameters"):
        kind, *sizes = case.values()
        there = sum(p.numel() for p in layers[kind](*sizes).parameters())
        assert reference("count_parameters")(**case) == there


# ---------------------------------------------------------------- against one another


def test_gru_forward_repeats_gru_cell():
    for case in all_cases("gru_forward"):
        x, h, *weights = case.values()
        hs = reference("gru_forward")(**case)
        for t in range(x.shape[1]):
            h = reference("gru_cell")(x[:, t], h, *weights)
            close(hs[:, t], h)


def test_both_positions_of_the_reset_gate_agree_where_they_must():
    """Where the candidate's recurrent block is diagonal and has no bias, r can be moved past it."""
    for case in all_cases("gru_cell"):
        x, h, W_x, W_h, b_x, b_h = case.values()
        H = h.shape[1]
        W_h[2 * H :] *= np.eye(H)
        b_h[2 * H :] = 0
        after, before = (
            reference(task)(x, h, W_x, W_h, b_x, b_h)
            for task in ("gru_cell", "gru_cell_reset_before")
        )
        close(after, before)


def test_reset_before_is_the_equation_unit_by_unit():
    """Written once more from the equations, with loops over examples and units."""

    def sigma(a):
        return 1 / (1 + np.exp(-a))

    for case in all_cases("gru_cell_reset_before"):
        x, h, W_x, W_h, b_x, b_h = case.values()
        N, H = h.shape
        ours = reference("gru_cell_reset_before")(**case)
        for k in range(N):
            r = [sigma(W_x[j] @ x[k] + b_x[j] + W_h[j] @ h[k] + b_h[j]) for j in range(H)]
            for u in range(H):
                j, m = H + u, 2 * H + u
                z = sigma(W_x[j] @ x[k] + b_x[j] + W_h[j] @ h[k] + b_h[j])
                state = sum(W_h[m, q] * r[q] * h[k, q] for q in range(H))
                n = np.tanh(W_x[m] @ x[k] + b_x[m] + state + b_h[m])
                close(ours[k, u], n + z * (h[k, u] - n))


# ---------------------------------------------------------------- finite differences


def test_gru_backward_agrees_with_finite_differences():
    names = ("x", "h0", "W_x", "W_h", "b_x", "b_h")
    for case in cases("gru_backward").values():
        given = {key: case[key] for key in names}

        def loss(given=given, dhs=case["dhs"]):
            return np.sum(dhs * reference("gru_forward")(**given))

        ours = reference("gru_backward")(**case)
        for name, gradient in zip(names, ours, strict=True):
            close(gradient, numerical_gradient(loss, given[name]), 1e-8)


# ---------------------------------------------------------------- Keras


@pytest.mark.slow
def test_both_grus_are_those_of_keras(monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "tensorflow")
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the import's own deprecations are not ours to mend
        keras = pytest.importorskip("keras")

    def columns(array):
        """Reorder our rows r, z, n to Keras' columns z, r, h."""
        r, z, n = np.split(array, 3)
        return np.concatenate([z, r, n]).T

    for task, after in (("gru_cell", True), ("gru_cell_reset_before", False)):
        for case in all_cases(task):
            x, h, W_x, W_h, b_x, b_h = case.values()
            cell = keras.layers.GRUCell(h.shape[1], reset_after=after, dtype="float64")
            cell.build(x.shape)
            biases = np.stack([columns(b_x), columns(b_h)]) if after else columns(b_x + b_h)
            cell.set_weights([columns(W_x), columns(W_h), biases])
            h_next, _ = cell(x, [h])
            close(reference(task)(**case), np.asarray(h_next))

    for case in all_cases("gru_forward"):
        x, h0, W_x, W_h, b_x, b_h = case.values()
        layer = keras.layers.GRU(h0.shape[1], return_sequences=True, dtype="float64")
        layer.build(x.shape)
        layer.set_weights([columns(W_x), columns(W_h), np.stack([columns(b_x), columns(b_h)])])
        close(reference("gru_forward")(**case), np.asarray(layer(x, initial_state=h0)))
