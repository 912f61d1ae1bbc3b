"""`autograder check`: its contract (design.md §6), and what it makes of bad input."""

import json
import signal
import subprocess
import sys
import threading
import time

import nbformat
import pytest

from autograder.messages import say
from autograder.registry import load_task, load_tasks

CELL = load_task("lstm_cell")
IMPORTS = "import numpy as np\n"
INVERTED = CELL.solution.replace("f * c + i * g", "(1 - f) * c + i * g")


@pytest.fixture
def inverted(tmp_path):
    path = tmp_path / "here" / "sub.py"

    def write():
        path.write_text(INVERTED)
        return path

    path.parent.mkdir(exist_ok=True)
    return write


def test_json_is_the_contract(check_json, inverted):
    status, result = check_json(inverted(), "--seed", 1, "--lang", "en")
    assert status == 1
    assert list(result) == ["submission", "seed", "score", "max_score", "tasks"]
    assert (result["seed"], result["score"], result["max_score"]) == (1, 0.0, CELL.points)
    (task,) = result["tasks"]
    keys = "id status score max_score seconds checks misconceptions message"
    assert list(task) == keys.split()
    assert (task["id"], task["status"]) == ("lstm_cell", "failed")
    assert task["misconceptions"] == ["forget-inverted"]
    assert {"id": "inputs-unchanged", "passed": True, "message": None} in task["checks"]
    assert not next(c for c in task["checks"] if c["id"] == "c_next")["passed"]


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "forget gate is inverted"), ("zh", "遗忘门写反了")]
)
def test_the_mistake_is_named_in_the_language(command, inverted, language, sentence):
    status, out, _ = command("check", inverted(), "--lang", language)
    assert status == 1
    assert sentence in out
    assert "\033" not in out  # no colour where there is no terminal


def test_a_right_answer_passes_with_status_0(command, check_json, tmp_path):
    path = tmp_path / "lstm_cell.py"
    path.write_text(CELL.solution)
    status, result = check_json(path)
    assert (status, result["score"], result["tasks"][0]["message"]) == (0, CELL.points, None)
    assert result["tasks"][0]["status"] == "passed"


def test_the_seed_in_the_json_reproduces_it(check_json, inverted):
    path = inverted()
    _, first = check_json(path)
    _, again = check_json(path, "--seed", first["seed"])
    for result in (first, again):
        result["tasks"][0].pop("seconds")
    assert first == again
    path.write_text(INVERTED + "\n# changed\n")
    _, other = check_json(path)
    assert other["seed"] != first["seed"]


def test_language_comes_from_the_environment_and_the_locale(command, inverted, monkeypatch):
    path = inverted()
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "遗忘门" in command("check", path)[1]
    monkeypatch.setenv("AUTOGRADER_LANG", "en")
    assert "forget gate" in command("check", path)[1]
    assert "遗忘门" in command("check", path, "--lang", "zh")[1]


def test_unattempted_tasks_are_left_out_unless_named(check_json, tmp_path):
    path = tmp_path / "sub.py"
    path.write_text(CELL.solution + "\n\ndef lstm_bias(hidden_size, forget_bias=1.0):\n    ...\n")
    status, result = check_json(path)
    assert (status, [task["id"] for task in result["tasks"]]) == (0, ["lstm_cell"])
    status, result = check_json(path, "--task", "lstm_bias", "--task", "lstm_forward")
    assert status == 1
    assert [task["status"] for task in result["tasks"]] == ["not_attempted"] * 2
    assert result["max_score"] == 4.0


@pytest.mark.parametrize(
    "body",
    ["pass", "...", "raise NotImplementedError", '"""Doc."""', "raise NotImplementedError()"],
)
def test_an_empty_body_is_no_attempt(check_json, tmp_path, body):
    path = tmp_path / "sub.py"
    path.write_text(f"def lstm_cell(x, h, c, W_x, W_h, b):\n    {body}\n")
    status, result = check_json(path)
    assert (status, result["tasks"]) == (1, [])


