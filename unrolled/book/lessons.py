"""What a lesson's page says about itself: its number, how long it takes, what its reader has done.

The number is in the file's name and in the text ("lesson 05"); here it comes into the title, hence
into the sidebar. The marks (read, questions answered) are made in the browser by static/marks.js.
"""

import json
import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from unrolled.book.questions import question
from unrolled.book.words import WORDS, book_language

LESSON = re.compile(r"chapters/((\d\d)_(?!.*_exercises$)\w+)")

# Words a minute of English and characters of Chinese, as people read prose on a screen. In seconds,
# for it takes a thought: a line of code, a formula on a line of its own, a figure.
ENGLISH, CHINESE = 220, 350
LINE, FORMULA, FIGURE = 2.5, 12, 15


class LessonNumber(SphinxTransform):
    """Puts "05 · " before a lesson's title."""

    default_priority = 710  # after its address is settled (anchors.py), before Sphinx reads it

    def apply(self, **kwargs: Any) -> None:
        """Change the document in place, and count its questions."""
        if lesson := LESSON.fullmatch(self.env.docname):
            title = self.document.next_node(nodes.title)
            title.insert(0, nodes.Text(f"{lesson[2]} · "))
            asked = sum(1 for _ in self.document.findall(question))
            self.env.metadata[self.env.docname]["questions"] = asked


def minutes(document: nodes.Node) -> int:
    """Return how long a page takes to read, in steps that do not pretend to be exact."""
    seconds = 0.0
    for node in document.findall():
        if isinstance(node, nodes.Text) and not _is_code(node.parent):
            chinese = len(re.findall(r"[\u3400-\u9fff]", node))
            seconds += 60 * chinese / CHINESE + 60 * len(re.findall(r"[A-Za-z]+", node)) / ENGLISH
        elif isinstance(node, nodes.literal_block) and not _is_output(node):
            seconds += LINE * len([line for line in node.astext().splitlines() if line.strip()])
        elif isinstance(node, nodes.math_block):
            seconds += FORMULA
        elif isinstance(node, nodes.image):
            seconds += FIGURE
    rough = seconds / 60
    return max(1, round(rough)) if rough < 10 else 5 * round(rough / 5)


def _is_code(node: nodes.Node | None) -> bool:
    return isinstance(node, nodes.literal_block | nodes.math_block | nodes.raw | nodes.comment)


def _is_output(node: nodes.Node) -> bool:
    above = node.parent
    while isinstance(above, nodes.Element):
        if "cell_output" in above["classes"]:
            return True
        above = above.parent
    return False


def add_to_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Write below a lesson's title, leave places for the marks (event ``html-page-context``)."""
    words = WORDS[book_language(app.config)]
    body = context.get("body", "")
    if lesson := LESSON.fullmatch(pagename):
        asked = questions(app.env)[lesson[1]]
        facts = [words["minutes"].format(minutes(doctree))]
        if asked:
            facts.append(words["one_question" if asked == 1 else "many_questions"].format(asked))
        body = body.replace(
            "</h1>", f'</h1>\n<p class="lesson-facts">{words["separator"].join(facts)}</p>', 1
        )
        body += f'<div class="lesson-end pst-js-only" data-page="{lesson[1]}"></div>'
    elif pagename == app.config.root_doc:
        place = '<p class="reading-marks pst-js-only" hidden></p>'
        body = re.sub(r'(?s)(<section id="lessons">.*?</h2>)', rf"\1\n{place}", body, count=1)
        # Links to lessons with their numbers, as in the sidebar.
        body = re.sub(
            r'(<li><p><a [^>]*href="chapters/(\d\d)_\w+.html"><span[^>]*>)', r"\1\2 · ", body
        )
    context["body"] = body
    marks = {"lessons": questions(app.env), "words": words["marks"]}
    context["marks"] = json.dumps(marks, ensure_ascii=False).replace("<", r"\u003c")
    context["short_names"] = short_names


def questions(env: BuildEnvironment) -> dict[str, int]:
    """Return how many questions each lesson has."""
    lessons = filter(None, map(LESSON.fullmatch, sorted(env.found_docs)))
    return {lesson[1]: env.metadata[lesson[0]].get("questions", 0) for lesson in lessons}


def short_names(sidebar: str) -> str:
    """Shorten "Exercises: 05 · Long short-term memory": it stands below its lesson."""
    return re.sub(r">([^<>:：]+)[:：] ?\d\d · [^<]+</a>", r">\1</a>", sidebar)


def setup(app: Sphinx) -> None:
    """Register all of the above."""
    app.add_transform(LessonNumber)
    app.connect("html-page-context", add_to_page, priority=200)
