"""The references of chapter 04 are proved here: see tests/oracle.py."""

import numpy as np
import pytest

from tests.oracle import all_cases, close, module, reference

# ---------------------------------------------------------------- state_jacobian_norms


def inputs_that_lead_to(hs, W_h):
    """Return pre-activations u with hs[t] = tanh(u[t] + W_h hs[t - 1]): any states have some."""
    before = np.concatenate([np.zeros((1, hs.shape[1])), hs[:-1]])
    return np.arctanh(hs) - before @ W_h.T


def test_state_jacobian_norms_are_those_of_autograd():
    torch = pytest.importorskip("torch")
    for case in all_cases("state_jacobian_norms"):
        hs, W_h = case["hs"], case["W_h"]
        T, H = hs.shape
        u, W = torch.tensor(inputs_that_lead_to(hs, W_h)), torch.tensor(W_h)

        def last(h, k, u=u, W=W, T=T):
            for t in range(k + 1, T):
                h = torch.tanh(u[t] + h @ W.T)
            return h

        close(last(torch.zeros(H, dtype=torch.float64), -1).numpy(), hs[-1])
        jacobians = [
            torch.autograd.functional.jacobian(lambda h, k=k: last(h, k), torch.tensor(hs[k]))
            for k in range(T)
        ]
        norms = [torch.linalg.matrix_norm(J, 2).item() for J in jacobians]
        close(reference("state_jacobian_norms")(**case), norms)


def test_state_jacobian_norms_bound_what_a_nudge_does():
    """In the direction of the greatest singular value the bound is reached: finite differences."""
    for case in all_cases("state_jacobian_norms"):
        hs, W_h = case["hs"], case["W_h"]
        T, H = hs.shape
        u = inputs_that_lead_to(hs, W_h)

        def last(h, k, u=u, W_h=W_h, T=T):
            for t in range(k + 1, T):
                h = np.tanh(u[t] + h @ W_h.T)
            return h

        for k, norm in enumerate(reference("state_jacobian_norms")(**case)):
            eps = 1e-6
            columns = [
                (last(hs[k] + eps * e, k) - last(hs[k] - eps * e, k)) / (2 * eps) for e in np.eye(H)
            ]
            close(np.linalg.norm(np.stack(columns, axis=1), 2), norm, 1e-8)


# ---------------------------------------------------------------- clip_by_global_norm


def test_clip_by_global_norm_is_that_of_torch():
    torch = pytest.importorskip("torch")
    clipped_somewhere = left_somewhere = False
    for case in all_cases("clip_by_global_norm"):
        parameters = [torch.nn.Parameter(torch.tensor(g)) for g in case["grads"]]
        for parameter, g in zip(parameters, case["grads"], strict=True):
            parameter.grad = torch.tensor(g)
        theirs = torch.nn.utils.clip_grad_norm_(parameters, case["max_norm"])
        ours, norm = reference("clip_by_global_norm")(**case)
        close(norm, theirs.item())
        for array, parameter in zip(ours, parameters, strict=True):
            close(array, parameter.grad.numpy(), 1e-5)  # torch divides by norm + 1e-6
        length = np.sqrt(sum(np.sum(array**2) for array in ours))
        close(length, min(norm, case["max_norm"]))
        clipped_somewhere |= norm > case["max_norm"]
        left_somewhere |= norm < case["max_norm"]
    assert clipped_somewhere
    assert left_somewhere


def test_clipping_keeps_the_direction():
    for case in all_cases("clip_by_global_norm"):
        before = np.concatenate([g.ravel() for g in case["grads"]])
        after = np.concatenate([g.ravel() for g in reference("clip_by_global_norm")(**case)[0]])
        close(before @ after, np.linalg.norm(before) * np.linalg.norm(after))


# ---------------------------------------------------------------- orthogonal


@pytest.mark.parametrize("size", [1, 2, 3, 6, 40])
def test_orthogonal_keeps_every_length(size):
    for seed in range(5):
        Q = reference("orthogonal")(size, np.random.default_rng(seed))
        close(Q.T @ Q, np.eye(size), 1e-12)
        v = np.random.default_rng(100 + seed).normal(size=size)
        close(np.linalg.norm(Q @ v), np.linalg.norm(v), 1e-12)


def test_orthogonal_prefers_no_direction():
    """Over many draws the entries have mean 0, variance 1/n, and both determinants occur."""
    n, draws = 3, 4000
    rng = np.random.default_rng(0)
    Q = np.stack([reference("orthogonal")(n, rng) for _ in range(draws)])
    assert np.abs(Q.mean(axis=0)).max() < 5 / np.sqrt(n * draws)
    assert np.abs((Q**2).mean(axis=0) - 1 / n).max() < 5 / np.sqrt(draws) / n
    assert abs(np.mean(np.linalg.det(Q) > 0) - 0.5) < 5 * 0.5 / np.sqrt(draws)


def measured(symbol, seed=0):
    """Measure a function as the grader does, over all cases of the probe."""
    probe, measure = module("orthogonal", "probe"), module("orthogonal", "measure").measure
    cases = probe.cases(np.random.default_rng(seed)).values()
    return [measure(case, probe.call(symbol, case)) for case in cases]


def test_every_way_to_a_random_rotation_measures_the_same():
    """QR with and without its signs, singular vectors, reflections, exponentials, rotations only."""

    def rotation(size, rng):
        Q = np.linalg.qr(rng.normal(size=(size, size)))[0]
        Q[:, 0] *= np.sign(np.linalg.det(Q))
        return Q

    def reflections(size, rng):
        Q = np.eye(size)
        for _ in range(size):
            v = rng.normal(size=size)
            Q = Q - 2 * np.outer(Q @ v, v) / (v @ v)
        return Q

    def gram_schmidt(size, rng):
        Q = rng.uniform(-1, 1, (size, size))
        for k in range(size):
            for _ in range(2):
                Q[:, k] -= Q[:, :k] @ (Q[:, :k].T @ Q[:, k])
            Q[:, k] /= np.linalg.norm(Q[:, k])
        return Q

    def cayley(size, rng):
        A = rng.normal(size=(size, size))
        A = A - A.T
        return np.linalg.solve(np.eye(size) + A, np.eye(size) - A)

    ways = [
        lambda size, rng: np.linalg.qr(rng.standard_normal((size, size)))[0],
        lambda size, rng: np.linalg.qr(rng.random((size, size)).astype(np.float32))[0],
        lambda size, rng: np.linalg.svd(rng.normal(size=(size, size)))[0],
        lambda size, rng: np.linalg.svd(rng.normal(size=(size, size)))[2].tolist(),
        rotation,
        reflections,
        gram_schmidt,
        cayley,
    ]
    for seed in range(5):
        right = measured(reference("orthogonal"), seed)
        assert all(all(value == 1 for value in case.values()) for case in right)
        for way in ways:
            assert measured(way, seed) == right
