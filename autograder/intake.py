"""Whose submission is which: the layouts in which course systems export a class's work.

| layout | a submission |
|---|---|
| a folder, an archive or a file a student | `alice/…`, `alice.zip`, `alice.ipynb` (otter's, too) |
| nbgrader | `submitted/alice/ps5/x.ipynb`; the exchange's `inbound/alice+ps5+<time>/x.ipynb` |
| Canvas | `doejane_12345_67890_x-1.ipynb`, `doejane_LATE_12345_67890_x.ipynb` |
| Moodle | `Jane Doe_12345_assignsubmission_file_/x.ipynb`, or `…_file_x.ipynb` |
| Blackboard | `ps5_jane_attempt_2026-01-30-15-00-00_x.ipynb` |
| Gradescope | `submission_123/x.ipynb`, with names in `submission_metadata.yml` |

Everywhere an archive may stand for a folder. Only the class's own folder says who someone is;
what a student's folder or archive holds cannot make it another's.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import Unreadable
from autograder.tree import Node, archive_root, clean, disk_node, walk

CODE = (".ipynb", ".py")
OTHER_ARCHIVES = (".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
MAX_FILES = 200  # notebooks and Python files of one student
MAX_TOTAL = 64 * 2**20  # bytes of them
# What lies beside the submissions and is none.
BESIDE = (".csv", ".tsv", ".json", ".yml", ".yaml", ".toml", ".cfg", ".ini", ".log", ".md", ".db")
NOT_THEIRS = ("desktop.ini", "thumbs.db")


@dataclass
class Part:
    """A file or folder that a student handed in, and what its name tells of when."""

    node: Node
    stamp: str = ""  # as the course system numbers or dates it: the larger, the later
    late: bool = False


@dataclass
class Student:
    """One student's submission, not yet read."""

    name: str
    id: str = ""  # the course system's number for them
    parts: list[Part] = field(default_factory=list)
    label: str = ""  # the name of their files among the results


@dataclass(frozen=True)
class File:
    """One file as it was handed in: its bytes, or why there are none."""

    path: str
    data: bytes = b""
    trouble: tuple[str, dict[str, str]] | None = None
    rank: tuple[str, int, int] = ("", 0, 0)  # the larger, the later
    late: bool = False


# ---------------------------------------------------------------- names

_TIME = r"\d{4}-\d{2}-\d{2}-\d{2}-\d{2}-\d{2}"
_CANVAS = re.compile(
    r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<id>\d+)_(?P<stamp>\d+)_(?P<file>.+)", re.DOTALL
)
_MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)", re.DOTALL
)
_BLACKBOARD = re.compile(
    rf"(?P<work>.+)_(?P<name>[^_]+)_attempt_(?P<stamp>{_TIME})(?:_(?P<file>.+)|\.txt)?", re.DOTALL
)
_EXCHANGE = re.compile(
    r"(?P<name>[^+]+)\+(?P<work>[^+]+)\+(?P<stamp>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^+]*)(\+.*)?"
)
_SUBMISSION = re.compile(r"submission_(?P<id>\d+)")
_COPY = re.compile(r"(?P<name>.+?)[ _]?\((?P<number>\d{1,3})\)")
_VERSION = re.compile(r"(?: ?\((\d{1,3})\)|-Copy(\d{1,3})|-(\d{1,3}))$")
METADATA = "submission_metadata.yml"


def _system(name: str) -> re.Match[str] | None:
    """Match the name of a file or folder with those that course systems give."""
    for pattern in (_MOODLE, _BLACKBOARD, _CANVAS, _EXCHANGE, _SUBMISSION):
        if match := pattern.fullmatch(name):
            return match
    return None


def _stem(node: Node) -> str:
    """Return a file's name without its suffix; a folder's whole."""
    return node.name if node.folder is not None else re.sub(r"\.\w{1,8}$", "", node.name)


# ---------------------------------------------------------------- who handed in


