"""What the proofs of the references share: the tasks' files, their cases, and comparisons.

Each chapter proves its references in ``tests/test_references_NN.py`` by oracles that know nothing of
them: PyTorch and Keras with the same weights, autograd, finite differences. All in float64, on the
very inputs that the grader draws (and on other seeds).
"""

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np

EXERCISES = Path(__file__).parents[1] / "autograder" / "exercises"
SEEDS = [0, 1, 2]


def module(task: str, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"{task}_{name}", EXERCISES / task / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def reference(task):
    return getattr(module(task, "reference"), task)


def cases(task, seed=0):
    return module(task, "probe").cases(np.random.default_rng(seed))


def all_cases(task):
    """Every case of the probe, for every seed, as keyword arguments."""
    return [case for seed in SEEDS for case in cases(task, seed).values()]


def close(actual, desired, tolerance=1e-11):
    np.testing.assert_allclose(actual, desired, rtol=tolerance, atol=tolerance)


def numerical_gradient(f, array, eps=1e-5):
    """Central differences of a scalar function with respect to an array that it reads."""
    gradient = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        value = array[index]
        array[index] = value + eps
        above = f()
        array[index] = value - eps
        below = f()
        array[index] = value
        gradient[index] = (above - below) / (2 * eps)
    return gradient
