"""Reads a submission (.ipynb or .py) and takes from it what one task needs, as text.

Nothing of a submission is ever executed here. From all top-level statements only those are kept
that define the task's symbol, or something that a kept statement needs: a broken or slow cell
elsewhere costs nothing.
"""

import ast
import hashlib
import json
import re
import symtable
import tokenize
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.errors import Unreadable

MAX_BYTES = 20 * 2**20
LATE = 10**9  # "after the last statement": where a function's body looks a global name up


@dataclass(frozen=True)
class Cell:
    """A code cell, or a whole .py file: its display name, source, and task if it is a starter's."""

    name: str
    source: str
    task: str | None = None

    @cached_property
    def statements(self) -> list[ast.stmt] | SyntaxError:
        """The top-level statements, or the syntax error that the cell holds."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape is the learner's affair
            try:
                return ast.parse(self.source, self.name).body
            except SyntaxError as error:
                return error
            except (ValueError, RecursionError, MemoryError) as error:  # null bytes, deep nesting
                return SyntaxError(str(error) or type(error).__name__)


@dataclass(frozen=True)
class Submission:
    """Code cells in the order of the file, and the language that `start` stored there."""

    path: str
    cells: tuple[Cell, ...]
    language: str | None = None

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all code: from it the verdict's seed is drawn."""
        text = "\0".join(cell.source for cell in self.cells)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def statements(self) -> list["Statement"]:
        """All top-level statements of all cells that parse, in order."""
        found: list[Statement] = []
        for number, cell in enumerate(self.cells):
            if isinstance(cell.statements, list):
                texts = _texts(cell.source, cell.statements)
                for k, (node, text) in enumerate(zip(cell.statements, texts, strict=True)):
                    found.append(Statement(len(found), number, k, node, text))
        return found

    @cached_property
    def by_name(self) -> dict[str, list["Statement"]]:
        """The statements that bind a name or change it, by name."""
        found: dict[str, list[Statement]] = {}
        for statement in self.statements:
            for name in statement.binds | statement.changes:
                found.setdefault(name, []).append(statement)
        return found

    @cached_property
    def defined(self) -> set[str]:
        """Every name that some top-level statement binds."""
        return {name for statement in self.statements for name in statement.binds}


@dataclass
class Statement:
    """A top-level statement: its place, the names it binds whole and those it changes in part."""

    index: int
    cell: int
    k: int
    node: ast.stmt
    text: str | None = None  # as it was written, where it has lines of its own
    binds: set[str] = field(init=False)
    changes: set[str] = field(init=False)

    def __post_init__(self) -> None:
        """Find the names."""
        self.binds, self.changes = _bindings(self.node)

    @cached_property
    def needs(self) -> list[tuple[str, int]]:
        """Names that the statement looks up, each with the place before which it can be bound.

        Tasks share statements (an import, a helper), and finding this out is what costs most.
        """
        return list(_needs(self))


@dataclass(frozen=True)
class Extract:
    """What the sandbox gets of a submission for one task."""

    symbol: str
    # {"name", "source", "keep"}: the kept statements on their lines, all others left out; where
    # they share lines with others, the whole cell and the indices of those to keep.
    cells: list[dict[str, Any]]
    statements: list[Statement]  # the kept ones
    definition: ast.stmt  # the symbol's own last definition

    @property
    def names(self) -> set[str]:
        """Every name that the kept statements define."""
        return {name for statement in self.statements for name in statement.binds}

    @property
    def text(self) -> str:
        """The kept statements without comments and layout: equal texts get equal answers."""
        return "\n".join(ast.unparse(statement.node) for statement in self.statements)


# ---------------------------------------------------------------- reading files


