"""What holds for every reference and its probes; each chapter's proofs are in a file of their own."""

import inspect

import numpy as np
import pytest

from autograder.registry import load_task, task_ids
from tests.oracle import all_cases, module, reference

each_task = pytest.mark.parametrize("task", task_ids())


@each_task
def test_arguments_of_the_probes_are_those_of_the_signature(task):
    if hasattr(module(task, "probe"), "call"):
        pytest.skip("this probe calls the symbol in a way of its own")
    names = list(inspect.signature(reference(task)).parameters)
    for case in all_cases(task):
        assert list(case) == names[: len(case)]


@each_task
def test_references_leave_their_arguments_alone(task):
    call = load_task(task).call
    for case in all_cases(task):
        before = {key: [np.copy(a) for a in arrays(value)] for key, value in case.items()}
        try:
            call(reference(task), case)
        except (ValueError, RuntimeError):
            continue  # a case that is there to be refused
        for key, value in case.items():
            for array, old in zip(arrays(value), before[key], strict=True):
                np.testing.assert_array_equal(array, old)


def arrays(value):
    """All arrays in an argument: itself, or those of a list."""
    if isinstance(value, np.ndarray):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [a for item in value for a in arrays(item)] if isinstance(value, list | tuple) else []