def students(path: Path, skip: Path | None = None) -> list[Student]:
    """Return every student's submission below a folder (or in a class's archive), by name."""
    root = _class_folder(_root(path, skip))
    nodes = root.children()
    metadata = next((node for node in nodes if node.name == METADATA), None)
    people = _gradescope(metadata.read().decode("utf-8", "replace")) if metadata else {}
    found: dict[tuple[str, str], Student] = {}
    names = {_stem(node) for node in nodes}
    for node in nodes:
        match = _system(node.name)
        if match is None and not _handed_in(node):
            continue
        name, number, part = _owner(node, match, people, names)
        student = found.setdefault((name, number), Student(name, number))
        student.parts.append(part)
    ordered = sorted(found.values(), key=lambda student: (student.name.casefold(), student.id))
    _label(ordered)
    return ordered


def _root(path: Path, skip: Path | None) -> Node:
    if not path.exists():
        raise Unreadable("no-class", path=path)
    if path.is_file() and path.suffix.lower() == ".zip":
        return archive_root(path)
    node = disk_node(path)
    if not path.is_dir() or node is None or node.folder is None:
        raise Unreadable("class-not-folder", path=path)
    if skip is not None and skip.resolve().parent == path.resolve():  # the results lie in it
        whole, own = node.folder, clean(skip.name)
        node.folder = lambda: [child for child in whole() if child.name != own]
    return node


def _class_folder(node: Node) -> Node:
    """Go down to the folder whose entries are students: wrappers hold nothing else."""
    for _ in range(4):
        children = node.children()
        by_name = {child.name: child for child in children if child.folder is not None}
        if node.name == "submitted" or _is_class(children):
            return node
        if inner := by_name.get("submitted") or by_name.get("inbound"):
            return inner
        handed = [child for child in children if _handed_in(child)]
        if len(handed) != 1 or (handed[0].folder is None and not handed[0].is_zip):
            return node
        try:
            inside = handed[0].children()
        except Unreadable:
            return node  # one student, whose archive cannot be read
        several = sum(child.folder is not None or child.is_zip for child in inside) > 1
        bare = not any(child.name.lower().endswith(CODE) for child in inside)
        wrapped = {child.name for child in inside if child.folder} & {"submitted", "inbound"}
        if not (_is_class(inside) or (several and bare) or wrapped):
            return node
        node = handed[0]
    return node


def _is_class(nodes: list[Node]) -> bool:
    return any(node.name == METADATA or _system(node.name) for node in nodes)


def _handed_in(node: Node) -> bool:
    """Whether an entry of a class's folder can be a submission, readable or not."""
    return node.folder is not None or not (
        node.name.lower().endswith(BESIDE) or node.name.lower() in NOT_THEIRS
    )


def _owner(
    node: Node, match: re.Match[str] | None, people: dict[str, tuple[str, str]], names: set[str]
) -> tuple[str, str, Part]:
    """Return whose an entry is: (name, number, part)."""
    if match is None:
        name = _stem(node)
        copy = _COPY.fullmatch(name)
        if copy and copy["name"] in names:  # "alice (1).ipynb" beside "alice.ipynb"
            name = copy["name"]
        return name.strip() or node.name, "", Part(node)
    known = match.groupdict()
    name, number = known.get("name") or node.name, known.get("id") or ""
    if match.re is _SUBMISSION:
        name, number = people.get(node.name, (node.name, number))
    part = Part(node, (known.get("stamp") or "").zfill(20), bool(known.get("late")))
    return name.strip() or node.name, number, part


def _gradescope(text: str) -> dict[str, tuple[str, str]]:
    """Return (names, numbers) by submission, from Gradescope's own few lines of YAML."""
    people: dict[str, tuple[list[str], list[str]]] = {}
    current: tuple[list[str], list[str]] | None = None
    for line in text.splitlines():
        if match := re.fullmatch(r"(submission_\d+):\s*", line):
            current = people.setdefault(match[1], ([], []))
        elif current and re.match(r"\s+:(results|history|answers)", line):
            current = None  # below are texts of the submission's own
        elif current and (match := re.fullmatch(r"\s*-?\s*:(name|sid):\s*(.+?)\s*", line)):
            current[match[1] == "sid"].append(clean(_unquoted(match[2])))
    return {
        key: (" & ".join(filter(None, names)) or key, " & ".join(filter(None, numbers)))
        for key, (names, numbers) in people.items()
    }


