"""Whose submission is which, in every layout that we know; and what an archive cannot do."""

import io
import os
import zipfile

import pytest

from autograder import tree
from autograder.errors import Unreadable
from autograder.intake import collect, digest, students

CODE = "def lstm_bias(hidden_size, forget_bias=1.0):\n    pass\n"


@pytest.fixture
def klass(tmp_path):
    """Write files below a folder, by path; a dict stands for an archive."""

    def write(files: dict, folder="class"):
        root = tmp_path / folder
        for path, content in files.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(as_bytes(content))
        return root

    return write


def as_bytes(content) -> bytes:
    if isinstance(content, dict):
        return zipped(content)
    return content if isinstance(content, bytes) else content.encode()


def zipped(files: dict) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, as_bytes(content))
    return buffer.getvalue()


def found(root, **options):
    """Return {(name, id): [paths of files]}."""
    return {(s.name, s.id): [f.path for f in collect(s)] for s in students(root, **options)}


def by_name(root):
    return {name: files for (name, _), files in found(root).items()}


def why(root):
    """Return the key of the sentence for the only student, who cannot be read."""
    (student,) = students(root)
    with pytest.raises(Unreadable) as error:
        collect(student)
    return error.value.key


# ---------------------------------------------------------------- layouts

LAYOUTS = {
    "a file a student": (
        {"alice.ipynb": CODE, "bob.py": CODE, "grades.csv": "", ".DS_Store": ""},
        {("alice", ""): ["alice.ipynb"], ("bob", ""): ["bob.py"]},
    ),
    "a folder a student": (
        {"alice/a.ipynb": CODE, "alice/sub/b.py": CODE, "bob/.ipynb_checkpoints/x.ipynb": CODE,
         "bob/y.ipynb": CODE, "bob/data.csv": ""},
        {("alice", ""): ["a.ipynb", "sub/b.py"], ("bob", ""): ["y.ipynb"]},
    ),
    "otter's zips": (
        {"hw5_alice_2026_01_30T10_00_00.zip": {"hw5.ipynb": CODE, "__zip_filename__": "x"},
         "hw5_bob_2026_01_30T11_00_00.zip": {"hw5.ipynb": CODE}},
        {("hw5_alice_2026_01_30T10_00_00", ""): ["hw5.ipynb"],
         ("hw5_bob_2026_01_30T11_00_00", ""): ["hw5.ipynb"]},
    ),
    "nbgrader's course": (
        {"submitted/alice/ps5/lstm.ipynb": CODE, "submitted/alice/ps5/timestamp.txt": "x",
         "submitted/bob/ps5/lstm.ipynb": CODE, "source/ps5/lstm.ipynb": CODE, "gradebook.db": ""},
        {("alice", ""): ["ps5/lstm.ipynb"], ("bob", ""): ["ps5/lstm.ipynb"]},
    ),
    "nbgrader's exchange": (
        {"inbound/alice+ps5+2026-01-30 10:00:00.1 UTC+abc/x.ipynb": CODE,
         "inbound/bob+ps5+2026-01-30 10:00:00.1 UTC/x.ipynb": CODE},
        {("alice", ""): ["x.ipynb"], ("bob", ""): ["x.ipynb"]},
    ),
    "Blackboard": (
        {"ps5_alice_attempt_2026-01-30-15-00-00_lstm.ipynb": CODE,
         "ps5_alice_attempt_2026-01-30-15-00-00.txt": "her message"},
        {("alice", ""): ["ps5_alice_attempt_2026-01-30-15-00-00_lstm.ipynb"]},
    ),
    "Canvas": (
        {"doejane_12345_67890_lstm-1.ipynb": CODE, "李娜_LATE_23_77_lstm.ipynb": CODE},
        {("doejane", "12345"): ["doejane_12345_67890_lstm-1.ipynb"],
         ("李娜", "23"): ["李娜_LATE_23_77_lstm.ipynb"]},
    ),
    "Moodle": (
        {"Jane Doe_12345_assignsubmission_file_/x.ipynb": CODE,
         "王 小明_99_assignsubmission_file_x.ipynb": CODE},
        {("Jane Doe", "12345"): ["x.ipynb"],
         ("王 小明", "99"): ["王 小明_99_assignsubmission_file_x.ipynb"]},
    ),
    "one archive of a class": (
        {"submissions.zip": {"doejane_1_2_x.ipynb": CODE, "roejohn_3_4_x.zip": {"x.ipynb": CODE}}},
        {("doejane", "1"): ["doejane_1_2_x.ipynb"], ("roejohn", "3"): ["x.ipynb"]},
    ),
    "a folder around folders": (
        {"hw5/alice/x.ipynb": CODE, "hw5/bob/x.ipynb": CODE},
        {("alice", ""): ["x.ipynb"], ("bob", ""): ["x.ipynb"]},
    ),
    "one student": ({"alice/a.ipynb": CODE, "alice/b/c.py": CODE}, {("alice", ""): ["a.ipynb", "b/c.py"]}),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(klass, name):
    files, expected = LAYOUTS[name]
    assert found(klass(files)) == expected


METADATA = """---
submission_11:
  :submitters:
  - :name: 'Jane O''Doe'
    :sid: '077'
    :email: jane@example.org
  :created_at: 2026-01-30 10:00:00.000 Z
  :results:
    :tests:
    - :name: Eve
submission_12:
  :submitters:
  - :name: "\\u738b\\u5c0f\\u660e"
    :sid:
  - :name: Bo
    :sid: 5
"""


def test_gradescope_tells_names_in_its_metadata(klass):
    files = {f"submission_{k}/x.ipynb": CODE for k in (11, 12, 13)}
    root = klass({"assignment_1_export/" + path: text for path, text in files.items()})
    (root / "assignment_1_export" / "submission_metadata.yml").write_text(METADATA)
    assert set(found(root)) == {
        ("Jane O'Doe", "077"),
        ("王小明 & Bo", "5"),
        ("submission_13", "13"),
    }


def test_the_archive_itself_may_be_given(klass, tmp_path):
    klass({"class.zip": {"alice.ipynb": CODE, "bob/x.ipynb": CODE}}, ".")
    assert set(by_name(tmp_path / "class.zip")) == {"alice", "bob"}


def test_late_copies_and_versions_are_one_student_and_the_later_is_known(klass):
    root = klass({"doejane_1_20_x.ipynb": "# first", "doejane_LATE_1_30_x-1.ipynb": "# second"})
    (student,) = students(root)
    latest = max(collect(student), key=lambda file: file.rank)
    assert (latest.data, latest.late) == (b"# second", True)


def test_a_copy_by_a_browser_is_the_same_student(klass):
    assert set(by_name(klass({"alice.ipynb": CODE, "alice (1).ipynb": CODE}))) == {"alice"}
    assert set(by_name(klass({"alice (1).ipynb": CODE}, "other"))) == {"alice (1)"}


def test_names_of_any_script_are_composed_and_clean(klass):
    decomposed = "Zoe\u0308"
    root = klass(
        {f"{decomposed}.ipynb": CODE, "محمد.ipynb": CODE, "王小明.ipynb": CODE, "a\nb.py": CODE}
    )
    assert set(by_name(root)) == {"Zo\u00eb", "محمد", "王小明", "ab"}


def test_a_zip_without_the_utf8_flag(klass):
    for encoding, name in (("utf-8", "王明.py"), ("gb2312", "王明.py"), ("cp437", "Müller.py")):
        raw = name.encode(encoding)
        stand_in = "Q" * len(raw)
        data = zipped({stand_in: CODE}).replace(stand_in.encode(), raw)
        assert by_name(klass({"alice.zip": data}, encoding)) == {"alice": [name]}


def test_results_names_are_safe_and_no_one_elses(klass):
    root = klass(
        {
            f"{name}/x.py": CODE
            for name in ("Anna", "anna", "CON", "a:b", "a?b", "x" * 200, "dot.", "\u202eabc")
        }
    )
    labels = [student.label for student in students(root)]
    assert len({label.casefold() for label in labels}) == 8
    for label in labels:
        assert not set(label) & set('<>:"/\\|?*\u202e')
        assert len(label.encode()) <= 140
        assert label.casefold() != "con"
        assert not label.endswith((".", " "))


def test_the_results_are_no_submission(klass):
    root = klass({"alice.py": CODE, "results/json/x.json": "{}"})
    assert set(found(root, skip=root / "results")) == {("alice", "")}


# ---------------------------------------------------------------- what cannot be read


@pytest.mark.parametrize(
    ("files", "key"),
    [
        ({"alice/notes.txt": "x"}, "empty-folder"),
        ({"alice.pdf": "x"}, "wrong-suffix"),
        ({"alice.rar": "x"}, "other-archive"),
        ({"alice/work.7z": "x"}, "other-archive"),
        ({"alice.zip": b"no archive"}, "zip-damaged"),
        ({"alice.zip": b""}, "zip-damaged"),
        ({"alice.zip": {"a.txt": "x"}}, "empty-folder"),
        ({"alice.zip": {"b.zip": {"c.zip": {"d.zip": {"x.py": CODE}}}}}, "zip-deep"),
        ({"alice.zip": {"x.py": b" " * (15 * 2**20)}}, "zip-bomb"),
        ({"alice.zip": {f"{k}.py": b" " * 2**20 for k in range(101)}}, "zip-bomb"),
        ({"alice.zip": {f"{k}.py": CODE for k in range(300)}}, "too-many-files"),
    ],
)  # fmt: skip
def test_unreadable_submissions_have_a_sentence(klass, files, key):
    assert why(klass(files)) == key


def test_an_archive_with_too_many_entries(klass, monkeypatch):
    monkeypatch.setattr(tree, "MAX_ENTRIES", 100)
    assert why(klass({"alice.zip": {f"{k}.txt": "" for k in range(101)}})) == "zip-many"


def test_an_archive_with_a_password(klass):
    data = bytearray(zipped({"x.py": CODE}))
    data[6] |= 1  # the flag in the file's header …
    data[data.index(b"PK\x01\x02") + 8] |= 1  # … and in the table
    assert why(klass({"alice.zip": bytes(data)})) == "zip-password"


def test_files_that_lie_in_one_another(klass):
    """The table names the same compressed bytes a hundred times: nothing of it is unpacked."""
    data = zipped({"x.py": b"# " + os.urandom(5000).hex().encode()})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    table = b"".join(
        data[start:end].replace(b"x.py", bytes([97 + k // 26, 97 + k % 26]) + b"py")
        for k in range(100)
    )
    tail = bytearray(data[end:])
    tail[8:12] = (100).to_bytes(2, "little") * 2
    tail[12:16] = len(table).to_bytes(4, "little")
    assert why(klass({"alice.zip": data[:start] + table + bytes(tail)})) == "zip-bomb"


def test_no_name_in_an_archive_leads_anywhere(klass, tmp_path):
    before = set(tmp_path.rglob("*"))
    names = ["../bob.py", "/etc/x.py", "C:\\x\\y.py", "../../submitted/bob/z.py", "..\\..\\w.py"]
    root = klass({"alice.zip": dict.fromkeys(names, CODE), "bob.py": "# his own"})
    assert by_name(root) == {
        "alice": ["bob.py", "etc/x.py", "submitted/bob/z.py", "w.py", "x/y.py"],
        "bob": ["bob.py"],
    }
    after = set(tmp_path.rglob("*"))
    assert after - before == {root, root / "alice.zip", root / "bob.py"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes and links in the file system")
def test_pipes_and_links_that_lead_out_are_passed_over(klass, tmp_path):
    root = klass({"alice/x.py": CODE, "bob/y.py": CODE})
    os.mkfifo(root / "alice" / "pipe.py")
    (tmp_path / "secret.py").write_text("key = 1")
    (root / "alice" / "secret.py").symlink_to(tmp_path / "secret.py")
    (root / "alice" / "loop").symlink_to(root / "alice")
    files = by_name(root)
    assert files["bob"] == ["y.py"]
    assert files["alice"] == ["x.py"]


# ---------------------------------------------------------------- the hash of a submission


def test_the_hash_tells_contents_names_and_order_apart(klass):
    def hash_of(files, older=None):
        root = klass(files, f"class{len(hashes)}")
        for path in files:
            os.utime(root / path, (10**9, 10**9))
        if older:
            os.utime(root / older, (10**9 - 10**6, 10**9 - 10**6))
        (student,) = students(root)
        hashes.append(digest(collect(student)))
        return hashes[-1]

    hashes: list[str] = []
    first = hash_of({"alice/x.py": "a", "alice/y.py": "b"})
    assert hash_of({"alice/x.py": "a", "alice/y.py": "b"}) == first
    others = [
        hash_of({"alice/x.py": "b", "alice/y.py": "a"}),
        hash_of({"alice/x.py": "a", "alice/z.py": "b"}),
        hash_of({"alice/x.py": "ab", "alice/y.py": ""}),
        hash_of({"alice/x.py": "a", "alice/y.py": "b"}, older="alice/y.py"),
    ]
    assert len({first, *others}) == 5
