def block(d, h):
    return h * (d + h + 1 + 1)


def count_parameters(kind, input_size, hidden_size):
    return sum(block(input_size, hidden_size) for _ in range(("rnn", None, "gru", "lstm").index(kind) + 1))
