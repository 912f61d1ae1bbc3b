"""What is remembered between runs: a folder's language, and which hints were given."""

import contextlib
import json
import locale
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.messages import LANGUAGES

if TYPE_CHECKING:
    from autograder.registry import Task

NAME = ".autograder.json"


def state_file(folder: Path | None = None) -> Path:
    """Return the state file of a folder made by `start`, else the user's own."""
    here = (folder or Path.cwd()) / NAME
    if here.is_file():
        return here
    import platformdirs

    return platformdirs.user_state_path("autograder") / NAME


def load_state(file: Path) -> dict[str, Any]:
    """Read a state file; a missing or damaged one counts as empty."""
    try:
        state = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def save_state(file: Path, state: dict[str, Any]) -> None:
    """Write a state file whole or not at all. A disk that cannot be written is no one's error."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, json.dumps(state, ensure_ascii=False, indent=1) + "\n")


def write_whole(file: Path, text: str) -> None:
    """Replace a file in one step: whoever reads it sees the old text or the new, never half."""
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8")
        os.replace(temporary, file)
    finally:
        temporary.unlink(missing_ok=True)


def language(asked: str | None = None, stored: str | None = None) -> str:
    """Choose: as asked, else $AUTOGRADER_LANG, else what `start` stored, else the locale."""
    for choice in (asked, os.environ.get("AUTOGRADER_LANG"), stored):
        if choice in LANGUAGES:
            return str(choice)
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "zh" if value.lower().startswith("zh") else "en"
    name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def next_hint(task: "Task", level: int | None, file: Path) -> tuple[int, bool]:
    """Return (the level to show, whether it is shown again) and remember it.

    Levels count from 1. Without a level it is the one after the last shown.
    """
    state = load_state(file)
    hints = state.get("hints")
    hints = hints if isinstance(hints, dict) else {}
    shown = hints.get(task.id)
    shown = shown if isinstance(shown, int) else 0
    count = len(task.hints)
    chosen = level or min(max(shown, 0) + 1, count)
    save_state(file, state | {"hints": hints | {task.id: max(shown, chosen)}})
    return chosen, level is None and shown >= count
