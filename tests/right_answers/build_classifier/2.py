import keras


def build_classifier(kind, units=64):
    images = keras.Input((28, 28), name="rows")
    if kind == "lstm":
        h = keras.layers.LSTM(units)(images)
    elif kind == "gru":
        h = keras.layers.GRU(units)(images)
    else:
        h = keras.layers.SimpleRNN(units)(images)
    scores = keras.layers.Dense(10)(h)
    probabilities = keras.layers.Softmax()(scores)
    model = keras.Model(images, probabilities)
    model.compile(
        optimizer=keras.optimizers.SGD(0.1),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["sparse_categorical_accuracy"],
    )
    return model
