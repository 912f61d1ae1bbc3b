"""The references of chapter 10 are proved here, against Keras and PyTorch: see tests/oracle.py."""

import warnings

import numpy as np
import pytest

from tests.oracle import all_cases, cases, close, module, reference

pytestmark = pytest.mark.slow  # importing Keras takes seconds

TORCH_LAYERS = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}
BLOCKS = {"rnn": [0], "lstm": [0, 1, 2, 3], "gru": [1, 0, 2]}  # Keras' z, r, h are torch's r, z, n


@pytest.fixture(scope="module")
def keras():
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        patch.setenv("KERAS_BACKEND", "tensorflow")
        patch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")
        patch.setenv("TF_ENABLE_ONEDNN_OPTS", "0")
        warnings.simplefilter("ignore")  # the import's own deprecations are not ours to mend
        pytest.importorskip("tensorflow")
        yield pytest.importorskip("keras")


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch")


# ---------------------------------------------------------------- weights from PyTorch


@pytest.mark.parametrize("kind", ["lstm", "gru"])
def test_weights_give_the_same_outputs_in_keras(kind, keras, torch):
    for case in all_cases(f"{kind}_weights_to_keras"):
        D, H = case["weight_ih_l0"].shape[1], case["weight_hh_l0"].shape[1]
        source = getattr(torch.nn, TORCH_LAYERS[kind])(D, H, batch_first=True, dtype=torch.float64)
        source.load_state_dict({name: torch.tensor(array) for name, array in case.items()})
        weights = reference(f"{kind}_weights_to_keras")(source.state_dict())
        assert all(isinstance(weight, np.ndarray) for weight in weights)

        target = getattr(keras.layers, TORCH_LAYERS[kind])(
            H, return_sequences=True, dtype="float64"
        )
        target.build((None, None, D))
        assert [w.shape for w in weights] == [tuple(w.shape) for w in target.weights]
        target.set_weights(weights)
        x = np.random.default_rng(0).normal(size=(3, 7, D))
        with torch.no_grad():
            expected = source(torch.tensor(x))[0].numpy()
        close(np.asarray(target(x)), expected, 1e-9)


# ---------------------------------------------------------------- the cell


def test_gru_cell_is_that_of_keras(keras):
    probe = module("GRUCell", "probe")
    for case in all_cases("GRUCell"):
        mine, theirs = (
            probe.call(cell, case) for cell in (reference("GRUCell"), keras.layers.GRUCell)
        )
        assert mine.keys() == theirs.keys()
        for name in mine:
            close(np.asarray(mine[name]), np.asarray(theirs[name]), 1e-6)


def test_gru_cell_takes_the_weights_of_keras_in_their_order(keras):
    x = np.random.default_rng(0).normal(size=(2, 4, 3)).astype("float32")
    theirs = keras.layers.GRU(5, bias_initializer="random_normal", return_sequences=True)
    expected = np.asarray(theirs(x))
    ours = keras.layers.RNN(reference("GRUCell")(5), return_sequences=True)
    ours.build(x.shape)
    assert [w.name for w in ours.cell.weights] == [w.name for w in theirs.cell.weights]
    ours.set_weights(theirs.get_weights())
    close(np.asarray(ours(x)), expected, 1e-6)
    masked = keras.Sequential([keras.layers.Masking(), ours])
    assert masked(x).shape == (2, 4, 5)


# ---------------------------------------------------------------- the classifier


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_classifier_is_torchs_layer_and_a_softmax(kind, keras, torch):
    case = cases("build_classifier")[kind]
    model = reference("build_classifier")(kind, case["units"])
    rng = np.random.default_rng(1)
    weights = [0.5 * rng.normal(size=w.shape).astype("float32") for w in model.get_weights()]
    model.set_weights(weights)

    kernel, recurrent, bias, readout, readout_bias = weights
    biases = bias if kind == "gru" else (bias, 0 * bias)
    layer = getattr(torch.nn, TORCH_LAYERS[kind])(28, case["units"], batch_first=True)
    parameters = (kernel.T, recurrent.T, *biases)
    with torch.no_grad():
        for parameter, value in zip(layer.parameters(), parameters, strict=True):
            blocks = np.split(value, len(BLOCKS[kind]))
            parameter.copy_(torch.tensor(np.concatenate([blocks[k] for k in BLOCKS[kind]])))
        last = layer(torch.tensor(case["images"]))[0][:, -1]
        logits = last @ torch.tensor(readout) + torch.tensor(readout_bias)
        loss = torch.nn.functional.cross_entropy(logits, torch.tensor(case["labels"]))
    close(np.asarray(model(case["images"])), logits.softmax(dim=1).numpy(), 1e-5)

    logs = model.test_on_batch(case["images"], case["labels"], return_dict=True)
    close(float(logs["loss"]), loss.item(), 1e-4)
    right = (logits.argmax(dim=1).numpy() == case["labels"]).mean()
    close(float(logs["accuracy"]), right, 1e-6)


def test_classifier_has_the_parameters_that_the_statement_counts(keras):
    build = reference("build_classifier")
    assert build("lstm").count_params() == 24_458
    assert build("rnn").count_params() == 6_602
    assert build("gru").count_params() == 18_698


def test_classifier_learns(keras):
    case = cases("build_classifier")["training"]
    model = reference("build_classifier")("rnn", 16)
    history = model.fit(case["images"], case["labels"], epochs=40, verbose=0).history
    assert history["loss"][-1] < 0.9 * history["loss"][0]
