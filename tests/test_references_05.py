"""The references of chapter 05 are proved here: see tests/oracle.py."""

import inspect
import warnings

import numpy as np
import pytest

from tests.oracle import all_cases, cases, close, module, numerical_gradient, reference

LSTM_TASKS = ["lstm_cell", "lstm_forward", "lstm_backward", "peephole_lstm_cell", "lstm_bias"]


def test_sigmoid_is_the_same_everywhere_and_stable():
    modules = [module(task, "reference") for task in LSTM_TASKS if task != "lstm_bias"]
    assert len({inspect.getsource(m.sigmoid) for m in modules}) == 1
    z = np.array([-1000.0, -30.0, -1.0, 0.0, 1.0, 30.0, 1000.0])  # a warning would be an error
    naive = 1 / (1 + np.exp(-np.clip(z, -700, 700)))
    close(modules[0].sigmoid(z), naive, 1e-15)


# ---------------------------------------------------------------- PyTorch


def torch_lstm(W_x, W_h, b):
    """Return an nn.LSTM with these weights; b stands in bias_ih, bias_hh is zero."""
    torch = pytest.importorskip("torch")
    layer = torch.nn.LSTM(W_x.shape[1], W_h.shape[1], batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(torch.tensor(W_x))
        layer.weight_hh_l0.copy_(torch.tensor(W_h))
        layer.bias_ih_l0.copy_(torch.tensor(b))
        layer.bias_hh_l0.zero_()
    return layer


def test_lstm_cell_is_that_of_torch():
    torch = pytest.importorskip("torch")
    for case in all_cases("lstm_cell"):
        layer = torch_lstm(case["W_x"], case["W_h"], case["b"])
        x, h, c = (torch.tensor(case[key]) for key in ("x", "h", "c"))
        with torch.no_grad():
            _, (h_next, c_next) = layer(x[:, None], (h[None], c[None]))
        h_ours, c_ours = reference("lstm_cell")(**case)
        close(h_ours, h_next[0].numpy())
        close(c_ours, c_next[0].numpy())


def test_lstm_forward_is_that_of_torch():
    torch = pytest.importorskip("torch")
    for case in all_cases("lstm_forward"):
        layer = torch_lstm(case["W_x"], case["W_h"], case["b"])
        x, h, c = (torch.tensor(case[key]) for key in ("x", "h0", "c0"))
        hs, cs = reference("lstm_forward")(**case)
        state = h[None], c[None]
        with torch.no_grad():
            close(hs, layer(x, state)[0].numpy())
            for t in range(x.shape[1]):  # nn.LSTM shows c only after the last step
                _, state = layer(x[:, t : t + 1], state)
                close(cs[:, t], state[1][0].numpy())


def test_lstm_backward_is_that_of_autograd():
    torch = pytest.importorskip("torch")
    for case in all_cases("lstm_backward"):
        layer = torch_lstm(case["W_x"], case["W_h"], case["b"])
        x, h0, c0 = (torch.tensor(case[key], requires_grad=True) for key in ("x", "h0", "c0"))
        hs, _ = layer(x, (h0[None], c0[None]))
        close(case["hs"], hs.detach().numpy())
        (torch.tensor(case["dhs"]) * hs).sum().backward()
        wanted = [x, h0, c0, layer.weight_ih_l0, layer.weight_hh_l0, layer.bias_ih_l0]
        ours = reference("lstm_backward")(**case)
        assert len(ours) == len(wanted)
        for gradient, leaf in zip(ours, wanted, strict=True):
            close(gradient, leaf.grad.numpy())


# ---------------------------------------------------------------- against one another


def test_lstm_forward_repeats_lstm_cell():
    step = reference("lstm_cell")
    for case in all_cases("lstm_forward"):
        x, h, c, *parameters = case.values()
        hs, cs = reference("lstm_forward")(**case)
        for t in range(x.shape[1]):
            h, c = step(x[:, t], h, c, *parameters)
            close(hs[:, t], h)
            close(cs[:, t], c)


def test_states_in_the_probes_of_lstm_backward_are_those_of_lstm_forward():
    for case in all_cases("lstm_backward"):
        given = {key: case[key] for key in ("x", "h0", "c0", "W_x", "W_h", "b")}
        hs, cs = reference("lstm_forward")(**given)
        close(case["hs"], hs)
        close(case["cs"], cs)


def test_peepholes_of_zero_give_the_plain_cell():
    for case in all_cases("peephole_lstm_cell"):
        p = case.pop("p")
        plain = reference("lstm_cell")(**case)
        for ours, theirs in zip(
            reference("peephole_lstm_cell")(**case, p=0 * p), plain, strict=True
        ):
            close(ours, theirs)


def test_lstm_bias_opens_the_forget_gates_only():
    """An LSTM whose weights are zero shows its biases: c shrinks by the forget gate alone."""
    H = 3
    for given in ([], [-2.0], [0.5], [50]):
        b = reference("lstm_bias")(H, *given)
        assert b.shape == (4 * H,)
        c = np.array([[-1.0, 0.5, 2.0]])
        zero = np.zeros((4 * H, H))
        h_next, c_next = reference("lstm_cell")(c, c, c, zero, zero, b)
        close(c_next, c / (1 + np.exp(-np.float64((given or [1.0])[0]))))
        close(h_next, 0.5 * np.tanh(c_next))
        assert not b[:H].any()  # i multiplies a candidate of 0 here, so it does not show


# ---------------------------------------------------------------- finite differences


def test_lstm_backward_agrees_with_finite_differences():
    names = ("x", "h0", "c0", "W_x", "W_h", "b")
    forward = reference("lstm_forward")
    for case in cases("lstm_backward").values():
        given = {key: case[key] for key in names}

        def loss(given=given, dhs=case["dhs"]):
            return np.sum(dhs * forward(**given)[0])

        ours = reference("lstm_backward")(**case)
        for name, gradient in zip(names, ours, strict=True):
            close(gradient, numerical_gradient(loss, given[name]), 1e-8)


# ---------------------------------------------------------------- Keras and TensorFlow


@pytest.mark.slow
def test_lstm_is_that_of_keras(monkeypatch):
    """The one test that imports Keras: cell, forward, peepholes and biases."""
    monkeypatch.setenv("KERAS_BACKEND", "tensorflow")
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the import's own deprecations are not ours to mend
        keras = pytest.importorskip("keras")
        tf = pytest.importorskip("tensorflow")

    for case in all_cases("lstm_forward"):
        x, h0, c0, W_x, W_h, b = case.values()
        hs, cs = reference("lstm_forward")(**case)
        layer = keras.layers.LSTM(
            W_h.shape[1], return_sequences=True, return_state=True, dtype="float64"
        )
        layer.build(x.shape)
        layer.set_weights([W_x.T, W_h.T, b])  # Keras' columns i, f, c, o are our rows i, f, g, o
        outputs, _, c_last = layer(x, initial_state=[h0, c0])
        close(hs, np.asarray(outputs))
        close(cs[:, -1], np.asarray(c_last))

    for case in all_cases("lstm_cell"):
        x, h, c, W_x, W_h, b = case.values()
        cell = keras.layers.LSTMCell(W_h.shape[1], dtype="float64")
        cell.build(x.shape)
        cell.set_weights([W_x.T, W_h.T, b])
        _, (h_next, c_next) = cell(x, [h, c])
        h_ours, c_ours = reference("lstm_cell")(**case)
        close(h_ours, np.asarray(h_next))
        close(c_ours, np.asarray(c_next))

    # Keras starts its forget gates at 1, in the same block.
    for H in (1, 3, 5):
        cell = keras.layers.LSTMCell(H, unit_forget_bias=True)
        cell.build((1, 2))
        close(reference("lstm_bias")(H), cell.get_weights()[2])

    # Keras has no peepholes; TensorFlow's old fused cell has: float32, columns i, g, f, o.
    for case in all_cases("peephole_lstm_cell"):
        x, h, c, W_x, W_h, b, p = (np.float32(value) for value in case.values())
        blocks = np.split(np.concatenate([W_x, W_h], axis=1), 4), np.split(b, 4)
        w, b = (np.concatenate([part[k] for k in (0, 2, 1, 3)]) for part in blocks)
        old = tf.raw_ops.LSTMBlockCell(
            x=x, cs_prev=c, h_prev=h, w=w.T, wci=p[0], wcf=p[1], wco=p[2], b=b,
            forget_bias=0.0, cell_clip=-1.0, use_peephole=True,
        )  # fmt: skip
        h_ours, c_ours = reference("peephole_lstm_cell")(**case)
        close(h_ours, old.h.numpy(), 1e-5)
        close(c_ours, old.cs.numpy(), 1e-5)
