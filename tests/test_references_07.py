"""The references of chapter 07 are proved here: see tests/oracle.py."""

import copy
import inspect

import numpy as np
import pytest

from tests.oracle import all_cases, close, module, reference


def settings(task, case):
    """The case's arguments with the defaults that it leaves out."""
    bound = inspect.signature(reference(task)).bind(**case)
    bound.apply_defaults()
    return bound.arguments


# ---------------------------------------------------------------- optimisers


def torch_step(optimizer_class, w, g, state, **options):
    """Return w after one step of PyTorch's optimiser, which has gone through `state`; and that."""
    torch = pytest.importorskip("torch")
    parameter = torch.tensor(w, requires_grad=True)
    optimizer = getattr(torch.optim, optimizer_class)([parameter], foreach=False, **options)
    parameter.grad = torch.tensor(g)
    optimizer.state[parameter] = {key: torch.tensor(value) for key, value in state.items()}
    optimizer.step()
    return parameter.detach().numpy(), {k: v.numpy() for k, v in optimizer.state[parameter].items()}


def test_rmsprop_step_is_that_of_torch():
    for case in all_cases("rmsprop_step"):
        w, g, v, lr, decay, eps = settings("rmsprop_step", case).values()
        w_torch, state = torch_step(
            "RMSprop", w, g, {"step": 1.0, "square_avg": v}, lr=lr, alpha=decay, eps=eps
        )
        w_next, v_next = reference("rmsprop_step")(**case)
        close(w_next, w_torch)
        close(v_next, state["square_avg"])


def test_adam_step_is_that_of_torch():
    for case in all_cases("adam_step"):
        w, g, m, v, t, lr, *betas, eps = settings("adam_step", case).values()
        before = {"step": float(t - 1), "exp_avg": m, "exp_avg_sq": v}
        w_torch, state = torch_step("Adam", w, g, before, lr=lr, betas=betas, eps=eps)
        w_next, m_next, v_next = reference("adam_step")(**case)
        close(w_next, w_torch)
        close(m_next, state["exp_avg"])
        close(v_next, state["exp_avg_sq"])


@pytest.mark.parametrize("kind", ["rmsprop", "adam"])
def test_many_steps_from_zero_are_those_of_torch(kind):
    torch = pytest.importorskip("torch")
    A = np.diag([0.1, 1.0, 10.0])  # the loss is w A w / 2
    parameter = torch.tensor([1.0, -2.0, 3.0], dtype=torch.float64, requires_grad=True)
    w, m, v = parameter.detach().numpy().copy(), np.zeros(3), np.zeros(3)
    if kind == "adam":
        optimizer = torch.optim.Adam([parameter], lr=0.05)
    else:
        optimizer = torch.optim.RMSprop([parameter], lr=0.05, alpha=0.9)
    for t in range(1, 51):
        optimizer.zero_grad()
        (parameter @ torch.tensor(A) @ parameter / 2).backward()
        optimizer.step()
        if kind == "adam":
            w, m, v = reference("adam_step")(w, A @ w, m, v, t, lr=0.05)
        else:
            w, v = reference("rmsprop_step")(w, A @ w, v, 0.05)
    close(w, parameter.detach().numpy())


def test_optimisers_by_hand():
    """What the statements work out."""
    w, v = reference("rmsprop_step")(np.array([1.0]), np.array([2.0]), np.zeros(1), 0.1, 0.75, 0.0)
    close(np.array([w, v]), [[0.8], [1.0]])
    g = np.array([1e-6, -3.0, 50.0])
    w, _, _ = reference("adam_step")(np.zeros(3), g, np.zeros(3), np.zeros(3), 1, lr=0.2, eps=0.0)
    close(w, [-0.2, 0.2, -0.2])


# ---------------------------------------------------------------- layer norm


def test_layer_norm_is_that_of_torch():
    torch = pytest.importorskip("torch")
    for case in all_cases("layer_norm"):
        x, gain, bias, eps = settings("layer_norm", case).values()
        layer = torch.nn.LayerNorm(x.shape[-1], eps=eps, dtype=torch.float64)
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(gain))
            layer.bias.copy_(torch.tensor(bias))
            wanted = layer(torch.tensor(x)).numpy()
        close(reference("layer_norm")(**case), wanted)


# ---------------------------------------------------------------- dropout


def test_variational_dropout_has_the_right_statistics():
    """Many masks of one feature each: frequencies, expectation, independence."""
    dropout, rng = reference("variational_dropout"), np.random.default_rng(5)
    N, T, D = 4000, 3, 10
    x = np.ones((N, T, D))
    for rate in (0.1, 0.5, 0.75):
        y = dropout(x, rate, rng, True)
        assert y.shape == x.shape
        assert set(np.unique(y).tolist()) == {0.0, 1 / (1 - rate)}
        assert np.all(y == y[:, :1])
        deviation = np.sqrt(rate * (1 - rate) / (N * D))
        assert abs((y[:, 0] == 0).mean() - rate) < 5 * deviation
        assert abs(y[:, 0].mean() - 1) < 5 * deviation / (1 - rate)
        correlations = np.corrcoef(y[:, 0].T) - np.eye(D)
        assert np.abs(correlations).max() < 5 / np.sqrt(N)


def test_variational_dropout_depends_on_its_generator_alone():
    dropout = reference("variational_dropout")
    for case in all_cases("variational_dropout"):
        x, rate, rng, training = case.values()
        twin = copy.deepcopy(rng)
        np.random.seed(3)
        state = np.random.get_state(legacy=False)["state"]["key"].copy()
        first, second = dropout(x, rate, rng, training), dropout(x, rate, rng, training)
        assert np.array_equal(first, dropout(x, rate, twin, training))
        assert np.array_equal(state, np.random.get_state(legacy=False)["state"]["key"])
        if training and rate > 0:
            assert not np.array_equal(first, second)
        else:
            assert np.array_equal(first, x)


def test_masks_drawn_in_other_ways_measure_the_same():
    """What the judge compares does not depend on how a mask is drawn, nor on chance."""
    probe, measure = (module("variational_dropout", name) for name in ("probe", "measure"))

    def other(x, rate, rng, training):
        if not training or rate == 0:
            return x.copy()
        mask = rng.binomial(1, 1 - rate, size=(len(x), x.shape[2]))
        return np.einsum("ntd,nd->ntd", x, mask) / (1 - rate)

    for seed in range(20):
        for case in probe.cases(np.random.default_rng(seed)).values():
            results = []
            for symbol in (reference("variational_dropout"), other):
                value = probe.call(symbol, copy.deepcopy(case))
                results.append(measure.measure(case, value))
            assert results[0].keys() == results[1].keys()
            for name in results[0]:
                close(results[0][name], results[1][name])
