"""The HTML pages of a batch: one for each student, one for the class.

Each is one file without scripts, fonts or anything else from elsewhere, for light and dark
screens. Names and code are strangers' texts: all of it is escaped, and a name that is written from
right to left turns nothing but itself.
"""

import html
from collections import Counter
from urllib.parse import quote

from autograder.batch import Record
from autograder.feedback import Line, as_html
from autograder.grader import Result
from autograder.messages import say
from autograder.registry import chapter_title, load_task
from autograder.reports import ClassReport, Row, chosen_notes

STYLE = """
:root { color-scheme: light dark; --text: #1d2129; --soft: #5c6470; --line: #d9dde3;
  --back: #fff; --tint: #f4f6f8; --good: #1f8a4c; --bad: #c73e3a; --bar: #4c78a8; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e8eb; --soft: #a2a9b4; --line: #3a3f47;
  --back: #16181c; --tint: #20242a; --good: #4cc27f; --bad: #f0807c; --bar: #7aa6d6; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; background: var(--back);
  color: var(--text); font: 16px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC",
  "Microsoft YaHei", sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p { margin: .25rem 0; } .soft { color: var(--soft); }
a { color: inherit; }
code { background: var(--tint); padding: .1em .3em; border-radius: 3px; font-size: .92em; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: start; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; } th { color: var(--soft); font-weight: 500; font-size: .9rem; }
.n { text-align: end; white-space: nowrap; } td.n + td { padding-inline-start: .8rem; }
.passed { color: var(--good); } .wrong { color: var(--bad); }
.not_attempted { color: var(--soft); }
.sums { display: flex; flex-wrap: wrap; gap: 1.5rem 2.5rem; margin: 1.25rem 0 0; padding: 0; }
.sums div { margin: 0; } .sums dt { color: var(--soft); font-size: .9rem; }
.sums dd { margin: 0; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
.bars { display: grid; grid-template-columns: max-content 1fr max-content; gap: .3rem .75rem;
  align-items: center; font-variant-numeric: tabular-nums; }
.bar { background: var(--bar); height: .8rem; border-radius: 2px; min-width: 2px; }
.scroll { overflow-x: auto; } .scroll td, .scroll th { white-space: nowrap; }
.scroll td.note { white-space: normal; min-width: 16rem; }
"""
SIGNS = {"passed": "✓", "not_attempted": "·", "unreadable": "–"}
ENDED = ("error", "timeout", "killed")


