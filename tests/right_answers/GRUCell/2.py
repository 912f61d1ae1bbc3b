import keras
import tensorflow as tf


class GRUCell(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = int(units)

    @property
    def state_size(self):
        return self.units

    def build(self, input_shape):
        size = 3 * self.units
        for name, shape in [
            ("kernel", (input_shape[-1], size)),
            ("recurrent_kernel", (self.units, size)),
            ("bias", (2, size)),
        ]:
            setattr(self, name, self.add_weight(name=name, shape=shape, initializer="random_normal"))

    def call(self, inputs, states, training=None):
        (h,) = states
        H = self.units
        x_part = tf.linalg.matmul(inputs, self.kernel) + self.bias[0]
        h_part = tf.linalg.matmul(h, self.recurrent_kernel) + self.bias[1]
        gates = tf.sigmoid(x_part[:, :2 * H] + h_part[:, :2 * H])
        update, reset = gates[:, :H], gates[:, H:]
        candidate = tf.tanh(x_part[:, 2 * H:] + reset * h_part[:, 2 * H:])
        new = candidate + update * (h - candidate)
        return new, [new]
