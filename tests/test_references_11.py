"""The references of chapter 11 are proved here: see tests/oracle.py."""

import itertools

import numpy as np
import pytest

from tests.oracle import SEEDS, all_cases, cases, close, module, reference

# ---------------------------------------------------------------- stream_batches


def test_streams_are_the_formulas_places():
    """Every place of the text, one by one, from tokens that are their own places."""
    for case in all_cases("stream_batches"):
        L, N, T = len(case["tokens"]), case["batch_size"], case["steps"]
        x, y = reference("stream_batches")(np.arange(L), N, T)
        S = (L - 1) // N
        assert x.shape == y.shape == (S // T, N, T)
        for j, k, t in np.ndindex(x.shape):
            assert x[j, k, t] == k * S + j * T + t
            assert y[j, k, t] == k * S + j * T + t + 1


def test_a_network_that_carries_its_state_reads_each_stream_in_one():
    """The oracle is nn.RNN: over the batches with a carried state as over each stream at once."""
    torch = pytest.importorskip("torch")
    for case in all_cases("stream_batches"):
        tokens, N, T = case.values()
        S = (len(tokens) - 1) // N
        table = torch.randn(1000, 5, dtype=torch.float64)
        rnn = torch.nn.RNN(5, 4, batch_first=True, dtype=torch.float64)
        x, _ = reference("stream_batches")(tokens, N, T)
        state, carried = None, []
        with torch.no_grad():
            for batch in x:
                hs, state = rnn(table[torch.from_numpy(batch)], state)
                carried.append(hs)
            streams = np.stack([tokens[k * S : k * S + len(x) * T] for k in range(N)])
            whole, _ = rnn(table[torch.from_numpy(streams)])
        close(torch.cat(carried, dim=1).numpy(), whole.numpy())


# ---------------------------------------------------------------- sample_token


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cold", "warm", "hot", "large"])
def test_frequencies_are_those_of_torchs_softmax(name):
    torch = pytest.importorskip("torch")
    for seed in SEEDS:
        logits, temperature, *_ = cases("sample_token", seed)[name].values()
        rng = np.random.default_rng(seed)
        drawn = [reference("sample_token")(logits, temperature, rng) for _ in range(5_000)]
        assert {type(token) for token in drawn} == {int}
        p = torch.softmax(torch.from_numpy(logits) / temperature, dim=0).numpy()
        apart = np.bincount(drawn, minlength=len(p)) / len(drawn) - p
        assert np.all(np.abs(apart) <= 5 * np.sqrt(p * (1 - p) / len(drawn)) + 1e-12)


def test_ends_of_the_temperature():
    for seed in SEEDS:
        drawn = cases("sample_token", seed)
        logits, temperature, *_ = drawn["zero"].values()
        token = reference("sample_token")(logits, temperature, np.random.default_rng(seed))
        assert token == np.argmax(logits)
        logits, temperature, *_ = drawn["negative"].values()
        with pytest.raises(ValueError, match="negative"):
            reference("sample_token")(logits, temperature, np.random.default_rng(seed))


def test_the_measure_does_not_mind_how_a_right_answer_draws():
    """Gumbel noise, a cumulative sum, a multinomial: many gradings, no false alarm."""

    def gumbel(logits, temperature, rng):
        if temperature == 0:
            return np.argmax(logits)
        return np.argmax(logits / temperature + rng.gumbel(size=len(logits)))

    def cumulative(logits, temperature, rng):
        if temperature == 0:
            return int(np.argmax(logits))
        sums = np.cumsum(np.exp((logits - logits.max()) / temperature))
        return int(np.searchsorted(sums, rng.random() * sums[-1], side="right"))

    probe, measure = module("sample_token", "probe"), module("sample_token", "measure").measure
    for seed, symbol in itertools.product(range(6), [gumbel, cumulative]):
        for name, case in probe.cases(np.random.default_rng(seed)).items():
            if name != "negative":
                measured = measure(case, probe.call(symbol, case))
                assert set(measured.values()) == {1.0}, (seed, name, measured)


# ---------------------------------------------------------------- perplexity


def test_perplexity_is_that_of_torch_over_all_tokens_at_once():
    """The batches' means come from cross_entropy; so does the mean over the whole text."""
    torch = pytest.importorskip("torch")
    for seed, name in itertools.product(SEEDS, cases("perplexity")):
        counts = cases("perplexity", seed)[name]["counts"]
        generator = torch.Generator().manual_seed(seed)
        logits = torch.randn(counts.sum(), 7, dtype=torch.float64, generator=generator)
        targets = torch.randint(7, (int(counts.sum()),), generator=generator)
        parts = zip(logits.split(counts.tolist()), targets.split(counts.tolist()), strict=True)
        means = [torch.nn.functional.cross_entropy(z, t).item() for z, t in parts]
        wanted = torch.nn.functional.cross_entropy(logits, targets).exp().item()
        close(reference("perplexity")(np.array(means), counts), wanted)


def test_perplexity_does_not_depend_on_the_cut():
    losses = np.random.default_rng(0).uniform(0, 4, size=60)
    for cuts in ([], [10], [1, 2, 40], [59]):
        parts = np.split(losses, cuts)
        means, counts = np.array([p.mean() for p in parts]), np.array([len(p) for p in parts])
        close(reference("perplexity")(means, counts), np.exp(losses.mean()))


def test_perplexity_of_a_model_without_an_idea_is_the_size_of_the_vocabulary():
    close(reference("perplexity")(np.full(3, np.log(50)), np.array([7, 2, 9])), 50)


# ---------------------------------------------------------------- sliding_windows


def test_sliding_windows_are_those_of_numpy_and_torch():
    torch = pytest.importorskip("torch")
    accepted = refused = 0
    for series, length, horizon in (case.values() for case in all_cases("sliding_windows")):
        if len(series) < length + horizon:
            with pytest.raises(ValueError, match="too short"):
                reference("sliding_windows")(series, length, horizon)
            refused += 1
            continue
        X, y = reference("sliding_windows")(series, length, horizon)
        whole = torch.from_numpy(series).unfold(
            0, length + horizon, 1
        )  # (K, [D,] length + horizon)
        whole = whole.movedim(-1, 1).numpy()
        np.testing.assert_array_equal(X, whole[:, :length])
        np.testing.assert_array_equal(y, whole[:, length:])
        accepted += 1
    assert (accepted, refused) == (7 * len(SEEDS), 2 * len(SEEDS))