def read(path: Path) -> Submission:
    """Read one .ipynb or .py file; raise Unreadable with a sentence's key where that cannot be."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable("too-big", path=path, limit=MAX_BYTES // 2**20)
        data = path.read_bytes()
    except FileNotFoundError:
        key = "no-such-file" if path.suffix in (".py", ".ipynb") else "no-such-path"
        raise Unreadable(key, path=path) from None
    except OSError as error:
        raise Unreadable("cannot-read", path=path, why=error.strerror or str(error)) from None
    if not data.strip():
        raise Unreadable("empty-file", path=path)
    if path.suffix == ".ipynb":
        return read_notebook(path, data)
    return read_python(path, data)


def read_python(path: Path, data: bytes) -> Submission:
    """Read a .py file (its own encoding declaration and a byte-order mark are respected)."""
    lines = iter(data.splitlines(keepends=True))
    try:
        encoding, _ = tokenize.detect_encoding(lambda: next(lines, b""))
        source = data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError):
        raise Unreadable("bad-encoding", path=path) from None
    if "\0" in source:
        raise Unreadable("binary-file", path=path)
    cell = Cell(path.name, source)
    if isinstance(cell.statements, SyntaxError):
        error = cell.statements
        raise Unreadable("bad-python", path=path, line=error.lineno or 1, why=error.msg)
    return Submission(str(path), (cell,))


def read_notebook(path: Path, data: bytes) -> Submission:
    """Read a notebook of any nbformat from 2 on."""
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable("bad-encoding", path=path) from None
    except (ValueError, RecursionError) as error:
        raise Unreadable("bad-json", path=path, why=error) from None
    if not isinstance(notebook, dict) or not ({"cells", "worksheets"} & set(notebook)):
        raise Unreadable("not-a-notebook", path=path)
    if notebook.get("nbformat") != 4:
        notebook = _converted(path, notebook)
    if not isinstance(notebook["cells"], list):
        raise Unreadable("not-a-notebook", path=path)
    cells = []
    for number, cell in enumerate(notebook["cells"], start=1):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            code = Cell(f"cell {number}", _source(cell), our_metadata(cell).get("task"))
            if isinstance(code.statements, SyntaxError):  # else nothing is parsed twice
                code = Cell(code.name, without_magics(code.source), code.task)
            cells.append(code)
    language = our_metadata(notebook).get("lang")
    language = language if isinstance(language, str) else None
    return Submission(str(path), tuple(cells), language)


def _converted(path: Path, notebook: dict[str, Any]) -> dict[str, Any]:
    """Bring an older notebook to format 4 (nbformat is imported only for those)."""
    import nbformat

    try:
        node = nbformat.reads(json.dumps(notebook), as_version=4)
    except Exception as error:
        raise Unreadable("not-a-notebook", path=path) from error
    return dict(node)


def our_metadata(thing: dict[str, Any]) -> dict[str, Any]:
    """Return what the grader has noted in a notebook's or a cell's metadata."""
    metadata = thing.get("metadata")
    ours = metadata.get("autograder") if isinstance(metadata, dict) else None
    return ours if isinstance(ours, dict) else {}


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


MAGIC_LINE = re.compile(r"^(\s*)(?:[%!?].*|[\w.]+\?{1,2}\s*)$")
MAGIC_ASSIGNMENT = re.compile(r"^(\s*[\w, ]+=\s*)[%!].*$")
MAGICS_OF_PYTHON = ("%%time", "%%timeit", "%%capture", "%%prun")


def without_magics(source: str) -> str:
    """Replace IPython's magics and shell lines by `pass`, line by line, where Python cannot parse.

    A cell in another language (``%%bash``) is emptied. Line numbers stay what they were.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
        return source
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    if source.lstrip().startswith("%%") and not source.lstrip().startswith(MAGICS_OF_PYTHON):
        return ""
    lines = (MAGIC_LINE.sub(r"\1pass", line) for line in source.split("\n"))
    return "\n".join(MAGIC_ASSIGNMENT.sub(r"\1None", line) for line in lines)


# ---------------------------------------------------------------- names


