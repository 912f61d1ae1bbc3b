import numpy as np


def adam_step(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """Make one update of Adam.

    Both running averages start at zero and are too small at first; what the step uses is corrected
    for that, what is returned is not.

    Args:
        w: parameters, of any shape
        g: gradient of the loss with respect to w, shaped like w
        m: running average of the gradients before this update, shaped like w
        v: running average of the squared gradients before this update, shaped like w
        t: number of this update; the first is 1
        lr: learning rate
        beta1: how much of the old m stays
        beta2: how much of the old v stays
        eps: added to the root, so that nothing is divided by zero

    Returns:
        (w_next, m_next, v_next), new arrays shaped like w, the averages uncorrected; the arguments
        are left as they were
    """
    # begin solution
    m_next = beta1 * m + (1 - beta1) * g
    v_next = beta2 * v + (1 - beta2) * g**2
    m_hat = m_next / (1 - beta1**t)
    v_hat = v_next / (1 - beta2**t)
    w_next = w - lr * m_hat / (np.sqrt(v_hat) + eps)
    return w_next, m_next, v_next
    # end solution