def _page(title: str, language: str, body: str) -> str:
    tag = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{tag}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # Nothing may be loaded or run, should a text ever slip through unescaped.
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{html.escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _name(text: str) -> str:
    return f"<bdi>{html.escape(text)}</bdi>"


def _paragraph(text: str, style: str = "") -> str:
    return f'<p class="{style}">{html.escape(text)}</p>'


# ---------------------------------------------------------------- a student's


def student_page(record: Record, language: str) -> str:
    """Return a student's page: the score, and for every task what `check` would have said."""
    score, total = f"{record['score']:g}", f"{record['max_score']:g}"
    parts = [
        f"<h1>{_name(record['student'])}</h1>",
        _paragraph(say("page-score", language, score=score, max_score=total)),
    ]
    notes = [record["message"], *record["notes"], *chosen_notes(record, language)]
    if record["late"]:
        notes.append(say("page-late", language))
    parts += [_paragraph(note, "soft") for note in dict.fromkeys(filter(None, notes))]
    chapter = None
    for entry in record["tasks"]:
        task = load_task(entry["id"])
        if task.chapter != chapter:
            chapter = task.chapter
            parts.append(f"<h2>{html.escape(chapter_title(chapter, language))}</h2>")
        points = say("page-points", language, score=f"{entry['score']:g}", max=f"{task.points:g}")
        title = html.escape(task.title[language])
        parts.append(f'<h3>{title} <span class="soft">· {html.escape(points)}</span></h3>')
        told = record["feedback"].get(task.id)
        if told is None:
            unread = record["status"] == "unreadable"
            text = entry["message"] if unread else say(entry["status"], language, task=task.id)
            told = [["headline", text]]
        lines = [Line(role, text) for role, text in told]
        parts.append(as_html(Result(task, entry["status"]), lines, language))
    seed = say("page-seed", language, seed=record["seed"])
    parts.append(f'<p class="soft" style="margin-top:2.5rem">{html.escape(seed)}</p>')
    return _page(record["student"], language, "\n".join(parts))


# ---------------------------------------------------------------- the class's


def class_page(report: ClassReport, language: str) -> str:
    """Return the class's page: scores, time, and which mistakes the class makes."""
    parts = [f"<h1>{html.escape(say('class-title', language))}</h1>"]
    chapters = dict.fromkeys(load_task(task).chapter for task in report.tasks)
    titles = (chapter_title(chapter, language) for chapter in chapters)
    parts.append(_paragraph("；".join(titles) if language == "zh" else "; ".join(titles), "soft"))
    parts += [_sums(report, language), _distribution(report, language)]
    parts += [_tasks(report, language), _mistakes(report, language)]
    parts += [_changed(report, language), _troubles(report, language), _students(report, language)]
    return _page(say("class-title", language), language, "\n".join(filter(None, parts)))


def _heading(key: str, language: str) -> str:
    return f"<h2>{html.escape(say(key, language))}</h2>"


def _sums(report: ClassReport, language: str) -> str:
    scores = sorted(row.score for row in report.rows)
    count = len(scores)
    values = [("class-count", str(count))]
    if count:
        median = (scores[(count - 1) // 2] + scores[count // 2]) / 2
        total = f" / {report.max_score:g}"
        values += [
            ("class-mean", f"{sum(scores) / count:.1f}{total}"),
            ("class-median", f"{median:g}{total}"),
            ("class-seconds", f"{sum(row.seconds for row in report.rows) / count:.2f} s"),
        ]
    cells = "".join(
        f"<div><dt>{html.escape(say(key, language))}</dt><dd>{value}</dd></div>"
        for key, value in values
    )
    return f'<dl class="sums">{cells}</dl>'


def _bars(bars: list[tuple[str, int]]) -> str:
    """Return bars; their labels are HTML already."""
    most = max((count for _, count in bars), default=0) or 1
    cells = "".join(
        f'<div>{label}</div><div><div class="bar" style="width:{100 * count / most:.1f}%'
        f'{";visibility:hidden" if not count else ""}"></div></div><div class="n">{count}</div>'
        for label, count in bars
    )
    return f'<div class="bars">{cells}</div>'


def _distribution(report: ClassReport, language: str) -> str:
    if len(report.rows) < 2:
        return ""
    total = report.max_score or 1.0
    tenths = Counter(min(int(10 * row.score / total), 9) for row in report.rows)
    bars = [
        (f"{total * k / 10:g}–{total * (k + 1) / 10:g}", tenths.get(k, 0))
        for k in reversed(range(10))
    ]
    return _heading("class-scores", language) + _bars(bars)


def _tasks(report: ClassReport, language: str) -> str:
    keys = ("task", "passed", "failed", "ended", "missing", "unreadable")
    kinds: tuple[tuple[str, ...], ...] = (
        ("passed",),
        ("failed",),
        ENDED,
        ("not_attempted",),
        ("unreadable",),
    )
    head = "".join(
        f'<th class="{"n" if k else ""}">{html.escape(say(f"class-{key}", language))}</th>'
        for k, key in enumerate(keys)
    )
    rows = []
    for task in report.tasks:
        counts = report.statuses[task]
        numbers = "".join(f'<td class="n">{sum(counts[s] for s in kind)}</td>' for kind in kinds)
        title = html.escape(load_task(task).title[language])
        rows.append(
            f'<tr><td><code>{task}</code><br><span class="soft">{title}</span></td>{numbers}</tr>'
        )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return _heading("class-tasks", language) + table


def _mistakes(report: ClassReport, language: str) -> str:
    parts = [_heading("class-mistakes", language)]
    if any(report.mistakes.values()):
        parts.append(_paragraph(say("class-told", language), "soft"))
    empty = len(parts)
    for task in report.tasks:
        counts = report.mistakes[task]
        wrong = sum(report.statuses[task][status] for status in ("failed", *ENDED))
        if not wrong:
            continue
        parts.append(f"<h3><code>{task}</code> {html.escape(load_task(task).title[language])}</h3>")
        rows = "".join(
            f'<tr><td class="n">{count}</td>'
            f"<td>“{html.escape(report.name(task, mistake, language))}”"
            f'<br><span class="soft">{html.escape(mistake)}</span></td></tr>'
            for mistake, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        )
        named = say("class-of-wrong", language, wrong=wrong, named=sum(counts.values()))
        parts.append(_paragraph(named, "soft"))
        if rows:
            parts.append(f"<table><tbody>{rows}</tbody></table>")
    if len(parts) == empty:
        parts.append(_paragraph(say("class-no-mistakes", language), "soft"))
    return "\n".join(parts)


def _changed(report: ClassReport, language: str) -> str:
    if not report.changed:
        return ""
    rows = "".join(
        f"<tr><td>{_name(student)}</td><td><code>{change['task']}</code></td><td>"
        f"{_outcome(change['before'], language)} → {_outcome(change['after'], language)}</td></tr>"
        for student, change in report.changed
    )
    return _heading("class-changed", language) + f"<table><tbody>{rows}</tbody></table>"


def _outcome(outcome: dict[str, object], language: str) -> str:
    mistakes = outcome["misconceptions"]
    named = f" ({', '.join(map(str, mistakes))})" if isinstance(mistakes, list) and mistakes else ""
    return html.escape(say(f"status-{outcome['status']}", language) + named)


def _troubles(report: ClassReport, language: str) -> str:
    rows = "".join(
        f"<tr><td>{_name(row.student)}</td><td>{html.escape(row.message)}</td></tr>"
        for row in report.rows
        if row.message
    )
    if not rows:
        return ""
    return _heading("class-troubles", language) + f"<table><tbody>{rows}</tbody></table>"


def _students(report: ClassReport, language: str) -> str:
    head = f"<th>{html.escape(say('class-student', language))}</th>"
    head += f'<th class="n">{html.escape(say("class-score", language))}</th>'
    head += "".join(f'<th class="n">{html.escape(task)}</th>' for task in report.tasks)
    head += f'<th class="n">{html.escape(say("class-time", language))}</th>'
    rows = "".join(_student(row, language) for row in report.rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    legend = _paragraph(say("class-legend", language), "soft")
    return _heading("class-students", language) + legend + f'<div class="scroll">{table}</div>'


def _student(row: Row, language: str) -> str:
    link = f"students/{quote(row.label)}.html"
    late = (
        f' <span class="soft">{html.escape(say("class-late", language))}</span>' if row.late else ""
    )
    number = f' <span class="soft">{html.escape(row.id)}</span>' if row.id else ""
    cells = "".join(
        f'<td class="n {status if status in SIGNS else "wrong"}" '
        f'title="{html.escape(say(f"status-{status}", language))}">{SIGNS.get(status, "✗")}</td>'
        for status in row.statuses
    )
    return (
        f'<tr><td><a href="{html.escape(link)}">{_name(row.student)}</a>{number}{late}</td>'
        f'<td class="n">{row.score:g}</td>{cells}<td class="n">{row.seconds:.2f} s</td></tr>'
    )
