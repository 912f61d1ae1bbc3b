"""The graded tasks: each is one folder below ``exercises/``, and everything about it is there."""

import functools
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

from autograder.errors import BadTask
from autograder.messages import LANGUAGES

EXERCISES = Path(__file__).with_name("exercises")
BEGIN, END = "# begin solution", "# end solution"

Text = dict[str, str]  # one sentence, by language


@dataclass(frozen=True)
class Output:
    """One returned array: its name and, letter by letter, its axes.

    Or, in a task with a ``measure.py``, one measured value, and the sentence that it stands for.
    """

    name: str
    axes: tuple[str, ...] = ()
    dtype: str | None = None  # a name that NumPy knows, or "integer"; None: any numbers
    text: Text | None = None


@dataclass(frozen=True)
class Misconception:
    """A mistake as an edit of the reference, with what to tell who made it."""

    id: str
    kind: str  # "mistake", or "convention": right elsewhere, not here
    edits: tuple[tuple[str, str], ...]
    name: Text
    saw: Text
    why: Text
    look: Text
    moves: bool = False  # numbers come to stand in other places: see diagnose.Engine

    def apply(self, source: str) -> str | None:
        """Return the edited source, or None where an edit does not apply exactly once."""
        for find, replace in self.edits:
            if source.count(find) != 1:
                return None
            source = source.replace(find, replace)
        return source


@dataclass(frozen=True, eq=False)  # compared and hashed as itself: there is one of each
class Task:
    """A task as its folder describes it."""

    id: str
    chapter: str
    order: int
    points: float
    symbol: str
    returns: tuple[Output, ...]
    arguments: dict[str, tuple[str, ...]]
    title: Text
    objective: Text
    hints: tuple[Text, ...]
    misconceptions: tuple[Misconception, ...]
    folder: Path
    case_names: dict[str, Text]  # what the feedback calls cases beyond the usual ones
    tolerance: float | None  # None: the judge's own
    seconds: float | None  # of wall time, for all probes together; None: the sandbox's own
    framework: str | None  # "torch" or "keras": imported once, before the worker forks
    table: dict[str, Any]  # task.toml as it is written
    broken: str | None = None  # the misconception that the starter of a repair task has

    @functools.cached_property
    def reference(self) -> str:
        """The solution's source, with the markers of the part that the starter blanks out."""
        return (self.folder / "reference.py").read_text(encoding="utf-8")

    @functools.cached_property
    def probe(self) -> str:
        """The source of the probes."""
        return (self.folder / "probe.py").read_text(encoding="utf-8")

    def statement(self, language: str) -> str:
        """Return the task's text in Markdown."""
        file = self.folder / f"statement.{language}.md"
        try:
            return file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadTask(f"{file}: {error.strerror}") from None

    @functools.cached_property
    def starter(self) -> str:
        """The reference with the solution's regions blanked out, or with the fault to repair."""
        for misconception in self.misconceptions:
            if misconception.id == self.broken:
                return unmarked(misconception.apply(self.reference) or "")
        blank = 'raise NotImplementedError("your code here")'
        return re.sub(f"{BEGIN}.*?{END}", blank, self.reference, flags=re.DOTALL)

    @functools.cached_property
    def solution(self) -> str:
        """The reference without the markers."""
        return unmarked(self.reference)

    @functools.cached_property
    def run_reference(self) -> Callable[..., Any]:
        """The reference itself, as a function."""
        return load(compile(self.reference, f"{self.id}/reference.py", "exec"), self.symbol)

    @functools.cached_property
    def _probe_names(self) -> dict[str, Any]:
        namespace: dict[str, Any] = {}
        exec(compile(self.probe, f"{self.id}/probe.py", "exec"), namespace)
        return namespace

    @functools.cached_property
    def measure(self) -> Callable[[dict[str, Any], Any], dict[str, Any]] | None:
        """Turns a raw answer into values to compare, where the right answer is not unique."""
        file = self.folder / "measure.py"
        if not file.is_file():
            return None
        return load(compile(file.read_text(encoding="utf-8"), str(file), "exec"), "measure")

    @property
    def cases(self) -> Callable[..., dict[str, dict[str, Any]]]:
        """The probe's function that draws the inputs."""
        drawn: Callable[..., dict[str, dict[str, Any]]] = self._probe_names["cases"]
        return drawn

    @property
    def called_plainly(self) -> bool:
        """Whether the probe has no way of its own to call the symbol."""
        return "call" not in self._probe_names

    @property
    def call(self) -> Callable[[Any, dict[str, Any]], Any]:
        """How a probe calls the symbol: by position, unless the probe says otherwise."""
        return self._probe_names.get("call") or (lambda symbol, case: symbol(*case.values()))


def unmarked(source: str) -> str:
    """Return a source without the lines that mark the solution."""
    return re.sub(rf"^\s*({BEGIN}|{END})\n", "", source, flags=re.MULTILINE)


def load(code: CodeType, symbol: str) -> Callable[..., Any]:
    """Execute trusted code (a reference or an edit of it) and return one name from it."""
    namespace: dict[str, Any] = {}
    exec(code, namespace)
    function: Callable[..., Any] = namespace[symbol]
    return function


