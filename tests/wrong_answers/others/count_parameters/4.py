def count_parameters(kind, input_size, hidden_size):
    gates = {"rnn": 1, "lstm": 4, "gru": 3}[kind]
    return gates * (hidden_size * input_size + hidden_size * hidden_size)