# ---------------------------------------------------------------- submissions of every kind


def notebook(*sources, **metadata):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def test_a_notebook_with_magics_broken_cells_and_two_definitions(check_json, tmp_path):
    path = tmp_path / "work.ipynb"
    book = notebook(
        "%matplotlib inline\n!ls\nimport numpy as np, os\nx = !pwd",
        "%%bash\nrm -rf nothing",
        INVERTED,
        "for (",
        "np.zeros?",
        CELL.solution,
        "lstm_cell(1, 2, 3, 4, 5, 6)\nraise SystemExit",
    )
    nbformat.write(book, path)
    before = path.read_bytes()
    status, result = check_json(path)
    assert (status, result["tasks"][0]["status"]) == (0, "passed")
    assert path.read_bytes() == before


def test_a_broken_cell_costs_only_its_own_task(check_json, tmp_path):
    path = tmp_path / "work.ipynb"
    bias = load_task("lstm_bias").solution
    nbformat.write(notebook("def lstm_cell(x, h, c, W_x, W_h, b):\n    return (", bias), path)
    status, result = check_json(path)
    assert status == 1
    assert [(t["id"], t["status"]) for t in result["tasks"]] == [
        ("lstm_cell", "error"),
        ("lstm_bias", "passed"),
    ]


def test_an_old_notebook_and_a_byte_order_mark(check_json, tmp_path):
    path = tmp_path / "old.ipynb"
    old = nbformat.v3.new_notebook(
        worksheets=[nbformat.v3.new_worksheet(cells=[nbformat.v3.new_code_cell(CELL.solution)])]
    )
    path.write_text("\ufeff" + json.dumps(old), encoding="utf-8")
    assert check_json(path)[0] == 0
    path = tmp_path / "bom.py"
    path.write_text("\ufeff" + CELL.solution, encoding="utf-8")
    assert check_json(path)[0] == 0


def test_a_folder_takes_the_starters_cell_first(command, tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    book = notebook(CELL.solution)
    book.cells[0].metadata["autograder"] = {"task": "lstm_cell", "role": "task"}
    nbformat.write(book, folder / "z.ipynb")
    (folder / "lstm_cell.py").write_text(INVERTED)
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "a.py").write_text("broken (")
    (folder / "stray.py").write_text("def lstm_bias(")
    (folder / "other.py").write_text("broken (")
    (folder / "empty.py").write_text("")
    (folder / "env" / "lib").mkdir(parents=True)
    (folder / "env" / "pyvenv.cfg").write_text("")
    (folder / "env" / "lib" / "lstm_cell.py").write_text(INVERTED)
    status, out, err = command("check", folder, "--lang", "en")
    assert status == 0, out
    assert "z.ipynb was taken" in err
    assert "stray.py" in err
    for silent in ("checkpoints", "other.py", "empty.py", "env"):
        assert silent not in err


def test_an_unfilled_or_wrong_helper_is_named_first(check_json, tmp_path):
    path = tmp_path / "sub.py"
    forward = """
def lstm_forward(x, h0, c0, W_x, W_h, b):
    hs, cs, h, c = [], [], h0, c0
    for t in range(x.shape[1]):
        h, c = lstm_cell(x[:, t], h, c, W_x, W_h, b)
        hs.append(h); cs.append(c)
    return np.stack(hs, 1), np.stack(cs, 1)
"""
    path.write_text(IMPORTS + INVERTED + forward)
    _, result = check_json(path, "--task", "lstm_forward", "--lang", "en")
    (task,) = result["tasks"]
    assert task["misconceptions"] == []
    assert task["message"].startswith("It uses lstm_cell, which is itself a task and not right")
    path.write_text(CELL.starter + forward)
    _, result = check_json(path, "--task", "lstm_forward", "--lang", "zh")
    assert result["tasks"][0]["message"].startswith("它用到了 lstm_cell")
    path.write_text(CELL.solution + forward)
    assert check_json(path, "--task", "lstm_forward")[0] == 0


