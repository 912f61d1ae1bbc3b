"""Turns results into sentences: as text for a terminal, as HTML for a notebook, as JSON."""

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograder.grader import Result
from autograder.messages import INPUTS_CHECK, MESSAGES, REFUSES_CHECK, say
from autograder.registry import chapter_title

if TYPE_CHECKING:  # a right answer needs no diagnosis
    from autograder.families import Mistake
    from autograder.judge import Finding


# Findings that name the mistake by themselves.
SAYS_IT_ALL = {
    "giant-array",
    "input-modified",
    "no-result",
    "not-an-array",
    "other-dtype",
    "other-form",
    "raises-another",
    "returned-none",
    "should-raise",
    "wrong-count",
    "wrong-dtype",
}


@dataclass(frozen=True)
class Line:
    """One sentence and what it is: headline, ran, finding, mistake, detail or aside."""

    role: str
    text: str


def render(result: Result, language: str, in_notebook: bool = False) -> list[Line]:
    """Say a result, in the order a learner needs it.

    What was run and what passed; the first difference; the mistake; where the lesson explains it;
    how to ask for a hint.
    """
    task = result.task
    lines = [Line("headline", _headline(result, language))]
    if result.status in ("passed", "not_attempted"):
        return lines
    if result.blame is not None:
        lines.append(Line("mistake", _sentence(result.blame, result, language)))
    lines += _what_ran(result, language)
    if result.finding is not None:
        lines.append(Line("finding", _sentence(result.finding, result, language)))
    lines += _mistakes(result, language)
    lines.append(
        Line("aside", say("lesson", language, chapter=chapter_title(task.chapter, language)))
    )
    command = f"hint({task.id})" if in_notebook else f"autograder hint {task.id}"
    lines.append(Line("aside", say("ask", language, command=command)))
    return lines


def _headline(result: Result, language: str) -> str:
    if result.finding is not None and result.finding.key == "framework-missing":
        return say("not-checked", language, task=result.task.id, **result.finding.params)
    points = f"{result.task.points:g}"
    return say(result.status, language, task=result.task.id, points=points)


def _what_ran(result: Result, language: str) -> list[Line]:
    if not result.checks:
        return []
    cases = _list([_case_name(result, name, language) for name in result.cases], language)
    lines = [Line("ran", say("ran", language, count=len(result.cases), names=cases))]
    right = [check.id for check in result.checks if check.passed and check.id != INPUTS_CHECK]
    wrong = [check.id for check in result.checks if not check.passed]
    params = {
        "right": _list([_check_name(result, i, language) for i in right], language),
        "wrong": _list([_check_name(result, i, language) for i in wrong], language),
    }
    lines.append(Line("ran", say("right-wrong" if right else "all-wrong", language, **params)))
    return lines


