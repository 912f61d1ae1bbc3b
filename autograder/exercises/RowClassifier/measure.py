"""What any right RowClassifier does, whatever its layers are called: see probe.py."""

import numpy as np


def measure(case, value):
    """Return 1 for what holds and other numbers for what does not, the number of parameters, …"""
    found = {"parameters": value["count"], "logits": 0 * value["logits"]}
    if case["cell"] is None or value["logits"].shape != (len(case["images"]), len(case["bias"])):
        return found
    rows = np.linalg.norm(value["jacobian"], axis=(1, 3)).sum(axis=0)  # (28,)
    columns = np.linalg.norm(value["jacobian"], axis=(1, 2)).sum(axis=0)  # (28,)
    depends = np.abs(value["jacobian"]).max(axis=(2, 3)) > 0  # (N, N)
    biased = value["biased"] - value["biased"].mean(axis=1, keepdims=True)
    right_bias = case["bias"] - case["bias"].mean()
    found |= {
        "independent": one_if(
            np.array_equal(depends, np.eye(len(depends))), -pattern(depends.ravel())
        ),
        "repeatable": one_if(np.array_equal(value["logits"], value["again"]), 0),
        "all_rows": one_if((rows > 0).all(), -pattern(rows > 0)),
        "readout_place": readout_place(rows, columns, case["bidirectional"]),
        "all_parameters": one_if((value["reached"] > 0).all(), -pattern(value["reached"] > 0)),
        "hidden_state": hidden_state(value["open_inputs"], case["cell"]),
        "whole_state": one_if((value["small_inputs"] != 0).all(), 0),
        "unsquashed": one_if(
            np.allclose(biased, right_bias, atol=1e-3), -np.abs(biased - right_bias).mean()
        ),
    }
    return found


def one_if(condition, otherwise):
    """Return 1, or the number that tells one way of failing from another."""
    return 1.0 if condition else float(otherwise)


def pattern(flags):
    """Return a number for a row of flags."""
    return 2 + float(np.dot(np.asarray(flags, dtype=float), np.arange(len(flags)) + 1.0))


def readout_place(rows, columns, bidirectional):
    """Tell where the states that are read out have just come from, by what weighs most.

    States forget here, so an answer rests on the rows that were read last.
    """

    def weighs(sizes):
        return [sizes[t] > 0.05 * sizes.max() for t in (0, 13, 27)]

    wanted = [True, False, True] if bidirectional else [False, False, True]
    return one_if(weighs(rows) == wanted, -pattern(weighs(rows) + weighs(columns)))


def hidden_state(inputs, cell):
    """With large biases a memory cell adds up over 28 steps; a hidden state comes close to 1."""
    largest = float(np.abs(inputs).max())
    least = 0.0 if cell == "gru" else 0.9  # a GRU that keeps its state moves slowly
    return one_if(least < largest < 1.01, -round(largest, 1))
