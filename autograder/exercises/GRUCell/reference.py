import keras
from keras import ops


class GRUCell(keras.layers.Layer):
    """One step of a GRU (reset after), for `keras.layers.RNN`.

    It has the weights of `keras.layers.GRUCell(units, reset_after=True)`, in the same order and
    shapes, so that those weights give the same outputs:

        kernel (D, 3H), recurrent_kernel (H, 3H), bias (2, 3H)

    The columns hold three blocks of H, in the order z, r, h. Row 0 of the bias belongs to the
    inputs, row 1 to the state.
    """

    def __init__(self, units, **kwargs):
        """Keep the number of units; `state_size` tells keras.layers.RNN how wide the state is."""
        super().__init__(**kwargs)
        # begin solution
        self.units = units
        self.state_size = units
        # end solution

    def build(self, input_shape):
        """Create the weights; input_shape is (N, D)."""
        # begin solution
        D, H = input_shape[-1], self.units
        self.kernel = self.add_weight(shape=(D, 3 * H), name="kernel")
        self.recurrent_kernel = self.add_weight(
            shape=(H, 3 * H), name="recurrent_kernel", initializer="orthogonal"
        )
        self.bias = self.add_weight(shape=(2, 3 * H), name="bias", initializer="zeros")
        # end solution

    def call(self, inputs, states, training=None):
        """Advance by one step.

        Args:
            inputs: the input of this step, (N, D)
            states: a list with the hidden state before this step, [(N, H)]
            training: not needed here; keras.layers.RNN may pass it

        Returns:
            (h_next, [h_next]): the output (N, H), and the list of states after the step
        """
        # begin solution
        h = states[0]
        x_z, x_r, x_h = ops.split(ops.matmul(inputs, self.kernel) + self.bias[0], 3, axis=-1)
        h_z, h_r, h_h = ops.split(ops.matmul(h, self.recurrent_kernel) + self.bias[1], 3, axis=-1)
        z = ops.sigmoid(x_z + h_z)  # update gate, (N, H): 1 keeps the old state
        r = ops.sigmoid(x_r + h_r)  # reset gate, (N, H)
        n = ops.tanh(x_h + r * h_h)  # candidate hidden state, (N, H)
        h_next = (1 - z) * n + z * h  # (N, H)
        return h_next, [h_next]
        # end solution