def test_two_tasks_that_call_each_other_end(grade):
    source = """
def lstm_cell(x, h, c, W_x, W_h, b):
    return lstm_forward(x[:, None], h, c, W_x, W_h, b)

def lstm_forward(x, h0, c0, W_x, W_h, b):
    return lstm_cell(x[:, 0], h0, c0, W_x, W_h, b)
"""
    result = grade(source, CELL)
    assert result.status == "error"
    assert result.blame.params == {"helper": "lstm_forward"}


RIGHT_IN_ANOTHER_STYLE = {
    "einsum and split": """
import numpy as np
from numpy import exp
def lstm_cell(x, h, c, W_x, W_h, b):
    print("hello")
    a = np.einsum("nd,kd->nk", x, W_x) + np.einsum("nh,kh->nk", h, W_h) + b
    i, f, g, o = np.split(a, 4, axis=-1)
    s = lambda v: 1 / (1 + exp(-v))
    c = s(f) * c + s(i) * np.tanh(g)
    return [s(o) * np.tanh(c), c]
""",
    "loops in float32": """
import math, numpy as np
K = 4
names = {}
names["tanh"] = math.tanh
def sig(v): return (1 + names["tanh"](v / 2)) / 2
def lstm_cell(x, h, c, W_x, W_h, b):
    N, H = h.shape
    h2, c2 = np.zeros((N, H), np.float32), np.zeros((N, H), np.float32)
    for n in range(N):
        a = [float(W_x[k] @ x[n] + W_h[k] @ h[n] + b[k]) for k in range(K * H)]
        for j in range(H):
            i, f, g, o = sig(a[j]), sig(a[H + j]), math.tanh(a[2*H + j]), sig(a[3*H + j])
            c2[n, j] = f * c[n, j] + i * g
            h2[n, j] = o * math.tanh(c2[n, j])
    return h2, c2
""",
    "a warning and an alias": """
import numpy as np, warnings
def cell(x, h, c, W_x, W_h, b):
    warnings.warn("careful")
    z = np.concatenate([x, h], 1) @ np.concatenate([W_x, W_h], 1).T + b
    H = c.shape[1]
    sig = lambda v: np.where(v > 0, 1 / (1 + np.exp(-v)), np.exp(v) / (1 + np.exp(v)))
    c = sig(z[:, H:2*H]) * c + sig(z[:, :H]) * np.tanh(z[:, 2*H:3*H])
    return sig(z[:, 3*H:]) * np.tanh(c), c
lstm_cell = cell
""",
}


@pytest.mark.parametrize("style", RIGHT_IN_ANOTHER_STYLE)
def test_a_right_answer_in_any_style_passes(grade, style):
    result = grade(RIGHT_IN_ANOTHER_STYLE[style], CELL)
    assert result.status == "passed", result


def test_changing_an_input_in_place_fails(grade):
    source = CELL.solution.replace("H = h.shape[1]", "H = h.shape[1]; x += 0; c *= 1.0")
    assert grade(source, CELL).status == "passed"  # nothing changed after all
    source = CELL.solution.replace("return h_next, c_next", "c += 1; return h_next, c_next")
    result = grade(source, CELL)
    assert result.status == "failed"
    assert result.finding.key == "input-modified"


def test_an_exception_names_the_learners_own_line(check_json, tmp_path):
    path = tmp_path / "sub.py"
    path.write_text(CELL.solution.replace("c_next = f * c + i * g", "c_next = f * cc + i * g"))
    _, result = check_json(path, "--lang", "en")
    (task,) = result["tasks"]
    assert task["status"] == "error"
    assert "NameError" in task["message"]
    assert "c_next = f * cc + i * g" in task["message"]


