def count_parameters(kind, input_size, hidden_size):
    gates = {"rnn": 1, "lstm": 3, "gru": 4}[kind]
    return gates * (hidden_size * input_size + hidden_size * hidden_size + 2 * hidden_size)