def _unquoted(text: str) -> str:
    if len(text) >= 2 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if len(text) >= 2 and text[0] == text[-1] == '"':
        try:
            return str(json.loads(text))
        except ValueError:
            return text[1:-1]
    return text


# ---------------------------------------------------------------- names of the results' files

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def _label(everyone: list[Student]) -> None:
    """Give each student a file name that is safe on every system and no one else's."""
    taken: dict[str, list[Student]] = {}
    for student in everyone:
        whole = f"{student.name}_{student.id}" if student.id else student.name
        # Marks that turn the direction of writing would show a file's name as another's.
        text = "".join(c for c in _UNSAFE.sub("_", whole) if c.isprintable())
        while len(text.encode()) > 120:
            text = text[:-1]
        text = text.strip(". ") or "_"
        student.label = f"_{text}" if _RESERVED.fullmatch(text) else text
        taken.setdefault(student.label.casefold(), []).append(student)
    for namesakes in taken.values():
        if len(namesakes) > 1:  # some systems take "Anna" and "anna" for the same
            for student in namesakes:
                digest = hashlib.sha256(f"{student.name}\0{student.id}".encode()).hexdigest()
                student.label += f"-{digest[:8]}"


# ---------------------------------------------------------------- what was handed in


def collect(student: Student) -> list[File]:
    """Read a student's notebooks and Python files, by path; trouble with one costs only that one.

    Raises Unreadable where there is none, or far too many.
    """
    files: list[File] = []
    total = 0
    budget = [20 * MAX_FILES]  # files of any kind that are looked at
    for part in student.parts:
        for file in _files(part, budget):
            files.append(file)
            total += len(file.data)
            if len(files) > MAX_FILES or total > MAX_TOTAL:
                raise Unreadable("too-many-files", path=student.name)
    if not any(file.trouble is None for file in files):
        _raise_why(student, files)
    # What lies beside a notebook (a PDF, a course system's receipt) needs no word.
    told = [file for file in files if file.trouble is None or file.trouble[0] != "wrong-suffix"]
    return sorted(told, key=lambda file: file.path)


def _files(part: Part, budget: list[int]) -> Iterator[File]:
    alone = part.node.folder is None and not part.node.is_zip
    for path, node in walk(part.node, budget):
        if not alone:  # as `check` names the files of a folder
            path = path.split("/", 1)[-1]
        if isinstance(node, Unreadable):
            yield File(path, trouble=(node.key, _texts(node)), rank=(part.stamp, 0, 0))
            continue
        if not node.name.lower().endswith(CODE):
            if alone or node.name.lower().endswith(OTHER_ARCHIVES):
                key = "other-archive" if node.name.lower().endswith(OTHER_ARCHIVES) else None
                yield File(path, trouble=(key or "wrong-suffix", {"path": path}))
            continue
        version = _VERSION.search(_stem(node))
        number = int(next(filter(None, version.groups()), "0")) if version else 0
        rank = (part.stamp, node.minute, number)
        try:
            yield File(path, node.read(), rank=rank, late=part.late)
        except Unreadable as error:
            yield File(path, trouble=(error.key, _texts(error)), rank=rank)


def _texts(error: Unreadable) -> dict[str, str]:
    return {key: str(value) for key, value in error.params.items()}


def _raise_why(student: Student, files: list[File]) -> None:
    for file in files:
        if file.trouble is not None:
            raise Unreadable(file.trouble[0], **file.trouble[1])
    raise Unreadable("empty-folder", path=student.name)


def digest(files: list[File]) -> str:
    """Return a hash of all that decides a result: contents, names, and which of them is later."""
    ranks = {file.rank: k for k, file in enumerate(sorted(files, key=lambda file: file.rank))}
    found = hashlib.sha256()
    for file in files:
        head = [file.path, ranks[file.rank], file.late, file.trouble, len(file.data)]
        found.update(json.dumps(head, ensure_ascii=False, sort_keys=True).encode("utf-8"))
        found.update(file.data)
    return found.hexdigest()
