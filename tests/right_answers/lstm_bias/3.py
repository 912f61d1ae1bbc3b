from numpy import array


def lstm_bias(hidden_size, forget_bias=1.0):
    zero = [0.0] * hidden_size
    return array(zero + [forget_bias] * hidden_size + zero + zero, dtype="float32")
