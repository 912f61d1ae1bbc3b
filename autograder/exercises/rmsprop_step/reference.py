import numpy as np


def rmsprop_step(w, g, v, lr, decay=0.9, eps=1e-8):
    """Make one update of RMSprop.

    Every parameter has a learning rate of its own: lr divided by the root of a running average of
    the squares of its gradients.

    Args:
        w: parameters, of any shape
        g: gradient of the loss with respect to w, shaped like w
        v: running average of the squared gradients before this update, shaped like w
        lr: learning rate
        decay: how much of the old average stays, in [0, 1)
        eps: added to the root, so that nothing is divided by zero

    Returns:
        (w_next, v_next), new arrays shaped like w; the arguments are left as they were
    """
    # begin solution
    v_next = decay * v + (1 - decay) * g**2
    w_next = w - lr * g / (np.sqrt(v_next) + eps)
    return w_next, v_next
    # end solution