def _bindings(node: ast.stmt) -> tuple[set[str], set[str]]:
    """Return the names that a top-level statement binds whole, and those it changes in part."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}, set()
    binds: set[str] = set()
    changes: set[str] = set()
    for inner in _same_scope(node):
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            binds.add(inner.name)
        elif isinstance(inner, ast.Import | ast.ImportFrom):
            binds |= {(a.asname or a.name).split(".")[0] for a in inner.names}
        elif isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            binds.add(inner.id)
        elif isinstance(inner, ast.Subscript | ast.Attribute) and isinstance(inner.ctx, ast.Store):
            changes.add(_root(inner))
        elif (
            isinstance(inner, ast.Expr)
            and isinstance(inner.value, ast.Call)
            and isinstance(inner.value.func, ast.Attribute)
        ):
            changes.add(_root(inner.value.func))  # memo.append(…), cfg.update(…)
    if isinstance(node, ast.AugAssign):
        changes |= binds
        binds = set()
    return binds, changes - {""}


def _same_scope(node: ast.AST) -> Iterator[ast.AST]:
    """Walk a statement without entering the bodies of functions and classes."""
    yield node
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        for child in ast.iter_child_nodes(node):
            yield from _same_scope(child)


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _texts(source: str, nodes: list[ast.stmt]) -> Iterator[str | None]:
    """Yield the lines of each top-level statement; None where it shares one with another."""
    lines = re.split(r"\r\n|\r|\n", source)  # as Python counts them
    starts = [_first_line(node) for node in nodes]
    ends = [0, *(node.end_lineno or 0 for node in nodes)]
    for k, node in enumerate(nodes):
        last = starts[k + 1] if k + 1 < len(nodes) else len(lines) + 1
        alone = ends[k] < starts[k] and ends[k + 1] < last and node.col_offset == 0
        yield "\n".join(lines[starts[k] - 1 : ends[k + 1]]) if alone else None


def _first_line(node: ast.stmt) -> int:
    return min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])


def _uses(statement: Statement) -> tuple[set[str], set[str]]:
    """Return the global names that a statement looks up at once, and those that it does in a scope.

    Python's own symbol table knows which names of a function are local to it.
    """
    if isinstance(statement.node, ast.Import | ast.ImportFrom):
        return set(), set()
    text = statement.text or ast.unparse(statement.node)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an invalid escape is the learner's affair
        table = symtable.symtable(text, "<statement>", "exec")
    at_once = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    inside: set[str] = set()
    todo = table.get_children()
    while todo:
        scope = todo.pop()
        todo += scope.get_children()
        inside |= {s.get_name() for s in scope.get_symbols() if s.is_global() and s.is_referenced()}
    return at_once, inside


def _needs(statement: Statement) -> Iterator[tuple[str, int]]:
    """Yield (name, before): a name that the statement looks up, and where it can be bound."""
    at_once, inside = _uses(statement)
    for name in at_once | statement.changes:
        yield name, statement.index
    for name in inside:
        yield name, LATE  # when the function is called
        if not isinstance(statement.node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield name, statement.index  # a class's body, a comprehension


# ---------------------------------------------------------------- what one task needs


def extract(submission: Submission, symbol: str) -> Extract | None:
    """Take the symbol's last definition and all that it needs; None where there is none."""
    statements = submission.statements
    definition = next((s for s in reversed(statements) if symbol in s.binds), None)
    if definition is None:
        return None
    by_name = submission.by_name
    kept: dict[int, Statement] = {}
    todo: list[Statement] = list(_providers(by_name.get(symbol, []), symbol, LATE))
    todo += [s for s in statements if _is_star_import(s.node)]
    while todo:
        statement = todo.pop()
        if statement.index not in kept:
            kept[statement.index] = statement
            for name, before in statement.needs:
                todo += _providers(by_name.get(name, []), name, before)
    ordered = [kept[index] for index in sorted(kept)]
    return Extract(symbol, _cells(submission, ordered), ordered, definition.node)


