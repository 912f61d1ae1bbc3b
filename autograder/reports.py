"""What a batch's records become: the grade list, Gradescope's files and what a class's page shows.

Records are read from the disk one at a time; what is kept of each is a few numbers.
"""

import csv
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.batch import Record, Settings
from autograder.messages import say
from autograder.records import Store, changes
from autograder.registry import load_task
from autograder.state import write_whole

FORMATS = ("csv", "json", "gradescope", "html")
COLUMNS = (
    "student",
    "task",
    "score",
    "status",
    "misconceptions",
    "max_score",
    "id",
    "late",
    "file",
    "note",
)
# The mark makes Excel read the file as UTF-8; without it a Chinese or accented name is garbled
# there. Readers that know UTF-8 (pandas, R, LibreOffice, Python's utf-8-sig) pass over it.
MARK = "\ufeff"


@dataclass
class Row:
    """What a class's page says of one student."""

    student: str
    id: str
    label: str
    status: str
    score: float
    statuses: list[str]
    message: str | None
    late: bool
    seconds: float


@dataclass
class ClassReport:
    """What a class's page shows."""

    tasks: list[str]
    rows: list[Row] = field(default_factory=list)
    statuses: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    mistakes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    names: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    changed: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def max_score(self) -> float:
        """The points of the whole assignment."""
        return sum(load_task(task).points for task in self.tasks)

    def add(self, label: str, record: Record, settings: Settings) -> None:
        """Count one record."""
        self.rows.append(
            Row(
                record["student"],
                record["id"],
                label,
                record["status"],
                record["score"],
                [_status(record, result) for result in record["tasks"]],
                record["message"],
                record["late"],
                record["seconds"],
            )
        )
        for result in record["tasks"]:
            task = result["id"]
            self.statuses[task][_status(record, result)] += 1
            self.mistakes[task].update(result["misconceptions"])
            for mistake, names in record["names"].get(task, {}).items():
                self.names[task, mistake][names[settings.language]] += 1
        self.changed += [(record["student"], change) for change in changes(record, settings)]

    def name(self, task: str, mistake: str, language: str) -> str:
        """Say a misconception; where its sentence differs between students, the usual one."""
        for known in load_task(task).misconceptions:
            if known.id == mistake:
                return known.name[language]
        usual = self.names[task, mistake].most_common(1)
        return usual[0][0] if usual else mistake


def _status(record: Record, result: dict[str, Any]) -> str:
    return "unreadable" if record["status"] == "unreadable" else str(result["status"])


def write(
    out: Path, labels: Iterable[str], store: Store, formats: Iterable[str], settings: Settings
) -> ClassReport:
    """Write everything that is derived from the records, each file whole or not at all."""
    formats = set(formats)
    report = ClassReport(list(settings.tasks))
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for label in labels:
        record = store.load(label)
        if record is None:  # interrupted before it was graded
            continue
        report.add(label, record, settings)
        writer.writerows(_rows(record))
        language = record["language"] or settings.language
        if "gradescope" in formats:
            folder = out / "gradescope" / label
            folder.mkdir(parents=True, exist_ok=True)
            text = json.dumps(gradescope(record, language), ensure_ascii=False, indent=1)
            write_whole(folder / "results.json", text + "\n")
        if "html" in formats:
            from autograder.pages import student_page

            (out / "students").mkdir(exist_ok=True)
            write_whole(out / "students" / f"{label}.html", student_page(record, language))
    if "csv" in formats:
        write_bytes(out / "grades.csv", (MARK + table.getvalue()).encode())
    if "html" in formats:
        from autograder.pages import class_page

        write_whole(out / "class.html", class_page(report, settings.language))
    return report


def write_bytes(file: Path, data: bytes) -> None:
    """Write a file whole, with line ends as they are (a CSV's are its own)."""
    temporary = file.with_name(f".{file.name}.new.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


# ---------------------------------------------------------------- the grade list


def _rows(record: Record) -> Iterator[list[object]]:
    for result in record["tasks"]:
        file = record["chosen"].get(result["id"])
        if file is None and len(record["files"]) == 1:
            file = record["files"][0]
        notes = [record["message"], *record["notes"]]
        if record["status"] == "graded" and result["status"] != "passed" and result["message"]:
            wrong = [check["message"] for check in result["checks"] if check["message"]]
            notes.append(wrong[0] if wrong else result["message"].splitlines()[0])
        yield [
            as_text(record["student"]),
            result["id"],
            f"{result['score']:g}",
            _status(record, result),
            " ".join(result["misconceptions"]),
            f"{result['max_score']:g}",
            as_text(record["id"]),
            "late" if record["late"] else "",
            as_text(file or ""),
            as_text(" ".join(dict.fromkeys(filter(None, notes)))),
        ]


def as_text(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: a name like =cmd(…) is only a name."""
    return f"'{value}" if re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", value) else value


# ---------------------------------------------------------------- Gradescope


def gradescope(record: Record, language: str) -> dict[str, Any]:
    """Return a record as Gradescope's autograders write it (results.json)."""
    tests = []
    for number, result in enumerate(record["tasks"], start=1):
        task = load_task(result["id"])
        said = [text for _, text in record["feedback"].get(result["id"], [])]
        tests.append(
            {
                "name": f"{task.id}: {task.title[language]}",
                "number": str(number),
                "score": result["score"],
                "max_score": result["max_score"],
                "status": "passed" if result["status"] == "passed" else "failed",
                "output": "\n".join(said) or result["message"] or "",
                "output_format": "text",
                "tags": [result["status"], *result["misconceptions"]],
                "visibility": "visible",
            }
        )
    said = [record["message"], *record["notes"], *chosen_notes(record, language)]
    return {
        "score": record["score"],
        "max_score": record["max_score"],
        "execution_time": round(record["seconds"]),
        "output": "\n".join(dict.fromkeys(filter(None, said))),
        "output_format": "text",
        "visibility": "visible",
        "tests": tests,
        "extra_data": {"seed": record["seed"], "status": record["status"], "late": record["late"]},
    }


def chosen_notes(record: Record, language: str) -> list[str]:
    """Say which file counted where several hold an answer."""
    return [
        say("latest-file", language, task=task, path=path)
        for task, path in record["chosen"].items()
    ]
