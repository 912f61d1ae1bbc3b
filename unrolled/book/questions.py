"""The directive ``question`` (its text: `unrolled.questions`), and its page without JavaScript.

That is a list of the answers and, in a fold below it, a list of what is said about each. The
script ``widgets/questions.js`` makes buttons of the answers and moves what is said below them.
"""

from itertools import count
from pathlib import PurePosixPath
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from unrolled.book.words import WORDS, book_language
from unrolled.languages import filter_notebook
from unrolled.questions import parse, unmarked

SCRIPT = "widgets/questions.js"


class question(nodes.General, nodes.Element):  # noqa: N801  docutils' nodes are in lower case
    """One question; its `label` says which of its page it is."""


class answer_key(nodes.General, nodes.Element):  # noqa: N801
    """The fold with the explanations."""


class Question(SphinxDirective):
    """See the module."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return one `question` node: what is asked, the answers, the explanations."""
        name = self.arguments[0]
        try:
            asked = parse(name, "\n".join(self.content))
        except ValueError as error:
            raise self.error(str(error)) from error
        known = self.env.temp_data.setdefault("questions", [])
        if name in known:
            raise self.error(f"question “{name}”: the page has another of this name")
        known.append(name)
        words = WORDS[book_language(self.config)]
        page = PurePosixPath(self.env.docname).name
        node = question(
            ids=[f"question-{name}"], name=name, page=page, scripts=[SCRIPT],
            label=words["question"].format(n=len(known)),
        )  # fmt: skip
        node += self.read(asked.prompt)
        answers, said = (nodes.enumerated_list(enumtype="upperalpha") for _ in range(2))
        for answer in asked.answers:
            parts = self.read(answer.text)
            if len(parts) != 1 or any(True for _ in parts[0].findall(nodes.reference)):
                raise self.error(f"question “{name}”: “{answer.text}” is no line, or has a link")
            answers += nodes.list_item("", *parts)
            verdict = nodes.strong("", words["right" if answer.right else "wrong"])
            item = nodes.list_item("", *self.read(answer.explanation))
            item["classes"].append("is-right" if answer.right else "is-wrong")
            item[0].insert(0, [verdict, nodes.Text(words["after_verdict"])])
            said += item
        node += [answers, answer_key("", said, label=words["answers"])]
        return [node]

    def read(self, markdown: str) -> list[nodes.Node]:
        """Parse a piece of the directive."""
        node = nodes.Element()
        self.state.nested_parse(StringList(markdown.splitlines()), self.content_offset, node)
        return node.children


def for_jupyter(notebook: dict[str, Any], language: str) -> dict[str, Any]:
    """Return one language of a notebook; the answers to its questions lie in folds."""
    words, number = WORDS[language], count(1)
    notebook = filter_notebook(notebook, language)

    def title() -> str:
        return words["question"].format(n=next(number))

    cells = []
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and ":::{question}" in text:
            cell = {**cell, "source": unmarked(text, title, words["answers"])}
        cells.append(cell)
    return {**notebook, "cells": cells}


def visit_question(translator: HTML5Translator, node: question) -> None:
    """Open it, its number first."""
    name, label = node["ids"][0], f"{node['ids'][0]}-label"
    translator.body.append(
        f'<div class="question" id="{name}" data-page="{node["page"]}"'
        f' data-question="{node["name"]}" role="group" aria-labelledby="{label}">'
        f'<p class="question-label" id="{label}">{node["label"]}</p>'
    )


def depart_question(translator: HTML5Translator, node: question) -> None:
    """Close it."""
    translator.body.append("</div>")


def visit_key(translator: HTML5Translator, node: answer_key) -> None:
    """Open the fold."""
    translator.body.append(f'<details class="question-key"><summary>{node["label"]}</summary>')


def depart_key(translator: HTML5Translator, node: answer_key) -> None:
    """Close it."""
    translator.body.append("</details>")


def setup(app: Sphinx) -> None:
    """Register the directive; `interactive` loads its script where a page has one."""
    app.add_node(question, html=(visit_question, depart_question))
    app.add_node(answer_key, html=(visit_key, depart_key))
    app.add_directive("question", Question)
