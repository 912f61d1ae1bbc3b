"""The references of chapter 01 are proved here: see tests/oracle.py."""

import warnings

import numpy as np
import pytest

from tests.oracle import SEEDS, all_cases, cases, close, module, numerical_gradient, reference


def given(task):
    """Return every case, as the arguments that the symbol gets: the probe may change them."""
    call = getattr(module(task, "probe"), "call", lambda symbol, case: symbol(*case.values()))
    return [call(lambda *arguments: arguments, case) for case in all_cases(task)]


def split(task):
    """Return the cases' arguments that are accepted, and those that are refused."""
    accepted, refused = [], []
    for arguments in given(task):
        try:
            reference(task)(*arguments)
            accepted.append(arguments)
        except ValueError:
            refused.append(arguments)
    return accepted, refused


# ---------------------------------------------------------------- rows_as_sequence


def test_rows_as_sequence_is_what_torchs_division_gives():
    torch = pytest.importorskip("torch")
    accepted, refused = split("rows_as_sequence")
    assert (len(accepted), len(refused)) == (3 * len(SEEDS), 3 * len(SEEDS))
    for (images,) in accepted:
        x = reference("rows_as_sequence")(images)
        wanted = torch.from_numpy(images).to(torch.float32) / 255
        assert x.dtype == np.float32
        np.testing.assert_array_equal(x, wanted.numpy())
    assert all(images.ndim != 3 for (images,) in refused)


def test_the_course_has_one_rows_as_sequence():
    """The function that the lessons import does the same."""
    pytest.importorskip("torch")
    from unrolled.training import rows_as_sequence

    for (images,) in split("rows_as_sequence")[0]:
        np.testing.assert_array_equal(
            reference("rows_as_sequence")(images), rows_as_sequence(images).numpy()
        )


# ---------------------------------------------------------------- one_hot


def test_one_hot_is_that_of_torch():
    torch = pytest.importorskip("torch")
    accepted, refused = split("one_hot")
    assert (len(accepted), len(refused)) == (5 * len(SEEDS), 3 * len(SEEDS))
    for indices, num_classes in accepted:
        wanted = torch.nn.functional.one_hot(torch.as_tensor(indices), num_classes)
        np.testing.assert_array_equal(reference("one_hot")(indices, num_classes), wanted.numpy())
    for indices, num_classes in refused:
        with pytest.raises(RuntimeError):
            torch.nn.functional.one_hot(torch.as_tensor(indices), num_classes)


# ---------------------------------------------------------------- pad_sequences


def test_pad_sequences_is_that_of_torch():
    torch = pytest.importorskip("torch")
    for (sequences,) in given("pad_sequences"):
        batch, lengths, mask = reference("pad_sequences")(sequences)
        tensors = [torch.from_numpy(sequence) for sequence in sequences]
        close(batch, torch.nn.utils.rnn.pad_sequence(tensors, batch_first=True).numpy(), 0)
        assert lengths.tolist() == [len(sequence) for sequence in sequences]
        marks = [torch.ones(len(sequence)) for sequence in sequences]
        wanted = torch.nn.utils.rnn.pad_sequence(marks, batch_first=True)
        np.testing.assert_array_equal(mask, wanted.numpy())


def test_nothing_is_lost_by_padding():
    for (sequences,) in given("pad_sequences"):
        batch, lengths, mask = reference("pad_sequences")(sequences)
        close(batch[mask], np.concatenate(sequences), 0)
        assert not batch[~mask].any()
        assert lengths.dtype.kind == "i"
        np.testing.assert_array_equal(mask.sum(axis=1), lengths)


@pytest.mark.slow
def test_pad_sequences_is_that_of_keras(monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "tensorflow")
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the import's own deprecations are not ours to mend
        keras = pytest.importorskip("keras")
    for (sequences,) in given("pad_sequences"):
        if all(map(len, sequences)):  # Keras cannot tell the width from an empty sequence
            theirs = keras.utils.pad_sequences(sequences, dtype="float64", padding="post")
            close(reference("pad_sequences")(sequences)[0], theirs, 0)


# ---------------------------------------------------------------- masked_cross_entropy


def test_masked_cross_entropy_is_that_of_torch():
    """The mask is put into the targets (ignore_index); the sum is divided by all the rows."""
    torch = pytest.importorskip("torch")
    for logits, targets, mask in given("masked_cross_entropy"):
        leaf = torch.tensor(logits, requires_grad=True)
        marked = torch.from_numpy(np.where(mask, targets, -100))
        summed = torch.nn.functional.cross_entropy(
            leaf.transpose(1, 2), marked, ignore_index=-100, reduction="sum"
        )
        wanted = summed / len(logits)
        wanted.backward()
        loss, dlogits = reference("masked_cross_entropy")(logits, targets, mask)
        close(loss, wanted.item())
        close(dlogits, leaf.grad.numpy())
        assert np.shape(loss) == ()
        assert np.isfinite(loss)
        assert np.isfinite(dlogits).all()


def test_gradient_of_masked_cross_entropy_agrees_with_finite_differences():
    ours = reference("masked_cross_entropy")
    for logits, targets, mask in given("masked_cross_entropy"):
        if np.abs(logits).max() < 100:  # at 1000 a difference of 1e-5 is lost in rounding
            _, dlogits = ours(logits, targets, mask)

            def loss(arguments=(logits, targets, mask)):
                return ours(*arguments)[0]

            close(dlogits, numerical_gradient(loss, logits), 1e-8)


def test_the_probes_of_masked_cross_entropy_show_what_they_should():
    case = cases("masked_cross_entropy")["distinct"]
    mask, targets = case["mask"] == 1, case["targets"]
    assert not mask.any(axis=1).all()  # a row without a real step
    assert mask.all(axis=1).any()
    assert (targets[~mask] == -1).any()
    assert (targets[~mask] >= 0).any()
    assert (targets[mask] >= 0).all()
    assert any(np.diff(row.astype(int)).max() > 0 and row[0] for row in mask)  # a hole
    extreme = cases("masked_cross_entropy")["extreme"]
    assert np.abs(extreme["logits"]).max() >= 1000


def test_appending_padding_changes_nothing():
    ours = reference("masked_cross_entropy")
    for logits, targets, mask in given("masked_cross_entropy"):
        N, T, C = logits.shape
        loss, dlogits = ours(logits, targets, mask)
        longer, d_longer = ours(
            np.concatenate([logits, np.full((N, 3, C), 7.0)], axis=1),
            np.concatenate([targets, np.full((N, 3), -1)], axis=1),
            np.concatenate([mask, np.zeros((N, 3), dtype=bool)], axis=1),
        )
        close(longer, loss)
        close(d_longer[:, :T], dlogits)
        assert not d_longer[:, T:].any()