@functools.cache
def task_ids() -> tuple[str, ...]:
    """Every task's id, from the folders' names alone."""
    return tuple(sorted(p.parent.name for p in EXERCISES.glob("*/task.toml")))


def chapter_of(task_id: str) -> str:
    """Return a task's chapter without reading all of its table (`--chapter` asks every task)."""
    text = (EXERCISES / task_id / "task.toml").read_text(encoding="utf-8")
    line = re.match(r'chapter = "([^"]+)"\n', text)
    return line[1] if line else load_task(task_id).chapter


@functools.cache
def load_task(task_id: str) -> Task:
    """Read one task; raise BadTask, naming file and key, where something is missing."""
    folder = EXERCISES / task_id
    file = folder / "task.toml"
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadTask(f"{file}: {error}") from None
    needed = ("chapter", "order", "points", "symbol", "returns", "title", "objective", "hints")
    missing = [key for key in needed if key not in data]
    if missing:
        raise BadTask(f"{file}: missing {', '.join(missing)}")
    if data["symbol"] != task_id:
        raise BadTask(f"{file}: symbol must be the folder's name, {task_id!r}")
    misconceptions = tuple(
        _misconception(file, entry)
        for written in data.get("misconceptions", ())
        for entry in _each(written)
    )
    if data.get("broken") not in (None, *(m.id for m in misconceptions)):
        raise BadTask(f"{file}: broken must be the id of a misconception")
    return Task(
        id=task_id,
        chapter=data["chapter"],
        order=data["order"],
        points=float(data["points"]),
        symbol=data["symbol"],
        returns=tuple(_output(file, entry) for entry in data["returns"]),
        arguments={name: tuple(axes) for name, axes in data.get("arguments", {}).items()},
        title=_text(file, data, "title"),
        objective=_text(file, data, "objective"),
        hints=tuple(
            _text(file, {"hint": hint}, "hint", f"hints[{k}]")
            for k, hint in enumerate(data["hints"])
        ),
        misconceptions=misconceptions,
        folder=folder,
        case_names={
            name: _text(file, data["cases"], name, f"cases.{name}")
            for name in data.get("cases", {})
        },
        tolerance=data.get("tolerance"),
        seconds=data.get("seconds"),
        framework=_framework(file, data.get("framework")),
        broken=data.get("broken"),
        table=data,
    )


def load_tasks(ids: Iterable[str] | None = None) -> list[Task]:
    """Return tasks (by default all), by chapter and order."""
    tasks = map(load_task, task_ids() if ids is None else ids)
    return sorted(tasks, key=lambda task: (task.chapter, task.order))


@functools.cache
def chapter_title(chapter: str, language: str) -> str:
    """Return a chapter's title: "05 · Long short-term memory"."""
    file = EXERCISES / "chapters.toml"
    titles = tomllib.loads(file.read_text(encoding="utf-8"))
    title = _text(file, titles, chapter)[language]
    return f"{chapter.split('_')[0]} · {title}"


def _each(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Write a misconception out for every row of its table `each`: say, for every gate.

    A row's values stand in the place of {its keys}, in edits and texts alike.
    """

    def filled(value: Any, row: dict[str, str]) -> Any:
        if isinstance(value, dict):
            return {key: filled(item, row) for key, item in value.items()}
        if isinstance(value, list):
            return [filled(item, row) for item in value]
        if not isinstance(value, str):
            return value
        for key, text in row.items():
            value = value.replace("{" + key + "}", text)
        return value

    rows = entry.get("each", [{}])
    rest = {key: value for key, value in entry.items() if key != "each"}
    return [filled(rest, row) for row in rows]


def _output(file: Path, entry: dict[str, Any]) -> Output:
    name = entry["name"]
    text = _text(file, entry, "text", f"returns.{name}.text") if "text" in entry else None
    return Output(name, tuple(entry.get("axes", ())), entry.get("dtype"), text)


def _framework(file: Path, name: str | None) -> str | None:
    if name not in (None, "torch", "keras"):
        raise BadTask(f"{file}: framework must be 'torch' or 'keras'")
    return name


def _misconception(file: Path, entry: dict[str, Any]) -> Misconception:
    where = f"misconception {entry.get('id', '?')}"
    if entry.get("kind") not in ("mistake", "convention"):
        raise BadTask(f"{file}: {where}: kind must be 'mistake' or 'convention'")
    edits = entry.get("edits") or [entry]
    if not all("find" in edit and "replace" in edit for edit in edits):
        raise BadTask(f"{file}: {where}: find and replace are needed")
    return Misconception(
        id=entry["id"],
        kind=entry["kind"],
        edits=tuple((edit["find"], edit["replace"]) for edit in edits),
        moves=entry.get("moves", False),
        **{
            key: _text(file, entry, key, f"{where}.{key}") for key in ("name", "saw", "why", "look")
        },
    )


def _text(file: Path, data: dict[str, Any], key: str, where: str | None = None) -> Text:
    text = data.get(key)
    for language in LANGUAGES:
        if not (isinstance(text, dict) and str(text.get(language, "")).strip()):
            raise BadTask(f"{file}: {where or key}.{language} is missing or empty")
    return {language: text[language].strip() for language in LANGUAGES}  # type: ignore[index]
