"""`check` and `hint` in a running notebook."""

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.registry import load_task

CELL = load_task("lstm_cell")
INVERTED = CELL.solution.replace("f * c + i * g", "(1 - f) * c + i * g")


def outputs(tmp_path, monkeypatch, language, *sources):
    """Execute cells in one kernel; return the displayed data of each."""
    monkeypatch.setenv("AUTOGRADER_LANG", language)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    NotebookClient(book, timeout=60, resources={"metadata": {"path": str(tmp_path)}}).execute()
    return [[out.get("data", {}) for out in cell.outputs] for cell in book.cells]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the kernel's own start
def test_feedback_in_a_notebook(tmp_path, monkeypatch):
    shown = outputs(
        tmp_path,
        monkeypatch,
        "zh",
        "from autograder import check, hint",
        "import numpy as np\n" + CELL.starter.split("\n\n\n")[1],
        CELL.starter.split("\n\n\n")[2] + "\ncheck(lstm_cell)",
        INVERTED.split("\n\n\n")[2],
        "%time check(lstm_cell)",
        CELL.solution.split("\n\n\n")[2],
        "check(lstm_cell)\ncheck('lstm_cell')",
        "hint(lstm_cell)\nhint(lstm_cell)",
        "check(sigmoid); check(3)",
        "lstm_cell = lambda *a: a[1:3]\ncheck(lstm_cell)",
        "check(); hint()",
    )
    text = ["\n".join(data.get("text/plain", "") for data in cell) for cell in shown]
    assert "还没有作答" in text[2]
    assert "遗忘门写反了" in text[4]
    html = "".join(data.get("text/html", "") for data in shown[4])
    assert '<div lang="zh-CN"' in html
    assert "遗忘门写反了" in html
    assert text[6].count("正确") == 2
    assert CELL.hints[0]["zh"] in text[7]
    assert CELL.hints[1]["zh"] in text[7]
    assert text[8].count("没有名为") == 2
    assert "还不对" in text[9]
    assert "check(lstm_cell)" in text[10]
    assert "hint(lstm_cell)" in text[10]
