"""The references of chapter 14 are proved here: see tests/oracle.py."""

import numpy as np
import pytest

from tests.oracle import SEEDS, all_cases, cases, close, module, numerical_gradient, reference


def called(task):
    """Every case of the probe, for every seed, with what the probe makes of the reference."""
    call = module(task, "probe").call
    return [(case, call(reference(task), case)) for case in all_cases(task)]


def test_fix_loss_shape_is_the_mean_squared_error_of_torch():
    torch = pytest.importorskip("torch")
    for case in all_cases("fix_loss_shape"):
        outputs, targets = map(torch.tensor, case.values())
        right = torch.nn.functional.mse_loss(outputs, targets.reshape(-1, 1))
        close(reference("fix_loss_shape")(**case), right.item())


def test_fix_loss_shape_falls_to_zero_and_the_broken_one_to_the_variance():
    """What the statement says was seen: the least that the broken loss can be is the variance."""
    case = cases("fix_loss_shape")["distinct"]
    targets = case["targets"]
    assert reference("fix_loss_shape")(targets[:, None], targets) == 0
    broken = lambda outputs: np.mean((outputs - targets) ** 2)  # noqa: E731
    best = np.full((len(targets), 1), targets.mean())
    close(broken(best), targets.var())
    close(numerical_gradient(lambda: broken(best), best), 0 * best, 1e-9)


def test_fix_comparison_has_the_parameters_of_the_equations():
    pytest.importorskip("torch")
    for case, (rnn, lstm, gru, *outputs) in called("fix_comparison"):
        D, H = case["input_size"], case["hidden_size"]
        assert rnn == H * (D + H + 2)
        assert (lstm, gru) == (4 * rnn, 3 * rnn)
        numbers = case["numbers"]
        W_x, W_h, b_x, b_h = np.split(numbers[: int(rnn)], np.cumsum([H * D, H * H, H]))
        h = np.zeros((len(case["x"]), H))
        for t in range(case["x"].shape[1]):
            x = case["x"][:, t]
            h = np.tanh(x @ W_x.reshape(H, D).T + b_x + h @ W_h.reshape(H, H).T + b_h)
            close(outputs[0][:, t], h)


def test_fix_batch_axis_answers_each_sequence_alone():
    torch = pytest.importorskip("torch")
    call = module("FixBatchAxis", "probe").call
    for case, logits in called("FixBatchAxis"):
        assert logits.shape == (len(case["x"]), case["num_classes"])
        for n in range(len(case["x"])):
            alone = call(reference("FixBatchAxis"), case | {"x": case["x"][n : n + 1]})
            close(alone[0], logits[n])
        cell = torch.nn.LSTMCell(case["input_size"], case["hidden_size"]).double()
        readout = torch.nn.Linear(case["hidden_size"], case["num_classes"]).double()
        numbers = torch.from_numpy(case["numbers"])
        for parameter in [*cell.parameters(), *readout.parameters()]:
            parameter.data = numbers[: parameter.numel()].reshape(parameter.shape)
            numbers = numbers[parameter.numel() :]
        state = None
        for t in range(case["x"].shape[1]):
            state = cell(torch.from_numpy(case["x"][:, t]), state)
        close(readout(state[0]).detach().numpy(), logits)


def test_fix_last_step_is_that_of_each_sequence_alone():
    pytest.importorskip("torch")
    call = module("fix_last_step", "probe").call
    for case, features in called("fix_last_step"):
        for n, length in enumerate(case["lengths"]):
            x = case["x"][n : n + 1, :length]
            alone = case | {"x": x, "lengths": np.array([length])}
            whole = call(lambda layer, x, lengths: layer(x)[1].transpose(0, 1).flatten(1), alone)
            close(whole[0], features[n])


def test_fix_carried_state_is_one_run_of_torch():
    torch = pytest.importorskip("torch")
    for case in all_cases("fix_carried_state"):
        x, h0, W_x, W_h, b, _ = case.values()
        layer = torch.nn.RNN(*W_x.shape[::-1], batch_first=True, dtype=torch.float64)
        for parameter, value in zip(layer.parameters(), (W_x, W_h, b, 0 * b), strict=True):
            parameter.data = torch.from_numpy(value)
        hs, _ = layer(torch.from_numpy(x), torch.from_numpy(h0[None]))
        close(reference("fix_carried_state")(**case), hs.detach().numpy())


def test_fix_gradient_is_that_of_torch_and_of_finite_differences():
    torch = pytest.importorskip("torch")
    names = ("x", "h0", "W_x", "W_h", "b")
    for case, (hs, *gradients) in called("fix_gradient"):
        x, h0, W_x, W_h, b = (torch.from_numpy(case[name]).requires_grad_() for name in names)
        layer = torch.nn.RNN(*W_x.shape[::-1], batch_first=True, dtype=torch.float64)
        values = dict(
            zip(("weight_ih_l0", "weight_hh_l0", "bias_ih_l0"), (W_x, W_h, b), strict=True)
        )
        values["bias_hh_l0"] = torch.zeros_like(b)
        right, _ = torch.func.functional_call(layer, values, (x, h0[None]))
        close(hs, right.detach().numpy())
        (right * torch.from_numpy(case["weights"])).sum().backward()
        for gradient, leaf in zip(gradients, (x, h0, W_x, W_h, b), strict=True):
            close(gradient, leaf.grad.numpy())
    case = cases("fix_gradient")["distinct"]

    def loss():
        hs = reference("fix_gradient")(*(torch.from_numpy(case[name]) for name in names))
        return (hs.numpy() * case["weights"]).sum()

    found = module("fix_gradient", "probe").call(reference("fix_gradient"), case)[1:]
    for name, gradient in zip(names, found, strict=True):
        close(numerical_gradient(loss, case[name]), gradient, 1e-6)


def test_fix_unpacking_is_the_lstm_of_torch():
    torch = pytest.importorskip("torch")
    pytest.importorskip("keras")
    for case, (h, c) in called("fix_unpacking"):
        kernel, recurrent, bias = map(torch.from_numpy, case["weights"])
        layer = torch.nn.LSTM(case["x"].shape[2], case["units"], batch_first=True)
        values = kernel.T, recurrent.T, bias, 0 * bias
        for parameter, value in zip(layer.parameters(), values, strict=True):
            parameter.data = value.contiguous()  # both keep the order i, f, candidate, o
        _, (h_n, c_n) = layer(torch.from_numpy(case["x"]))
        close(h, h_n[0].detach().numpy(), 1e-5)
        close(c, c_n[0].detach().numpy(), 1e-5)


def test_fix_labels_are_what_cross_entropy_takes():
    torch = pytest.importorskip("torch")
    for seed in SEEDS:
        for case in cases("fix_labels", seed).values():
            labels = case["labels"]
            classes = torch.from_numpy(reference("fix_labels")(labels))
            assert classes.dtype == torch.int64
            logits = torch.randn(len(labels), 255, generator=torch.manual_seed(seed))
            given = labels > 0
            rows = -torch.log_softmax(logits, 1).numpy()[given]
            right = rows[np.arange(given.sum()), labels[given].astype(int) - 1].mean()
            close(torch.nn.functional.cross_entropy(logits, classes).item(), right, 1e-5)
            with pytest.raises(RuntimeError, match=r"Long|Int"):
                torch.nn.functional.cross_entropy(logits, classes.int())
