"""The questions of a lesson, as text: each stands in a pair of cells of its own.

    :::{question} forget-gate
    With $f_t = 1$ and $i_t = 0$ at every step, what is $c_{20}$?

    - [ ] $0$

      That is what $f_t = 0$ leaves.
    - [x] $c_0$

      Each step multiplies by 1 and adds nothing.
    :::

Each answer is one line, followed by what is said to whoever chooses it; one answer is right.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_DIRECTIVE = re.compile(r"(?ms)^:::\{question\}[ \t]*([^\n]*)\n(.*?)^:::[ \t]*$")
_ANSWER = re.compile(r"(?m)^- \[([ x])\] ")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass
class Answer:
    """One of the answers, and its explanation (Markdown)."""

    right: bool
    text: str
    explanation: str


@dataclass
class Question:
    """A question; `prompt` may be several paragraphs of Markdown."""

    id: str
    prompt: str
    answers: list[Answer]

    @property
    def right(self) -> int:
        """Say which of the answers is right, counted from 0."""
        return [answer.right for answer in self.answers].index(True)


def parse(name: str, body: str) -> Question:
    """Read what stands in the directive ``question``; ValueError says what is wrong with it."""
    prompt, *pieces = _ANSWER.split(body)
    answers = [_answer(mark, text) for mark, text in zip(pieces[::2], pieces[1::2], strict=True)]
    right = sum(answer.right for answer in answers)
    without = [answer.text for answer in answers if not answer.explanation]
    if not _ID.fullmatch(name):
        wrong = "its name is not of lower-case words joined by hyphens"
    elif not prompt.strip():
        wrong = "nothing is asked"
    elif len(answers) < 3:
        wrong = f"{len(answers)} answers, fewer than 3"
    elif right != 1:
        wrong = f"{right} right answers, not 1"
    elif without:
        wrong = f"the answer “{without[0]}” has no explanation"
    else:
        return Question(name, prompt.strip(), answers)
    raise ValueError(f"question “{name}”: {wrong}")


def _answer(mark: str, text: str) -> Answer:
    answer, _, explanation = text.partition("\n\n")
    return Answer(mark == "x", answer.strip(), re.sub("(?m)^  ", "", explanation).strip())


def find(markdown: str) -> Iterator[Question]:
    """Yield the questions in a piece of Markdown; ValueError at the first that is not in order."""
    for match in _DIRECTIVE.finditer(markdown):
        yield parse(match[1].strip(), match[2])


def unmarked(markdown: str, title: Callable[[], str], key: str) -> str:
    """Return Markdown for Jupyter, which knows no directives: answers first, the key in a fold."""

    def plain(match: re.Match[str]) -> str:
        question = parse(match[1].strip(), match[2])
        answers = [f"{n}. {answer.text}" for n, answer in enumerate(question.answers, 1)]
        said = [
            f"{n}. {'✓' if answer.right else '✗'} {answer.explanation}".replace("\n", "\n   ")
            for n, answer in enumerate(question.answers, 1)
        ]
        fold = ["<details>", f"<summary>{key}</summary>", "", *said, "", "</details>"]
        return "\n".join([f"**{title()}**", "", question.prompt, "", *answers, "", *fold])

    return _DIRECTIVE.sub(plain, markdown)
