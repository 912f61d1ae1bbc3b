"""The references of chapter 03 are proved here, and the lesson's own code: see tests/oracle.py."""

from pathlib import Path

import numpy as np
import pytest

from autograder.extract import read
from autograder.grader import Grader
from tests.oracle import all_cases, cases, close, module, numerical_gradient, reference

LESSON = Path(__file__).parents[1] / "chapters" / "03_bptt.ipynb"

# ---------------------------------------------------------------- numerical_gradient


@pytest.mark.parametrize("shape", [(), (1,), (4,), (3, 5), (2, 3, 4)])
@pytest.mark.parametrize("given", [[], [1e-3], [0.1], [2.0]])
def test_numerical_gradient_is_exact_where_central_differences_are(shape, given):
    """Of a quadratic function at any eps; of a cubic up to eps² times its third derivative / 6."""
    x, a = np.random.default_rng(0).normal(size=(2, *shape))
    x = np.array(x)
    before = x.copy()
    eps = (given or [1e-5])[0]
    tolerance = 1e-10 / eps + 1e-11
    ours = reference("numerical_gradient")(lambda z: np.sum(a * z**2), x, *given)
    assert ours.shape == shape
    close(ours, 2 * a * x, tolerance)
    ours = reference("numerical_gradient")(lambda z: np.sum(a * z**3), x, *given)
    close(ours, a * (3 * x**2 + eps**2), tolerance)
    assert np.array_equal(x, before)


def test_numerical_gradient_is_that_of_autograd_at_small_steps():
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(1)
    x, A = rng.normal(size=(3, 4)), rng.normal(size=(4, 2))
    leaf = torch.tensor(x, requires_grad=True)
    torch.tanh(leaf @ torch.tensor(A)).pow(3).sum().backward()
    ours = reference("numerical_gradient")(lambda z: np.sum(np.tanh(z @ A) ** 3), x)
    close(ours, leaf.grad.numpy(), 1e-8)


def test_numerical_gradient_on_its_probes_is_that_of_the_oracle():
    call = module("numerical_gradient", "probe").call
    for case in all_cases("numerical_gradient"):
        ours = call(reference("numerical_gradient"), case)
        close(ours, call(with_the_oracle, case), 1e-9)
        assert ours.shape == case["x"].shape


def with_the_oracle(f, x, eps=1e-5):
    x = x.copy()
    return numerical_gradient(lambda: f(x), x, eps)


# ---------------------------------------------------------------- rnn_backward


def torch_states(x, h, W_x, W_h, b, window=None):
    """Run the network step by step, detaching the state before each window; return hs."""
    torch = pytest.importorskip("torch")
    hs = []
    for t in range(x.shape[1]):
        if window is not None and t > 0 and t % window == 0:
            h = h.detach()
        h = torch.tanh(x[:, t] @ W_x.T + h @ W_h.T + b)
        hs.append(h)
    return torch.stack(hs, dim=1)


def leaves(case):
    """Return x, h0, W_x, W_h, b as leaves of torch's graph; b is found again from the states."""
    torch = pytest.importorskip("torch")
    z = np.arctanh(case["hs"][:, 0])
    b = z - case["x"][:, 0] @ case["W_x"].T - case["h0"] @ case["W_h"].T
    values = [case[key] for key in ("x", "h0", "W_x", "W_h")] + [b.mean(axis=0)]
    return [torch.tensor(value, requires_grad=True) for value in values]


def test_states_in_the_probes_are_those_of_rnn_forward():
    for task in ("rnn_backward", "rnn_backward_truncated"):
        for case in all_cases(task):
            given = [leaf.detach().numpy() for leaf in leaves(case)]
            close(case["hs"], reference("rnn_forward")(*given), 1e-10)


def test_rnn_backward_is_that_of_autograd():
    torch = pytest.importorskip("torch")
    for case in all_cases("rnn_backward"):
        x, h0, W_x, W_h, b = wanted = leaves(case)
        hs = torch_states(x, h0, W_x, W_h, b)
        (torch.tensor(case["dhs"]) * hs).sum().backward()
        ours = reference("rnn_backward")(**case)
        assert len(ours) == len(wanted)
        for gradient, leaf in zip(ours, wanted, strict=True):
            close(gradient, leaf.grad.numpy(), 1e-10)


def test_rnn_backward_agrees_with_finite_differences():
    forward = reference("rnn_forward")
    for case in cases("rnn_backward").values():
        given = [leaf.detach().numpy().copy() for leaf in leaves(case)]

        def loss(given=given, dhs=case["dhs"]):
            return np.sum(dhs * forward(*given))

        ours = reference("rnn_backward")(**case)
        for gradient, array in zip(ours, given, strict=True):
            close(gradient, numerical_gradient(loss, array), 1e-8)


# ---------------------------------------------------------------- rnn_backward_truncated


def test_truncation_is_that_of_detached_states():
    torch = pytest.importorskip("torch")
    for case in all_cases("rnn_backward_truncated"):
        for window in {1, 2, 3, case["window"], case["x"].shape[1]}:
            x, h0, W_x, W_h, b = leaves(case)
            hs = torch_states(x, h0, W_x, W_h, b, window)
            (torch.tensor(case["dhs"]) * hs).sum().backward()
            ours = reference("rnn_backward_truncated")(**case | {"window": window})
            for gradient, leaf in zip(ours, (W_x, W_h, b), strict=True):
                close(gradient, leaf.grad.numpy(), 1e-10)


def test_one_long_window_truncates_nothing():
    for case in all_cases("rnn_backward_truncated"):
        T = case["x"].shape[1]
        given = {key: value for key, value in case.items() if key != "window"}
        _, _, *whole = reference("rnn_backward")(**given)
        for window in (T, T + 1, 10 * T):
            ours = reference("rnn_backward_truncated")(**given, window=window)
            for gradient, right in zip(ours, whole, strict=True):
                close(gradient, right)


# ---------------------------------------------------------------- the lesson


@pytest.mark.parametrize("task", ["numerical_gradient", "rnn_backward"])
def test_the_lessons_code_passes_its_own_exercises(sandbox, task):
    assert Grader(sandbox).grade(read(LESSON), task, 1).status == "passed"
