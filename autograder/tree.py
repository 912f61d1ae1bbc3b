"""Folders and zip archives as one tree, read in memory and within limits.

Nothing is ever extracted to disk, so no name in an archive can lead anywhere: a name is cleaned
into parts that lie below the archive, whatever it says. What an archive claims (sizes, ratio, how
deep it goes) is checked before a byte is decompressed, and what is decompressed is counted.
"""

import io
import os
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from autograder.errors import Unreadable

MAX_FILE = 20 * 2**20  # bytes of one notebook, as in extract.MAX_BYTES
MAX_ZIP = 100 * 2**20  # bytes of an archive that a student sent, and of all that it holds
MAX_ENTRIES = 20_000  # files in one archive
MAX_DEPTH = 3  # archives within archives
MAX_RATIO = 200  # times that a file may grow when it is decompressed …
FREE_SIZE = 2**20  # … if it grows beyond this
READ = (".ipynb", ".py", ".zip")  # nothing else in an archive is ever decompressed
SKIPPED = ("__pycache__", "__MACOSX", "node_modules", "_build")
_CENTRAL = b"PK\x01\x02"  # what every file of an archive begins with in its table


@dataclass
class Node:
    """A file or a folder (or an archive, which is both), on disk or in an archive."""

    name: str
    minute: int = 0  # when it was written, in minutes: finer than that, copying changes it
    size: int = 0
    load: Callable[[int], bytes] | None = None  # a file's first so many bytes
    folder: Callable[[], "list[Node]"] | None = None  # what a folder holds
    depth: int = 0  # how many archives it lies in

    @property
    def is_zip(self) -> bool:
        """Whether it is an archive that we read."""
        return self.load is not None and self.name.lower().endswith(".zip")

    def read(self, limit: int = MAX_FILE) -> bytes:
        """Return a file's bytes; raise Unreadable where there are more than the limit."""
        assert self.load is not None
        if self.size > limit:
            raise Unreadable("too-big", path=self.name, limit=limit // 2**20)
        try:
            data = self.load(limit + 1)
        except OSError as error:
            raise Unreadable("cannot-read", path=self.name, why=error.strerror or error) from None
        if len(data) > limit:
            raise Unreadable("too-big", path=self.name, limit=limit // 2**20)
        return data

    def children(self) -> "list[Node]":
        """Return what a folder or an archive holds, by name, without hidden and system files."""
        if self.folder is not None:
            nodes = self.folder()
        elif self.is_zip:
            if self.depth >= MAX_DEPTH:
                raise Unreadable("zip-deep", path=self.name, limit=MAX_DEPTH)
            data = self.read(MAX_ZIP)
            if data.count(_CENTRAL) > MAX_ENTRIES:
                raise Unreadable("zip-many", path=self.name, limit=MAX_ENTRIES)
            nodes = _zip_nodes(self.name, io.BytesIO(data), len(data), self.depth + 1, MAX_ZIP)
        else:
            return []
        shown = [node for node in nodes if not node.name.startswith(".")]
        return sorted((n for n in shown if n.name not in SKIPPED), key=lambda n: n.name)


def clean(name: str) -> str:
    """Return a name as it is shown and compared: composed (NFC), without control characters."""
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    name = unicodedata.normalize("NFC", name)
    return "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp"))


# ---------------------------------------------------------------- on disk


def disk_node(path: Path, root: Path | None = None) -> Node | None:
    """Return a file or folder; None for what is neither, and for links that lead away."""
    top = root is None
    root = root or path.resolve()
    try:
        if (
            not top
            and path.is_symlink()
            and (path.is_dir() or not path.resolve().is_relative_to(root))
        ):
            return None
        found = path.stat()
    except OSError:
        return None
    name = clean(path.name)
    if stat.S_ISDIR(found.st_mode):
        return Node(name, folder=lambda: _disk_children(path, root))
    if not stat.S_ISREG(found.st_mode):  # a pipe would never end
        return None
    written = datetime.fromtimestamp(found.st_mtime)
    return Node(name, _minute(written), found.st_size, lambda limit: _head(path, limit))