# ---------------------------------------------------------------- bad input: one sentence, status 2


BAD = {
    "missing.ipynb": None,
    "empty.ipynb": b"",
    "truncated.ipynb": b'{"cells": [',
    "list.ipynb": b"[1, 2]",
    "words.ipynb": b'{"cells": 3, "nbformat": 4}',
    "latin.ipynb": b'{"cells": ["\xff\xfe"]}',
    "binary.py": b"\x00\x01\x02" * 10,
    "broken.py": b"def lstm_cell(:\n",
    "latin.py": b"# \xe9\nx = 1\n",
    "encoding.py": b"# coding: klingon\n",
    "other.py": b"x = 1\n",
    "data.csv": b"1,2\n",
    "folder": "dir",
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_bad_input_is_one_sentence(command, tmp_path, name, language):
    path = tmp_path / name
    content = BAD[name]
    if content == "dir":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    status, out, err = command("check", path, "--lang", language)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert name in err
    assert any("\u4e00" <= letter <= "\u9fff" for letter in err) == (language == "zh")


def test_other_paths_are_graded_beside_a_bad_one(command, tmp_path, inverted):
    status, out, _ = command("check", tmp_path / "missing.py", inverted(), "--json")
    assert status == 2
    bad, good = map(json.loads, out.splitlines())
    assert (bad["tasks"], good["tasks"][0]["status"]) == ([], "failed")
    assert "missing.py" in bad["error"]


def test_an_unknown_task_suggests_the_nearest(command, inverted):
    status, _, err = command("check", inverted(), "--task", "lstm_cel", "--lang", "en")
    assert status == 2
    assert "lstm_cell" in err


def test_the_installed_command_runs_outside_the_repository(tmp_path):
    (tmp_path / "lstm_cell.py").write_text(CELL.solution)
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "check", "lstm_cell.py", "--json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["score"] == CELL.points


def test_list_names_every_task(command):
    status, out, _ = command("list", "--json")
    tasks = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [task["id"] for task in tasks] == [task.id for task in load_tasks()]
    for language in ("en", "zh"):
        _, out, _ = command("list", "--lang", language)
        assert CELL.title[language] in out


def test_hints_go_on_and_then_stay(command):
    levels = [command("hint", "lstm_cell", "--lang", "en")[1] for _ in CELL.hints]
    for hint, shown in zip(CELL.hints, levels, strict=True):
        assert hint["en"] in shown
    _, again, _ = command("hint", "lstm_cell", "--lang", "zh")
    assert CELL.hints[-1]["zh"] in again
    assert CELL.hints[0]["zh"] in command("hint", "lstm_cell", "--level", 1, "--lang", "zh")[1]
    assert command("hint", "lstm_cell", "--level", 99)[0] == 2
    assert command("hint", "nonsense")[0] == 2


def test_a_folder_ends_in_a_progress_table(command, tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "lstm_cell.py").write_text(CELL.solution)
    (folder / "lstm_bias.py").write_text(load_task("lstm_bias").starter)
    (folder / "lstm_forward.py").write_text(load_task("lstm_forward").solution)
    assert "2 of 5 tasks, 8 of 20 points" in command("check", folder, "--lang", "en")[1]
    assert "5 题中完成 2 题" in command("check", folder, "--lang", "zh")[1]


def test_a_folders_last_line_names_the_whole_course(command, check_json, tmp_path):
    (tmp_path / "lstm_cell.py").write_text(CELL.solution)
    _, out, _ = command("check", tmp_path, "--lang", "en")
    course = f"{sum(task.points for task in load_tasks()):g}"
    last = out.splitlines()[-1]
    assert f"{CELL.points:g} of {CELL.points:g} points for what was attempted" in last
    assert last.endswith(f"the whole course has {course}.")
    assert check_json(tmp_path)[1]["max_score"] == CELL.points
    _, out, _ = command("check", tmp_path, "--task", "lstm_cell", "--lang", "en")
    assert "course" not in out.splitlines()[-1]


def test_many_tasks_in_several_files_are_one_sentence(command, tmp_path):
    for task in load_tasks()[:5]:
        for name in ("a", "b"):
            with (tmp_path / f"{name}.py").open("a") as file:
                file.write(f"\ndef {task.id}(*_):\n    return 1\n")
    _, _, complaints = command("check", tmp_path, "--lang", "en")
    (note,) = complaints.splitlines()
    assert "5 tasks are defined in several files" in note
    assert "a.py" in note


@pytest.mark.parametrize("language", ["en", "zh"])
def test_among_several_files_an_error_names_its_own(command, tmp_path, language):
    code = "def lstm_bias(hidden_size, forget_bias=1.0):\n    return 1 / 0"
    broken = "import numpy as np\ndef lstm_cell(x, h, c, W_x, W_h, b):\n    return ("
    cells = [nbformat.v4.new_code_cell(source) for source in (code, broken)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "mine.ipynb")
    (tmp_path / "other.py").write_text("def one_hot(indices, num_classes):\n    return 1 / 0\n")
    _, alone, _ = command("check", tmp_path / "mine.ipynb", "--lang", language)
    assert alone.count("mine.ipynb") == 1  # in its last line
    _, out, _ = command("check", tmp_path, "--lang", language)
    sentences = {
        "en": ("mine.ipynb, cell 1, line 2", "mine.ipynb, cell 2 cannot", "other.py, line 2"),
        "zh": ("mine.ipynb，第 1 个单元格，第 2 行", "第 2 个单元格：不是", "other.py，第 2 行"),
    }
    for sentence in sentences[language]:
        assert sentence in out


def test_one_point_is_no_plural(command, tmp_path):
    out = command("list", "--lang", "en")[1]
    assert " 1 point " in out
    assert " 1 points" not in out
    counts = ("0", "1", "11", "0.1", "21")
    ends = [say("points", "en", points=count).removeprefix(count) for count in counts]
    assert ends == [" points", " point", " points", " points", " points"]


def test_watch_checks_again_only_what_changed(tmp_path):
    path = tmp_path / "sub.py"
    bias = load_task("lstm_bias").solution
    path.write_text(INVERTED + bias)
    arguments = [sys.executable, "-u", "-m", "autograder", "check", "sub.py", "--watch"]
    with subprocess.Popen(
        [*arguments, "--lang", "en"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell's background job (CI may be one) passes on that Ctrl-C is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as watch:
        guard = threading.Timer(60, watch.kill)  # then readline ends too
        guard.start()
        assert "Watching" in watch.stderr.readline()  # the first check is done
        path.write_text("# a comment changes no answer\n" + INVERTED + bias)
        time.sleep(1)
        whole = CELL.solution + bias
        with path.open("w") as file:  # an editor that writes in two goes
            file.write(whole[: len(whole) // 2])
            file.flush()
            time.sleep(0.1)
            file.write(whole[len(whole) // 2 :])
        lines = []
        while not lines or "5 of 5 points" not in lines[-1]:
            lines.append(watch.stdout.readline())
            assert lines[-1], "it ended before the second check"
        watch.send_signal(signal.SIGINT)
        assert watch.wait(timeout=10) == 130
        guard.cancel()
    text = "".join(lines)
    assert text.count("lstm_bias: right") == 1  # in the first check only
    assert text.count("lstm_cell: not right yet") == 1
    assert text.count("lstm_cell: right") == 1


def test_a_task_in_the_place_of_a_path_is_understood(command):
    status, _, err = command("check", "lstm_cel")
    assert status == 2
    assert "autograder check --task lstm_cell" in err
    status, _, err = command("check", "nowhere.ipynb")
    assert status == 2
    assert "start" not in err
