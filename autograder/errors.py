"""What can go wrong that is not the submission's own code.

AutograderError
├── Unreadable    a path that is no submission
├── BadTask       a task's folder that is not as it must be (an author's affair)
└── SandboxError  the grading process cannot run here
"""


class AutograderError(Exception):
    """Base of all errors that the commands turn into one sentence."""


class Unreadable(AutograderError):
    """A path that is no submission: `key` names the sentence in messages.py."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.key, self.params = key, params


class BadTask(AutograderError):
    """A task's folder is not as it must be: says which file and what is wrong with it."""


class SandboxError(AutograderError):
    """The worker itself cannot run."""