def _disk_children(path: Path, root: Path) -> list[Node]:
    try:
        entries = [Path(entry.path) for entry in os.scandir(path)]
    except OSError as error:
        raise Unreadable("cannot-read", path=path.name, why=error.strerror or error) from None
    return [node for entry in entries if (node := disk_node(entry, root))]


def _head(path: Path, limit: int) -> bytes:
    with path.open("rb") as file:
        return file.read(limit)


def _minute(moment: datetime) -> int:
    return int((moment - datetime(1970, 1, 1)).total_seconds() // 60)


# ---------------------------------------------------------------- in an archive


@dataclass
class _Folder:
    """A folder of an archive: archives list files only, folders follow from their names."""

    folders: "dict[str, _Folder]" = field(default_factory=dict)
    files: list[Node] = field(default_factory=list)

    def nodes(self, depth: int) -> list[Node]:
        inner = [
            Node(name, folder=lambda f=f: f.nodes(depth), depth=depth)  # type: ignore[misc]
            for name, f in self.folders.items()
        ]
        return [*inner, *self.files]


def archive_root(path: Path) -> Node:
    """Return a whole class's archive: the teacher's own, so its total may be large."""
    size = path.stat().st_size
    return Node(clean(path.name), folder=lambda: _zip_nodes(path.name, path, size, 1, None))


def _zip_nodes(
    name: str, source: "Path | io.BytesIO", size: int, depth: int, total: int | None
) -> list[Node]:
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise Unreadable("zip-damaged", path=name) from None
    members = [info for info in archive.infolist() if not info.is_dir()]
    if sum(info.compress_size for info in members) > size:
        raise Unreadable("zip-bomb", path=name)  # files that lie in one another
    read = [info for info in members if info.filename.lower().endswith(READ)]
    if total is not None and sum(info.file_size for info in read) > total:
        raise Unreadable("zip-bomb", path=name)
    root = _Folder()
    for info in members:
        *folders, last = _parts(info)
        if any(part.startswith(".") or part in SKIPPED for part in folders):
            continue
        place = root
        for part in folders[:50]:
            place = place.folders.setdefault(part, _Folder())
        place.files.append(_member(archive, info, last, depth))
    return root.nodes(depth)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, depth: int) -> Node:
    def load(limit: int) -> bytes:
        if info.flag_bits & 1:
            raise Unreadable("zip-password", path=name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("zip-damaged", path=name)  # others may ask for any amount of memory
        grown = info.file_size > FREE_SIZE and info.file_size > MAX_RATIO * info.compress_size
        if grown:
            raise Unreadable("zip-bomb", path=name)
        try:
            with archive.open(info) as file:
                return file.read(limit)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, OSError):
            raise Unreadable("zip-damaged", path=name) from None

    try:
        minute = _minute(datetime(*info.date_time))
    except ValueError:
        minute = 0
    return Node(name, minute, info.file_size, load, depth=depth)


_GB2312 = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xf7][\xa1-\xfe])*")


def _parts(info: zipfile.ZipInfo) -> list[str]:
    """Split a member's name into parts, none of which leads upwards or to another place.

    A name without the UTF-8 flag is in whatever code its writer's system had: UTF-8 and GB2312
    are recognized, the rest is read as zipfile does.
    """
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
            try:
                name = raw.decode("utf-8")
            except UnicodeDecodeError:
                name = raw.decode("gb18030") if _GB2312.fullmatch(raw) else name
        except UnicodeError:
            pass
    parts = [clean(part).strip() for part in re.split(r"[/\\]", name)]
    parts = [part for part in parts if part not in ("", ".", "..") and not part.endswith(":")]
    return parts or ["_"]


def walk(node: Node, budget: list[int], path: str = "") -> Iterator[tuple[str, Node | Unreadable]]:
    """Yield every file below a node with its path; what cannot be read yields why."""
    path = f"{path}/{node.name}" if path else node.name
    if node.folder is None and not node.is_zip:
        budget[0] -= 1
        if budget[0] < 0:
            raise Unreadable("too-many-files", path=path)
        yield path, node
        return
    try:
        children = node.children()
    except Unreadable as error:
        yield path, error
        return
    if path.count("/") < 50:
        for child in children:
            yield from walk(child, budget, path)
