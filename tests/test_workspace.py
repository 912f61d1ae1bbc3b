"""`start`, `reset` and `build`: nothing a learner wrote is ever lost."""

import json

import nbformat
import pytest

from autograder import build, workspace
from autograder.registry import load_task

CELL = load_task("lstm_cell")
NAME = "05_lstm_exercises.ipynb"
ROOT = build.Path(__file__).parents[1]


def read(path):
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    return book


def task_cell(book, task="lstm_cell", role="task"):
    ours = (cell.metadata.get("autograder", {}) for cell in book.cells)
    keys = [(o.get("task"), o.get("role")) for o in ours]
    return book.cells[keys.index((task, role))]


@pytest.mark.parametrize(("language", "word"), [("en", "Exercises"), ("zh", "练习")])
def test_start_makes_notebooks_in_one_language(command, tmp_path, language, word):
    folder = tmp_path / "work"
    status, out, _ = command("start", folder, "--lang", language)
    assert status == 0
    assert NAME in out
    book = read(folder / NAME)
    assert word in book.cells[0].source
    assert book.metadata.autograder.lang == language
    text = "".join(cell.source for cell in book.cells)
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in text)
    assert chinese == (language == "zh")
    status, out, _ = command("check", folder)
    assert status == 1
    assert ("尚未作答" if language == "zh" else "Not attempted yet") in out


def test_start_again_keeps_the_learners_work(command, tmp_path):
    folder = tmp_path / "work"
    command("start", folder, "--lang", "en")
    book = read(folder / NAME)
    task_cell(book).source = CELL.solution + "# mine\n"
    book.cells.append(nbformat.v4.new_code_cell("my_own = 1"))
    nbformat.write(book, folder / NAME)
    before = (folder / NAME).read_text(encoding="utf-8")
    assert command("start", folder, "--lang", "en")[0] == 0
    assert (folder / NAME).read_text(encoding="utf-8") == before
    command("start", folder, "--lang", "zh")  # another language: only untouched cells change
    book = read(folder / NAME)
    assert task_cell(book).source == (CELL.solution + "# mine\n")
    assert book.cells[-1].source == "my_own = 1"
    assert book.cells[0].source.startswith("# 练习")


def test_start_adds_a_task_that_is_new(command, tmp_path):
    folder = tmp_path / "work"
    command("start", folder, "--lang", "en")
    book = read(folder / NAME)
    book.cells = [c for c in book.cells if c.metadata.autograder.get("task") != "lstm_bias"]
    nbformat.write(book, folder / NAME)
    assert "updated" in command("start", folder, "--lang", "en")[1]
    assert task_cell(read(folder / NAME), "lstm_bias").source


def test_start_leaves_a_damaged_notebook_alone(command, tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / NAME).write_text("{ not a notebook")
    status, out, _ = command("start", folder, "--lang", "en")
    assert status == 0
    assert "cannot be read" in out
    assert f"autograder reset rnn_cell {folder}" not in out
    assert f"autograder reset lstm_cell {folder}" in out
    assert (folder / NAME).read_text() == "{ not a notebook"


def test_reset_puts_a_damaged_notebook_aside(command, tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    for k, damage in enumerate(("{ not a notebook", "[]")):
        (folder / NAME).write_text(damage)
        status, out, _ = command("reset", "lstm_cell", folder, "--lang", "en")
        assert (status, "is kept as" in out) == (0, True)
        assert (folder / f"{NAME}.damaged{k or ''}").read_text() == damage
        assert task_cell(read(folder / NAME)).source.startswith("def lstm_cell")
    assert command("reset", "lstm_cell", folder, "--lang", "en")[1].count("still the starter") == 1
    assert command("check", folder, "--lang", "en")[2] == ""  # it is no notebook any more


def test_start_where_nothing_can_be_written(command, tmp_path):
    (tmp_path / "file").write_text("")
    status, out, _ = command("start", tmp_path / "file", "--lang", "en")
    assert status == 2
    assert "cannot be written" in out


def test_reset_gives_the_starter_back_and_keeps_the_version(command, tmp_path):
    folder = tmp_path / "work"
    command("start", folder, "--lang", "en")
    starter = task_cell(read(folder / NAME)).source
    assert "still the starter" in command("reset", "lstm_cell", folder, "--lang", "en")[1]
    book = read(folder / NAME)
    task_cell(book).source = "def lstm_cell(): mine"
    nbformat.write(book, folder / NAME)
    assert command("reset", "lstm_cell", folder)[0] == 0
    book = read(folder / NAME)
    assert task_cell(book).source == starter
    kept = [cell for cell in book.cells if cell.cell_type == "raw"]
    assert [cell.source for cell in kept] == ["def lstm_cell(): mine"]
    assert command("reset", "lstm_cell", tmp_path)[0] == 2
    assert command("reset", "no_such_task", folder)[0] == 2


def test_the_language_of_a_folder_is_remembered(command, tmp_path, monkeypatch):
    folder = tmp_path / "work"
    command("start", folder, "--lang", "zh")
    book = read(folder / NAME)
    task_cell(book).source = CELL.solution
    nbformat.write(book, folder / NAME)
    assert "正确" in command("check", folder / NAME)[1]
    monkeypatch.chdir(folder)
    assert "提示" in command("hint", "lstm_cell")[1]
    assert json.loads((folder / ".autograder.json").read_text())["hints"] == {"lstm_cell": 1}


def test_derived_files_are_current():
    stale = [
        str(path)
        for path, text in build.derived(ROOT)
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    assert not stale, "run: autograder build"


def test_build_check_notices_a_change(command, tmp_path, monkeypatch):
    (tmp_path / "chapters").mkdir()
    monkeypatch.chdir(tmp_path)
    assert command("build", "--check")[0] == 1
    assert command("build")[0] == 0
    assert command("build", "--check") == (0, "", "")
    path = tmp_path / "chapters" / NAME
    path.write_text(path.read_text(encoding="utf-8").replace("raise", "pass; raise"))
    status, out, _ = command("build", "--check", "--lang", "en")
    assert (status, NAME in out) == (1, True)
    monkeypatch.chdir(tmp_path / "chapters")
    assert command("build")[0] == 2


def test_an_interrupted_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.ipynb"
    path.write_text("old")

    def full_disk(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workspace.Path, "write_text", full_disk)
    with pytest.raises(OSError, match="No space"):
        workspace.write_whole(path, "new")
    monkeypatch.undo()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_start_again_keeps_the_folders_language(command, tmp_path):
    command("start", tmp_path / "work", "--lang", "zh")
    status, out, _ = command("start", tmp_path / "work")
    assert status == 0
    assert "updated" not in out
    assert json.loads((tmp_path / "work" / ".autograder.json").read_text("utf-8"))["lang"] == "zh"
