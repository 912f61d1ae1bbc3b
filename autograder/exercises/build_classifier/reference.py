import keras
from keras import layers


def build_classifier(kind, units=64):
    """Build and compile a classifier that reads an image (28, 28) row by row.

    One recurrent layer reads the 28 rows; a Dense layer turns its last output into probabilities
    of ten classes. The model is compiled for integer labels and reports the accuracy.

    Args:
        kind: which recurrent layer: "rnn" (SimpleRNN), "lstm" or "gru"
        units: hidden size of that layer

    Returns:
        a compiled Keras model: images (N, 28, 28) float32 → probabilities (N, 10)
    """
    # begin solution
    layer = {"rnn": layers.SimpleRNN, "lstm": layers.LSTM, "gru": layers.GRU}[kind]
    model = keras.Sequential(
        [
            keras.Input((28, 28)),  # T rows of D pixels; N stays open
            layer(units),  # (N, H): the output after the last row only
            layers.Dense(10, activation="softmax"),  # (N, 10)
        ]
    )
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
    # end solution