def _list(names: list[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(names)


def _case_name(result: Result, case: str, language: str) -> str:
    own = result.task.case_names.get(case)
    if own is not None:
        return own[language]
    return say(f"case-{case}", language) if f"case-{case}" in MESSAGES else case


def _check_name(result: Result, check: str, language: str) -> str:
    text = next((o.text for o in result.task.returns if o.name == check), None)
    if text is not None:
        return f"“{text[language]}”"
    return say(check, language) if check in (INPUTS_CHECK, REFUSES_CHECK) else check


def _mistakes(result: Result, language: str) -> list[Line]:
    diagnosis = result.diagnosis
    if diagnosis is None:
        return []
    lines = []
    for k, mistake in enumerate(diagnosis.mistakes):
        key = "convention" if mistake.kind == "convention" else "mistake"
        if len(diagnosis.mistakes) > 1:
            key = ("first-mistake", "second-mistake")[k]
        lines.append(
            Line("mistake", say(key, language, name=mistake_name(mistake, result, language)))
        )
        known = mistake.misconception
        if known is not None:
            lines += [Line("detail", known.saw[language]), Line("detail", known.why[language])]
            lines.append(Line("detail", say("look", language, look=known.look[language])))
    lines += [Line("detail", _sentence(f, result, language)) for f in diagnosis.symptoms]
    if not diagnosis.mistakes and not diagnosis.symptoms and result.status == "failed":
        found = {check.finding.key for check in result.checks if check.finding is not None}
        if not found <= SAYS_IT_ALL:
            lines.append(Line("detail", say("unnamed", language)))
    return lines


def mistake_name(mistake: "Mistake", result: Result, language: str) -> str:
    """Say a mistake in one sentence, with this result's numbers where it has any."""
    if mistake.misconception is not None:
        return mistake.misconception.name[language]
    assert mistake.finding is not None
    return _sentence(mistake.finding, result, language)


def _sentence(finding: "Finding", result: Result, language: str) -> str:
    params = dict(finding.params)
    if "case" in params:
        params["where"] = _case(result, params["case"], language)
    if "index" in params:
        index = params["index"]
        params["at"] = f"[{', '.join(map(str, index))}]" if index else ""
        for key in ("yours", "expected"):
            if isinstance(params.get(key), float):
                params[key] = f"{params[key]:.6g}"
    if "ratio" in params:
        params["ratio"] = f"{params['ratio']:.6g}"
    if "cell" in params:
        params["cell"] = _place(str(params["cell"]), params.get("file"), language)
    key = finding.key
    if key == "does-not-hold":
        params["text"] = _check_name(result, params["output"], language)
    if key == "raised" and params.get("line"):
        key = "raised-at"
    return say(key, language, **params)


def _place(cell: str, file: str | None, language: str) -> str:
    """Say where in a submission something stands; the file only where there are several."""
    if not cell.startswith("cell "):  # a .py file's own name, or a cell that was run: In [3]
        return file or cell
    if language == "zh":
        cell = f"第 {cell.removeprefix('cell ')} 个单元格"
    return cell if file is None else f"{file}{'，' if language == 'zh' else ', '}{cell}"


def _case(result: Result, name: str, language: str) -> str:
    text = _case_name(result, name, language)
    sizes = ", ".join(f"{axis}={size}" for axis, size in result.cases.get(name, {}).items())
    if not sizes:
        return text
    return f"{text}，{sizes}" if language == "zh" else f"{text}: {sizes}"


# ---------------------------------------------------------------- text, HTML, JSON

COLOURS = {
    "passed": "\033[32m",
    "not_attempted": "\033[2m",
    "mistake": "\033[1m",
    "aside": "\033[2m",
}
RED, RESET = "\033[31m", "\033[0m"
SIGNS = {"passed": "✓", "not_attempted": "·"}


def as_text(result: Result, lines: list[Line], colour: bool = False) -> str:
    """Lay a result out for a terminal; colours only where asked for."""
    sign = SIGNS.get(result.status, "✗")
    out = []
    for line in lines:
        text = f"{sign} {line.text}" if line.role == "headline" else f"  {line.text}"
        if colour:
            start = COLOURS.get(line.role, "")
            if line.role == "headline":
                start = COLOURS.get(result.status, RED)
            text = f"{start}{text}{RESET}" if start else text
        out.append(text)
    return "\n".join(out)


def as_html(result: Result, lines: list[Line], language: str) -> str:
    """Lay a result out for a notebook, readable on light and dark pages."""
    colour = {"passed": "#2e9e5b", "not_attempted": "#888"}.get(result.status, "#d9534f")
    styles = {
        "headline": "font-weight:600",
        "mistake": "font-weight:600;margin-top:.5em",
        "ran": "opacity:.75",
        "aside": "opacity:.75",
    }
    body = "".join(
        f'<div style="{styles.get(line.role, "")}">'
        f"{SIGNS.get(result.status, '✗') + ' ' if line.role == 'headline' else ''}"
        f"{_with_code(line.text)}</div>"
        for line in lines
    )
    tag = "zh-CN" if language == "zh" else "en"
    return (
        f'<div lang="{tag}" style="border-left:4px solid {colour};padding:.2em 0 .2em .8em;'
        f'line-height:1.6">{body}</div>'
    )


def _with_code(text: str) -> str:
    """Escape a sentence; what stands between backticks becomes code."""
    parts = html.escape(text).split("`")
    if len(parts) % 2 == 0:
        return html.escape(text)
    return "".join(f"<code>{p}</code>" if k % 2 else p for k, p in enumerate(parts))


def as_json(result: Result, language: str) -> dict[str, Any]:
    """Return a result in the contract's form (design.md §6)."""
    lines = render(result, language)
    message = "\n".join(line.text for line in lines[1:]) or lines[0].text
    return {
        "id": result.task.id,
        "status": result.status,
        "score": result.score,
        "max_score": result.task.points,
        "seconds": round(result.seconds, 4),
        "checks": [
            {
                "id": check.id,
                "passed": check.passed,
                "message": _sentence(check.finding, result, language) if check.finding else None,
            }
            for check in result.checks
        ],
        "misconceptions": [m.id for m in result.diagnosis.mistakes] if result.diagnosis else [],
        "message": None if result.status == "passed" else message,
    }
