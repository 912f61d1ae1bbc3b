def fix_unpacking(x, units, weights):
    """Return the two states in which an LSTM of Keras ends.

    Args:
        x: (N, T, D) float32
        units: H
        weights: kernel (D, 4H), recurrent_kernel (H, 4H) and bias (4H,), as the layer has them

    Returns:
        (h, c): hidden state and memory cell after the last step, each (N, H)
    """
    import keras

    # begin solution
    layer = keras.layers.LSTM(units, return_state=True)
    layer.build(x.shape)
    layer.set_weights(weights)
    _, h, c = layer(x)
    return h, c
    # end solution