def _providers(candidates: list[Statement], name: str, before: int) -> Iterable[Statement]:
    """The last statement before a place that binds the name, and the changes to it since."""
    earlier = [s for s in candidates if s.index < before]
    binding = [s.index for s in earlier if name in s.binds]
    if not binding:
        return []
    last = next(s for s in earlier if s.index == binding[-1])
    if isinstance(last.node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef):
        return [last]  # `np.random.seed(0)` and friends are no part of a definition
    return [s for s in earlier if s.index >= binding[-1]]


def _is_star_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and any(
        alias.name == "*" or node.module == "__future__" for alias in node.names
    )


def _cells(submission: Submission, kept: list[Statement]) -> list[dict[str, Any]]:
    by_cell: dict[int, list[Statement]] = {}
    for statement in kept:
        by_cell.setdefault(statement.cell, []).append(statement)
    cells = []
    for number, statements in by_cell.items():
        cell = submission.cells[number]
        source, keep = _alone(statements), None
        if source is None:
            source, keep = cell.source, [statement.k for statement in statements]
        cells.append({"name": cell.name, "source": source, "keep": keep})
    return cells


def _alone(statements: list[Statement]) -> str | None:
    """Return statements on the lines where they stand; None where one shares a line."""
    source, line = "", 1
    for statement in statements:
        if statement.text is None:
            return None
        first = _first_line(statement.node)
        source += "\n" * (first - line) + statement.text
        line = first + statement.text.count("\n")
    return source


def broken_definition(submission: Submission, symbol: str) -> tuple[Cell, SyntaxError] | None:
    """The last cell that does not parse and seems to define the symbol."""
    pattern = re.compile(
        rf"^\s*(?:(?:async\s+)?def|class)\s+{symbol}\b|^{symbol}\s*=", re.MULTILINE
    )
    for cell in reversed(submission.cells):
        if isinstance(cell.statements, SyntaxError) and pattern.search(cell.source):
            return cell, cell.statements
    return None


def is_unfilled(definition: ast.stmt, starter: str) -> bool:
    """Whether a definition is still the starter's, or says nothing at all."""
    blanked = "NotImplementedError" in starter  # or else it is broken code, to be repaired
    if isinstance(definition, ast.FunctionDef | ast.ClassDef) and not _raises(definition):
        starter = "" if blanked else starter  # the comparison is slow
    symbol = getattr(definition, "name", "")
    for node in ast.parse(starter).body:
        if getattr(node, "name", None) == symbol and _bare(node) == _bare(definition):
            return True
    if isinstance(definition, ast.FunctionDef):
        return all(_says_nothing(statement) for statement in definition.body)
    if isinstance(definition, ast.ClassDef):
        return all(
            all(_says_nothing(statement) for statement in inner.body)
            if isinstance(inner, ast.FunctionDef)
            else _says_nothing(inner)
            for inner in definition.body
        )
    return False


def _raises(node: ast.AST) -> bool:
    """Whether some statement below is a `raise`; expressions, which hold none, are passed over."""
    inner = (
        getattr(node, name, ()) for name in ("body", "orelse", "finalbody", "handlers", "cases")
    )
    return isinstance(node, ast.Raise) or any(_raises(n) for nodes in inner for n in nodes)


def _says_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.Pass):
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True  # a docstring, or `...`
    if isinstance(node, ast.Raise) and node.exc is not None:
        return _root(node.exc) == "NotImplementedError"
    return False


def _bare(node: ast.AST) -> str:
    """Return the definition's text without docstrings, comments and layout."""
    node = ast.parse(ast.unparse(node))
    for inner in ast.walk(node):
        if isinstance(inner, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(inner, False):
            inner.body = inner.body[1:] or [ast.Pass()]
    return ast.dump(node)
