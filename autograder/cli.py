"""The command `autograder` (design.md §6): its arguments and its small commands.

A cold check is mostly imports. So this module imports next to nothing, `check` starts the worker
first, and all else loads while that boots.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.errors import AutograderError, SandboxError
from autograder.messages import say
from autograder.sandbox import Sandbox
from autograder.state import language


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):  # a Windows console or LANG=C must not stop us
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except AutograderError as error:
        print(f"autograder: {_sentence(error, options.lang)}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # `autograder list | head`
        with contextlib.suppress(OSError):
            sys.stdout.close()
        return 1
    except KeyboardInterrupt:
        return 130


def _sentence(error: AutograderError, asked: str | None) -> str:
    if isinstance(error, SandboxError):
        return say("no-sandbox", language(asked), why=error)
    return str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="autograder", description="Check exercises and learn which mistake was made."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")

    def add(name: str, run: object, text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        command.add_argument("--lang", choices=("en", "zh"), help="language of what is said")
        return command

    command = add("start", _small, "Put the exercise notebooks into a folder; never overwrites.")
    command.add_argument("folder", type=Path, metavar="DIR")

    command = add("list", _small, "List the tasks by chapter, with their points.")
    command.add_argument("--json", action="store_true", help="one object a line")

    command = add("check", _check, "Check notebooks, Python files or folders of them.")
    command.add_argument("paths", nargs="*", metavar="PATH", help="(default: this folder)")
    command.add_argument(
        "--task", action="append", metavar="ID", help="only this task (repeatable)"
    )
    command.add_argument("--json", action="store_true", help="one object a line for each PATH")
    command.add_argument("--watch", action="store_true", help="check again on every save")
    command.add_argument("--seed", type=_seed, metavar="N", help="the verdict's seed")

    command = add("grade", _grade, "Grade a folder of submissions by people you do not know.")
    command.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help="the submissions: a folder, or a .zip"
    )
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="the results")
    command.add_argument(
        "--task", action="extend", nargs="+", metavar="ID", help="these tasks only"
    )
    command.add_argument(
        "--chapter", action="extend", nargs="+", metavar="NN", help="all tasks of these chapters"
    )
    command.add_argument(
        "--workers", type=_count, metavar="N", help="processes (default: as many as cores)"
    )
    command.add_argument("--scheduler", metavar="ADDRESS", help="a Dask cluster's: tcp://…")
    command.add_argument("--timeout", type=_seconds, metavar="S", help="seconds a task may take")
    command.add_argument("--seed", type=_seed, metavar="N", help="one seed for all verdicts")
    command.add_argument(
        "--format",
        action="extend",
        nargs="+",
        choices=("csv", "json", "gradescope", "html"),
        help="what to write (default: all; the JSON is always written)",
    )
    command.add_argument(
        "--resume", action="store_true", help="grade only what is missing or has changed"
    )
    command.add_argument(
        "--no-sandbox", action="store_true", help="run without isolation: only people you trust"
    )

    command = add("hint", _small, "Show the next hint for a task.")
    command.add_argument("task", metavar="TASK")
    command.add_argument("--level", type=int, metavar="N")

    command = add("reset", _small, "Give a task's starter back; your version is kept beside it.")
    command.add_argument("task", metavar="TASK")
    command.add_argument("folder", nargs="?", type=Path, default=Path(), metavar="DIR")

    command = add("build", _small, "Derive exercise and solution notebooks (for authors).")
    command.add_argument("--check", action="store_true", help="only say which are not current")
    return parser


def _seed(text: str) -> int:
    value = int(text)
    if not 0 <= value < 2**63:
        raise argparse.ArgumentTypeError("a seed is an integer from 0 to 2**63 - 1")
    return value


def _count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 1024:
        raise argparse.ArgumentTypeError("a number from 1 to 1024 is needed")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= 86_400:
        raise argparse.ArgumentTypeError("a number of seconds, above 0, is needed")
    return value


def _small(options: argparse.Namespace) -> int:
    from autograder import commands

    run = {
        "start": commands.start,
        "list": commands.list_,
        "hint": commands.hint,
        "reset": commands.reset,
        "build": commands.build,
    }
    return run[options.command](options)


def _check(options: argparse.Namespace) -> int:
    # NumPy's BLAS starts a thread a core when it is imported; for arrays this small that is waste.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with Sandbox() as sandbox:
        from autograder.checking import check

        return check(options, sandbox)


def _grade(options: argparse.Namespace) -> int:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from autograder.checking import complain

    # `grade --task ID DIR`: what stands last in a list of names may be the folder.
    for names in (options.task, options.chapter, options.format):
        if options.folder is None and names and len(names) > 1 and Path(names[-1]).exists():
            options.folder = Path(names.pop())
    if options.folder is None:
        return complain(say("no-folder-given", language(options.lang)))
    for key, one, other in (
        ("task-or-chapter", options.task, options.chapter),
        ("workers-or-scheduler", options.workers, options.scheduler),
    ):
        if one is not None and other is not None:
            return complain(say(key, language(options.lang)))
    from autograder.grade import grade

    return grade(options)


if __name__ == "__main__":
    sys.exit(main())
