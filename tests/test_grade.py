"""`autograder grade`: from a folder to grades, whatever happens on the way."""

import csv
import html
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import nbformat
import pytest

from autograder import isolation, pool, records, reports
from autograder.cli import main
from autograder.registry import load_task
from tests.test_sandbox import HEAD, HOSTILE

ROOT = Path(__file__).parents[1]
BIAS, CELL = load_task("lstm_bias"), load_task("lstm_cell")
RIGHT = BIAS.solution
WRONG = BIAS.misconceptions[0].apply(BIAS.reference)
UNTOUCHED = BIAS.starter
NAMED = BIAS.misconceptions[0].id
GRADE = [sys.executable, "-m", "autograder", "grade", "--no-sandbox", "--lang", "en"]

needs_isolation = pytest.mark.skipif(bool(isolation.why_not()), reason=str(isolation.why_not()))


@pytest.fixture
def klass(tmp_path):
    """Write a class: a source a student, by name."""

    def write(**students):
        folder = tmp_path / "class"
        folder.mkdir(exist_ok=True)
        for name, source in students.items():
            (folder / f"{name}.py").write_text(source, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def grade(command, tmp_path):
    """Run the command on one task and one worker; return (status, output, complaints)."""

    def run(folder, *options, task="lstm_bias", sandbox=False, out=None):
        more = [] if sandbox else ["--no-sandbox"]
        more += ["--task", task] if task else []
        out = out or tmp_path / "out"
        return command(
            "grade", folder, "--out", out, "--workers", 1, "--lang", "en", *more, *options
        )

    return run


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def table(out):
    with (out / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def record(out, name):
    return json.loads((out / "json" / f"{name}.json").read_text(encoding="utf-8"))


def core(found):
    """Return what does not depend on the clock."""
    tasks = [{k: v for k, v in task.items() if k != "seconds"} for task in found["tasks"]]
    return {
        **found,
        "tasks": tasks,
        "seconds": None,
        "edition": None,
        "keys": None,
        "changed": None,
    }


# ---------------------------------------------------------------- what comes out


def test_a_class_becomes_grades(grade, klass, out):
    folder = klass(alice=RIGHT, bob=WRONG, carol=UNTOUCHED, dave="def lstm_bias(", erin="x = 1")
    status, said, _ = grade(folder)
    assert status == 0
    rows = {row["student"]: row for row in table(out)}
    expected = {
        "alice": ("1", "passed", ""),
        "bob": ("0", "failed", NAMED),
        "carol": ("0", "not_attempted", ""),
        "dave": ("0", "unreadable", ""),
        "erin": ("0", "not_attempted", ""),
    }
    found = {n: (r["score"], r["status"], r["misconceptions"]) for n, r in rows.items()}
    assert found == expected
    assert list(rows["bob"])[:5] == ["student", "task", "score", "status", "misconceptions"]
    assert "dave.py cannot be read as Python" in rows["dave"]["note"]
    assert "dave.py cannot be read as Python" in said
    assert "None of the assignment's tasks" in rows["erin"]["note"]
    page = (out / "students" / "dave.html").read_text(encoding="utf-8")
    assert "could not be read" in page
    assert "not attempted" not in page
    told = json.loads((out / "gradescope" / "dave" / "results.json").read_text(encoding="utf-8"))
    assert "could not be read" in told["tests"][0]["output"]
    assert "5 submission(s) graded" in said
    page = (out / "class.html").read_text(encoding="utf-8")
    assert "What learners were told" in page
    assert f"“{html.escape(BIAS.misconceptions[0].name['en'])}”" in page
    assert {path.name for path in out.iterdir() if path.name[0] != "."} == {
        "grades.csv", "class.html", "json", "gradescope", "students",
    }  # fmt: skip


def test_a_record_begins_as_check_says_it(grade, klass, out, check_json):
    folder = klass(bob=WRONG)
    grade(folder)
    _, alone = check_json(folder / "bob.py", "--task", "lstm_bias", "--lang", "en")
    mine = record(out, "bob")
    for found in (alone, mine):
        found["tasks"][0].pop("seconds")
    assert list(mine)[:5] == list(alone)
    assert {key: mine[key] for key in list(alone)[1:]} == {k: alone[k] for k in list(alone)[1:]}


def test_the_whole_chapter_counts_attempted_or_not(grade, klass, out):
    grade(klass(alice=RIGHT), "--chapter", "5", task=None)
    found = record(out, "alice")
    assert (found["score"], found["max_score"], len(found["tasks"])) == (1.0, 20.0, 5)
    assert len(table(out)) == 5


def test_two_workers_give_what_one_gives(grade, klass, out, tmp_path):
    folder = klass(**{f"s{k}": RIGHT if k % 2 else WRONG for k in range(6)})
    grade(folder)
    grade(folder, "--workers", 2, out=tmp_path / "two")
    for k in range(6):
        assert core(record(out, f"s{k}")) == core(record(tmp_path / "two", f"s{k}"))


def test_the_latest_of_several_files_counts_and_it_is_said(grade, klass, out, tmp_path):
    folder = tmp_path / "class"
    for name, source, age in (
        ("old.py", RIGHT, 10**4),
        ("new.py", WRONG, 0),
        ("none.py", UNTOUCHED, -9),
    ):
        path = folder / "alice" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
        os.utime(path, (10**9 - age, 10**9 - age))
    grade(folder)
    assert record(out, "alice")["tasks"][0]["status"] == "failed"
    page = (out / "students" / "alice.html").read_text(encoding="utf-8")
    assert "the latest counts: new.py" in page
    assert table(out)[0]["file"] == "new.py"


def test_gradescope_and_the_seed(grade, klass, out):
    grade(klass(bob=WRONG), "--seed", 7)
    found = json.loads((out / "gradescope" / "bob" / "results.json").read_text())
    (test,) = found["tests"]
    assert (found["score"], test["score"], test["max_score"], test["status"]) == (
        0.0,
        0.0,
        1.0,
        "failed",
    )
    assert found["output_format"] == test["output_format"] == "text"
    assert BIAS.misconceptions[0].name["en"] in test["output"]
    assert found["extra_data"]["seed"] == record(out, "bob")["seed"] == 7


@pytest.mark.parametrize(
    ("formats", "there"),
    [(["csv"], {"grades.csv"}), (["html", "gradescope"], {"class.html", "students", "gradescope"})],
)
def test_only_the_formats_asked_for(grade, klass, out, formats, there):
    grade(klass(bob=WRONG), "--format", *formats)
    assert {path.name for path in out.iterdir() if path.name[0] != "."} == there | {"json"}


class Reader(HTMLParser):
    """Collects a page's elements and its text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data


def test_pages_speak_the_students_language_and_escape_strangers_texts(grade, out, tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    name = "<img src=x onerror=alert(1)>"
    raising = 'def lstm_bias(a, b=1):\n    raise ValueError("<script>alert(2)</script>\\ud800")'
    for student, language, source in ((name, "zh", raising), ("=1+1", None, WRONG)):
        metadata = {"autograder": {"lang": language}} if language else {}
        book = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source)], metadata=metadata
        )
        nbformat.write(book, folder / f"{student}.ipynb")
    assert grade(folder)[0] == 0
    pages = {path: path.read_text(encoding="utf-8") for path in out.rglob("*.html")}
    assert len(pages) == 3
    for path, page in pages.items():
        reader = Reader(page)
        assert not {"img", "script", "link", "iframe"} & {tag for tag, _ in reader.tags}
        assert not [a for _, a in reader.tags for key in a if key.startswith("on") or key == "src"]
        language = "zh-CN" if "img" in path.name else "en"
        assert next(a for tag, a in reader.tags if tag == "html")["lang"] == language
    report = Reader(pages[out / "class.html"])
    assert name in report.text
    assert BIAS.misconceptions[0].name["en"] in report.text  # which mistakes the class makes
    for tag, attributes in report.tags:
        if tag == "a":
            assert (out / unquote(attributes["href"])).is_file()


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1", " =1", "＝1"])
def test_no_spreadsheet_takes_a_name_for_a_formula(name):
    assert reports.as_text(name) == "'" + name
    assert reports.as_text("王小明") == "王小明"


def test_the_grade_list_is_read_by_excel_and_others(grade, klass, out):
    grade(klass(王小明=RIGHT))
    assert (out / "grades.csv").read_bytes().startswith(b"\xef\xbb\xbfstudent,")
    assert table(out)[0]["student"] == "王小明"


# ---------------------------------------------------------------- arguments


def test_without_isolation_nothing_is_run(grade, klass, out, monkeypatch):
    monkeypatch.setattr("autograder.grade.why_not", lambda: "no bwrap")
    status, said, complaint = grade(klass(alice=RIGHT), sandbox=True)
    assert (status, said) == (2, "")
    assert "no bwrap" in complaint
    assert "--no-sandbox" in complaint
    assert not out.exists()
    status, _, complaint = grade(klass(alice=RIGHT))
    assert status == 0
    assert "run with your rights" in complaint


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["nowhere", "--out", "o"], "does not exist"),
        (["class", "--out", "class/results"], "outside class"),
        (["file.txt", "--out", "o"], "not a folder"),
        (["empty", "--out", "o"], "holds no submission"),
        (["class", "--out", "o", "--task", "lstm_cel"], "Did you mean lstm_cell"),
        (["class", "--out", "o", "--chapter", "99"], "no chapter 99"),
        (["class", "--out", "o", "--task", "lstm_cell", "--chapter", "5"], "not both"),
        (["class", "--out", "o", "--workers", "2", "--scheduler", "tcp://x"], "not both"),
        (["class", "--out", "file.txt"], "cannot be written"),
        (["--out", "o"], "Which folder"),
    ],
)
def test_unusable_arguments(command, tmp_path, options, sentence):
    here = tmp_path / "here"
    for folder in ("empty", "class"):
        (here / folder).mkdir()
    (here / "class" / "alice.py").write_text(RIGHT)
    (here / "file.txt").write_text("x")
    status, _, complaint = command("grade", *options, "--no-sandbox", "--lang", "en")
    assert status == 2
    assert sentence in complaint
    assert len(complaint.splitlines()) == 1


@pytest.mark.parametrize("option", ["--timeout=0", "--workers=0", "--seed=-1", "--format=pdf"])
def test_impossible_numbers(option):
    with pytest.raises(SystemExit) as exit_:
        main(["grade", "class", "--out", "out", option])
    assert exit_.value.code == 2


def test_the_folder_may_stand_last(command, klass, tmp_path, out):
    options = ["--no-sandbox", "--workers", "1", "--out", out]
    status, _, _ = command("grade", *options, "--task", "lstm_bias", klass(alice=RIGHT))
    assert status == 0
    assert record(out, "alice")["score"] == 1.0


def test_two_runs_do_not_write_to_one_folder(grade, klass, out):
    fcntl = pytest.importorskip("fcntl")
    out.mkdir()
    with (out / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        status, _, complaint = grade(klass(alice=RIGHT))
    assert status == 2
    assert "Another run" in complaint


# ---------------------------------------------------------------- resumed


def stamps(out):
    return {path.stem: path.stat().st_mtime_ns for path in (out / "json").iterdir()}


def test_resume_grades_only_what_is_missing_or_changed(grade, klass, out):
    folder = klass(alice=RIGHT, bob=WRONG, carol=UNTOUCHED, dave="def lstm_bias(", erin=RIGHT)
    grade(folder)
    before, first = stamps(out), record(out, "erin")
    (out / "json" / "alice.json").write_text('{"half')  # as no kill can leave it
    klass(bob=RIGHT, frank=WRONG)
    (folder / "carol.py").rename(folder / "caroline.py")
    status, said, _ = grade(folder, "--resume")
    assert status == 0
    after = stamps(out)
    same = {name for name in before if after.get(name) == before[name]}
    assert {"dave", "erin"} <= same
    assert not {"alice", "bob", "frank", "caroline"} & same
    assert "4 graded, 2 as before" in said
    assert "bob, lstm_bias: not right → passed" in said
    assert record(out, "erin") == first
    assert "carol" not in {row["student"] for row in table(out)}
    assert "bob, lstm_bias" in grade(folder, "--resume")[1]  # until something else changes
    assert "6 as before" in grade(folder, "--resume")[1]


def test_resume_adds_a_task_and_keeps_the_rest(grade, klass, out):
    folder = klass(alice=RIGHT, bob=CELL.solution)
    grade(folder)
    before = record(out, "alice")["tasks"][0]
    grade(folder, "--resume", task=None, *["--task", "lstm_bias", "--task", "lstm_cell"])  # noqa: B026
    assert record(out, "alice")["tasks"][1] == before
    assert [task["status"] for task in record(out, "bob")["tasks"]] == ["passed", "not_attempted"]
    assert record(out, "bob")["max_score"] == 6.0
    grade(folder, "--resume")
    assert record(out, "bob")["max_score"] == 1.0


def test_another_seed_or_limit_is_another_result(grade, klass, out):
    folder = klass(alice=RIGHT)
    grade(folder)
    assert "1 as before" in grade(folder, "--resume")[1]
    assert "1 graded" in grade(folder, "--resume", "--seed", 3)[1]
    assert "1 graded" in grade(folder, "--resume", "--seed", 3, "--timeout", 5)[1]
    assert "1 as before" in grade(folder, "--resume", "--seed", 3, "--timeout", 5)[1]


@pytest.fixture
def own_copy(tmp_path):
    """A copy of the grader, to change its tasks; returns a function that runs its `grade`."""
    package = tmp_path / "copy" / "autograder"
    shutil.copytree(ROOT / "autograder", package, ignore=shutil.ignore_patterns("__pycache__"))
    for task in (package / "exercises").iterdir():
        if task.is_dir() and not task.name.startswith("lstm_"):
            shutil.rmtree(task)

    def run(folder, out, *options):
        done = subprocess.run(
            [*GRADE, folder, "--out", out, "--workers", "1", "--resume", *options],
            cwd=package.parent, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    run.exercises = package / "exercises"
    return run


def edited(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.slow
def test_a_corrected_task_is_graded_again_where_it_matters_and_nowhere_else(own_copy, klass, out):
    helped = "from math import *\n" + CELL.solution
    helper_wrong = helped.replace("f * c + i * g", "(1 - f) * c + i * g")
    folder = klass(alice=RIGHT, bob=WRONG, carol=UNTOUCHED, dave=RIGHT + helped, erin=helper_wrong)
    uses = "\n\ndef lstm_forward(x, h0, c0, W_x, W_h, b):\n    h, c = lstm_cell(x[:, 0], h0, c0, W_x, W_h, b)\n    return h, c\n"
    klass(frank=helped + uses)
    both = ("--task", "lstm_bias", "lstm_forward", "lstm_cell")
    assert "6 graded" in own_copy(folder, out, *both)
    kept = {name: record(out, name)["tasks"] for name in ("alice", "dave")}

    # A misconception's sentence: only who failed the task.
    toml = own_copy.exercises / "lstm_bias" / "task.toml"
    edited(toml, BIAS.misconceptions[0].name["en"], "Another sentence.")
    before = stamps(out)
    said = own_copy(folder, out, *both)
    assert "1 graded, 5 as before" in said
    assert "→" not in said  # the sentence changed, the result did not
    after = stamps(out)
    assert {name for name in before if before[name] != after[name]} == {"bob"}
    assert "Another sentence." in (out / "students" / "bob.html").read_text(encoding="utf-8")

    # A hint or a statement decides nothing.
    edited(toml, BIAS.hints[0]["en"], "Another hint.")
    assert "6 as before" in own_copy(folder, out, *both)

    # The reference: whoever attempted the task, that task alone; and it is said whose result changed.
    reference = own_copy.exercises / "lstm_bias" / "reference.py"
    edited(reference, "1 * H : 2 * H", "0 * H : 1 * H")
    edited(
        toml,
        'find = "1 * H : 2 * H"\nreplace = "0 * H : 1 * H"',
        'find = "0 * H : 1 * H"\nreplace = "1 * H : 2 * H"',
    )
    edited(toml, 'find = "1 * H : 2 * H"', 'find = "0 * H : 1 * H"')
    said = own_copy(folder, out, *both)
    assert "3 graded, 3 as before" in said
    assert {line.split(",")[0] for line in said.splitlines() if "→" in line} == {
        "changed  alice", "changed  bob", "changed  dave",
    }  # fmt: skip
    for name, tasks in kept.items():
        now = record(out, name)["tasks"]
        assert [t for t in now if t["id"] != "lstm_bias"] == [
            t for t in tasks if t["id"] != "lstm_bias"
        ]

    # Another task's reference touches also who uses that task's function and failed.
    cell = own_copy.exercises / "lstm_cell" / "reference.py"
    edited(cell, "# begin solution", "# begin solution\n    # a remark")
    before = stamps(out)
    assert "3 graded, 3 as before" in own_copy(folder, out, *both)
    after = stamps(out)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"dave", "erin", "frank"}


# ---------------------------------------------------------------- killed


def start_batch(folder, out, *options):
    return subprocess.Popen(
        [*GRADE, folder, "--out", out, "--workers", "2", "--task", "lstm_bias", *options],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        # Started in the background, a shell has it ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


def wait_for(condition, seconds=60.0):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    return found


def processes_below(pid):
    lists = [p for t in Path(f"/proc/{pid}/task").glob("*/children") for p in t.read_text().split()]
    return [int(child) for child in lists]


linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@linux
def test_a_killed_worker_loses_nothing(klass, out, tmp_path):
    names = {f"s{k:02d}": RIGHT if k % 3 else WRONG for k in range(40)}
    folder = klass(**names)
    batch = start_batch(folder, out)
    wait_for(lambda: out.exists() and len(list(out.glob("json/*.json"))) >= 3)
    for victim in processes_below(batch.pid):
        os.kill(victim, signal.SIGKILL)
    said, _ = batch.communicate(timeout=120)
    assert batch.returncode == 0, said
    assert "40 submission(s) graded" in said
    statuses = {row["student"]: row["status"] for row in table(out)}
    assert statuses == {n: "passed" if source is RIGHT else "failed" for n, source in names.items()}


@linux
def test_a_killed_parent_leaves_whole_records_and_resume_does_the_rest(klass, out):
    folder = klass(**{f"s{k:02d}": RIGHT if k % 3 else WRONG for k in range(40)})
    batch = start_batch(folder, out)
    wait_for(lambda: out.exists() and len(list(out.glob("json/*.json"))) >= 5)
    workers = processes_below(batch.pid)
    batch.kill()
    batch.communicate(timeout=60)
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    done = {path.stem: json.loads(path.read_text()) for path in out.glob("json/*.json")}
    assert 5 <= len(done) < 40
    before = stamps(out)
    (out / "json" / ".s99.json.1.tmp").write_text("half")
    again = start_batch(folder, out, "--resume")
    said, _ = again.communicate(timeout=120)
    assert again.returncode == 0, said
    assert f"{40 - len(done)} graded, {len(done)} as before" in said
    after = stamps(out)
    assert {name: after[name] for name in before} == before
    assert len(after) == len(table(out)) == 40
    assert not list(out.rglob("*.tmp"))


@linux
def test_ctrl_c_leaves_what_is_done(klass, out):
    folder = klass(**{f"s{k:02d}": RIGHT for k in range(40)})
    batch = start_batch(folder, out)
    wait_for(lambda: out.exists() and len(list(out.glob("json/*.json"))) >= 3)
    batch.send_signal(signal.SIGINT)
    said, _ = batch.communicate(timeout=60)
    assert batch.returncode == 130
    assert "--resume goes on" in said
    assert "Traceback" not in said
    assert 3 <= len(table(out)) == len(list(out.glob("json/*.json"))) < 40


def spoiled(monkeypatch, what):
    """Have every worker do this before it grades the student "poison"."""
    monkeypatch.setattr(
        pool,
        "BOOT",
        "import sys, os, time; sys.path[:] = {path!r}; import autograder.pool as p; real = p.grade\n"
        "def grade(job, *rest):\n"
        f"    if job.name == 'poison': {what}\n"
        "    return real(job, *rest)\n"
        "p.grade = grade; p.serve()",
    )


NO_SANDBOX = "raise p.SandboxError('no process left')"


@pytest.mark.slow
@pytest.mark.parametrize("what", ["os.abort()", "time.sleep(1000)", NO_SANDBOX])
def test_a_poisoned_submission_is_tried_twice_and_recorded(
    grade, klass, out, monkeypatch, tmp_path, what
):
    if "sleep" in what:
        monkeypatch.setattr(pool, "_patience", lambda job, settings: 8.0)
    tally = tmp_path / "tally"
    spoiled(monkeypatch, f"open({str(tally)!r}, 'a').write('x'); {what}")
    status, said, _ = grade(klass(alice=RIGHT, poison=RIGHT, zoe=WRONG))
    assert status == 0
    assert tally.read_text() == "xx"
    assert {row["student"]: row["status"] for row in table(out)} == {
        "alice": "passed", "poison": "killed", "zoe": "failed",
    }  # fmt: skip
    assert "look at  poison: Reading this submission ended" in said


def test_a_batch_ends_where_nothing_can_be_isolated_any_more(grade, klass, out, monkeypatch):
    spoiled(monkeypatch, NO_SANDBOX)
    monkeypatch.setattr("autograder.grade.why_not", lambda: None)
    gone = SimpleNamespace(__wrapped__=lambda: "bwrap is gone")
    monkeypatch.setattr(pool, "why_not", gone)
    status, _, complaint = grade(klass(poison=RIGHT), sandbox=True)
    assert status == 2
    assert "no process left" in complaint
    assert "--resume goes on" in complaint
    assert not list(out.glob("json/*"))


def test_a_full_disk_is_one_sentence(grade, klass, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(records.Store, "save", full)
    status, _, complaint = grade(klass(alice=RIGHT))
    assert status == 2
    assert "No space left on device" in complaint


# ---------------------------------------------------------------- hostile


@pytest.mark.slow
@pytest.mark.timeout(900)  # a dozen of them run into their limits
@needs_isolation
def test_among_hostile_submissions_the_honest_get_what_they_get_alone(grade, out, tmp_path):
    """The honest stand between the hostile, and the batch is done by two workers."""
    honest = {f"h{k:02d}": CELL.solution + f"\n# {k}\n" for k in range(0, 24, 2)}
    wrong = CELL.misconceptions[0].apply(CELL.reference)
    honest |= {f"h{k:02d}": wrong + f"\n# {k}\n" for k in range(1, 24, 2)}
    alone = tmp_path / "alone"
    mixed = tmp_path / "mixed"
    for folder in (alone, mixed):
        folder.mkdir()
        for name, source in honest.items():
            (folder / f"{name}.py").write_text(source)
    expected = {}
    for k, (body, status) in enumerate(HOSTILE.values()):
        (mixed / f"h{k:02d} hostile.py").write_text(HEAD + body + "\n")
        expected[f"h{k:02d} hostile"] = {status} | ({"timeout"} if status == "killed" else set())
    odd = {
        "and": HEAD + " and ".join(["x"] * 20_000),
        "deep": HEAD + "-" * 10**5 + "1",
        "huge": "x = 1\n" * 10**6,
    }
    for name, source in odd.items():
        (mixed / f"{name}.py").write_text(source)
    (mixed / "damaged.zip").write_bytes(b"PK\x03\x04 no")
    (mixed / "nest.ipynb").write_text("[" * 10**6)
    options = ("--timeout", 3)
    assert grade(alone, *options, task="lstm_cell", sandbox=True, out=tmp_path / "o1")[0] == 0
    both = (*options, "--workers", 2)
    status, said, _ = grade(mixed, *both, task="lstm_cell", sandbox=True)
    assert status == 0
    for name in honest:
        assert core(record(out, name)) == core(record(tmp_path / "o1", name))
    rows = {row["student"]: row["status"] for row in table(out)}
    assert len(rows) == len(honest) + len(expected) + 5
    for name, allowed in expected.items():
        assert rows[name] in allowed, name
    assert rows["damaged"] == rows["nest"] == rows["deep"] == rows["huge"] == "unreadable"
    assert "damaged.zip is damaged" in said
