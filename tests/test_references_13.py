"""The references of chapter 13 are proved here: see tests/oracle.py."""

import inspect

import numpy as np
import pytest

from tests.oracle import all_cases, close, module, reference


def test_sigmoid_is_that_of_chapter_05():
    tasks = ["min_gru", "lstm_cell"]
    assert len({inspect.getsource(module(task, "reference").sigmoid) for task in tasks}) == 1


def test_linear_scan_is_the_recurrence():
    for case in all_cases("linear_scan"):
        h, states = case["h0"], []
        for t in range(case["a"].shape[1]):
            h = case["a"][:, t] * h + case["b"][:, t]
            states.append(h)
        close(reference("linear_scan")(**case), np.stack(states, axis=1))


def test_linear_scan_solves_the_linear_system():
    """h[t] - a[t] h[t - 1] = b[t] for all t is a system of equations with one band."""
    for case in all_cases("linear_scan"):
        N, T, H = case["a"].shape
        if T > 1000:
            continue
        ours = reference("linear_scan")(**case)
        for k in range(N):
            for u in range(H):
                right = case["b"][k, :, u].copy()
                right[0] += case["a"][k, 0, u] * case["h0"][k, u]
                system = np.eye(T) - np.diag(case["a"][k, 1:, u], -1)
                close(ours[k, :, u], np.linalg.solve(system, right))


def test_linear_scan_executes_few_lines():
    probe, measure = module("linear_scan", "probe"), module("linear_scan", "measure")
    case = probe.cases(np.random.default_rng(0))["lines"]
    value = probe.call(reference("linear_scan"), case)
    assert 0 < value["lines"][0] < value["lines"][1]
    assert measure.measure(case, value)["few_lines"] == 1
    close(measure.by_steps(**case), value["hs"])


def test_lines_are_counted_where_a_loop_hides():
    probe = module("linear_scan", "probe")
    small = tuple(np.ones(shape) for shape in ((1, 64, 1), (1, 64, 1), (1, 1)))

    def comprehension(a, b, h):
        return [h := a[:, t] * h + b[:, t] for t in range(a.shape[1])]

    def mapped(a, b, h):
        return np.vectorize(lambda t: float(t))(np.arange(a.shape[1]))

    def recursive(a, b, h):
        return h if not a.shape[1] else recursive(a[:, 1:], b[:, 1:], a[:, 0] * h + b[:, 0])

    for hidden in (comprehension, mapped, recursive):
        assert probe.counted(hidden, *small)[0] >= 64


def test_min_gru_is_a_gru_cell_of_torch_without_recurrent_weights():
    """The candidate's tanh is the one thing in the way: inputs so small that it is the identity."""
    torch = pytest.importorskip("torch")
    scale = 1e-5
    for case in all_cases("min_gru"):
        x, h0, W_z, b_z, W_n, b_n = case.values()
        H, D = W_z.shape
        layer = torch.nn.GRU(D, H, batch_first=True, dtype=torch.float64)
        with torch.no_grad():
            for parameter in layer.parameters():
                parameter.zero_()
            layer.weight_ih_l0[H : 2 * H] = torch.tensor(W_z)
            layer.bias_ih_l0[H : 2 * H] = torch.tensor(b_z)
            layer.weight_ih_l0[2 * H :] = scale * torch.tensor(W_n)
            layer.bias_ih_l0[2 * H :] = scale * torch.tensor(b_n)
            hs, _ = layer(torch.tensor(x), scale * torch.tensor(h0)[None])
        close(reference("min_gru")(**case), hs.numpy() / scale, 1e-7)


def test_min_gru_is_a_linear_scan_of_its_gates():
    sigmoid = module("min_gru", "reference").sigmoid
    for case in all_cases("min_gru"):
        x, h0, W_z, b_z, W_n, b_n = case.values()
        z = sigmoid(x @ W_z.T + b_z)
        scanned = reference("linear_scan")(z, (1 - z) * (x @ W_n.T + b_n), h0)
        close(reference("min_gru")(**case), scanned)
