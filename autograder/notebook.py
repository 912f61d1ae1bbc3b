"""`check` and `hint` for a notebook: rich feedback, no exception ever."""

import atexit
import contextlib
import functools
import inspect
import sys
from pathlib import Path
from typing import Any

from autograder.errors import SandboxError, Unreadable
from autograder.extract import Cell, Submission, read, without_magics
from autograder.feedback import as_html, as_text, render
from autograder.grader import Grader, verdict_seed
from autograder.messages import say
from autograder.registry import load_task, task_ids
from autograder.sandbox import Sandbox
from autograder.state import language, load_state, next_hint, state_file

NOTHING = object()  # `check()`: a learner's slip, which gets a sentence and no TypeError


def check(symbol: Any = NOTHING) -> None:
    """Check a task's function (or class, or its name) and show what was found."""
    speak = _language()
    if symbol is NOTHING:
        _show(say("no-argument", speak, call="check"))
        return
    try:
        name = _name(symbol)
        if name not in task_ids():
            _show(_unknown(name, speak))
            return
        submission = _submission(symbol, name)
        if submission is None:
            _show(say("no-source", speak, task=name))
            return
        result = _grader().grade(submission, name, verdict_seed([submission]))
        lines = render(result, speak, in_notebook=True)
        _show(as_text(result, lines), as_html(result, lines, speak))
    except SandboxError as error:
        _show(say("no-sandbox", speak, why=error))
    except Unreadable as error:
        _show(say(error.key, speak, **error.params))


def hint(symbol: Any = NOTHING, level: int | None = None) -> None:
    """Show the next hint for a task, or the one asked for."""
    speak = _language()
    if symbol is NOTHING:
        _show(say("no-argument", speak, call="hint"))
        return
    name = _name(symbol)
    if name not in task_ids():
        _show(_unknown(name, speak))
        return
    _show("\n".join(hint_lines(name, level, speak)))


def hint_lines(name: str, level: int | None, speak: str) -> list[str]:
    """Return the sentences of a hint, and remember that it was given."""
    task = load_task(name)
    count = len(task.hints)
    if level is not None and not 1 <= level <= count:
        return [say("bad-level", speak, task=name, count=count)]
    chosen, again = next_hint(task, level, state_file())
    text = task.hints[chosen - 1][speak]
    line = say("hint", speak, level=chosen, count=count, task=name, text=text)
    return [say("no-more-hints", speak), line] if again else [line]


def _language() -> str:
    stored = load_state(state_file()).get("lang")
    return language(stored=stored if isinstance(stored, str) else None)


def _unknown(name: str, speak: str) -> str:
    from autograder.checking import unknown_task

    return unknown_task(name, speak)


@functools.cache
def _grader() -> Grader:
    """One worker for the whole session: it costs a start only once."""
    sandbox = Sandbox()
    atexit.register(sandbox.close)
    return Grader(sandbox)


def _shell() -> Any:
    """IPython's shell, if this runs in one."""
    if "IPython" not in sys.modules:
        return None
    from IPython import get_ipython

    return get_ipython()


def _name(symbol: Any) -> str:
    if isinstance(symbol, str):
        return symbol
    shell = _shell()
    if shell is not None:  # lstm_cell = lambda …: the object's own name says nothing
        for name in task_ids():
            if shell.user_ns.get(name) is symbol:
                return name
    return str(getattr(symbol, "__name__", type(symbol).__name__))


def _submission(symbol: Any, name: str) -> Submission | None:
    """Everything executed so far in this notebook; or the file that a function came from."""
    shell = _shell()
    module = getattr(symbol, "__module__", "__main__")
    if shell is not None and (isinstance(symbol, str) or module == "__main__"):
        cells = tuple(
            Cell(f"In [{number}]", without_magics(source))
            for number, source in enumerate(shell.user_ns.get("In", ()))
            if source
        )
        submission = Submission("notebook", cells)
        return submission if name in submission.defined else None
    with contextlib.suppress(TypeError):
        if file := inspect.getsourcefile(symbol):
            return read(Path(file))
    return None


def _show(text: str, html: str | None = None) -> None:
    if _shell() is None:
        print(text)
        return
    from IPython.display import display

    bundle = {"text/plain": text}
    if html is not None:
        bundle["text/html"] = html
    display(bundle, raw=True)
