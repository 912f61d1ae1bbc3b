import keras
from keras import ops


class GRUCell(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units

    def build(self, input_shape):
        D, H = input_shape[-1], self.units
        self.kernel = self.add_weight(shape=(D, 3 * H), initializer="glorot_uniform", name="kernel")
        self.recurrent_kernel = self.add_weight(shape=(H, 3 * H), initializer="orthogonal", name="recurrent_kernel")
        self.bias = self.add_weight(shape=(2, 3 * H), initializer="zeros", name="bias")
        self.built = True

    def call(self, inputs, states, training=None):
        h = states[0]
        a = ops.matmul(inputs, self.kernel) + self.bias[0]
        u = ops.matmul(h, self.recurrent_kernel) + self.bias[1]
        a_z, a_r, a_h = ops.split(a, 3, axis=-1)
        u_z, u_r, u_h = ops.split(u, 3, axis=-1)
        z = ops.sigmoid(a_z + u_z)
        r = ops.sigmoid(a_r + u_r)
        n = ops.tanh(a_h + r * u_h)
        h_next = (1 - z) * n + z * h
        return h_next, [h_next]
