"""What a piece of the course's Markdown (MyST) holds: prose without formulas, code and labels."""

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

# Private-use characters stand for what is not prose, so that its neighbours can still be checked.
CODE, MATH, ROLE, OPEN, CLOSE = "\ue000\ue001\ue002\ue003\ue004"
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_VERBATIM = {"code", "code-block", "code-cell", "literalinclude", "raw", "bibliography", "toctree"}
_REFERENCES = {"ref", "numref", "eq", "doc", "download"}  # and cite, cite:p …

_parser = (  # as _config.yml sets up MyST
    MarkdownIt("commonmark")
    .enable("table")
    .use(dollarmath_plugin)
    .use(amsmath_plugin)
    .use(attrs_block_plugin)
    .use(attrs_plugin, spans=True)
    .use(colon_fence_plugin)
    .use(deflist_plugin)
    .use(myst_block_plugin)
    .use(myst_role_plugin)
)


@dataclass
class Page:
    """What one Markdown text holds; ``blocks`` is its prose, one string a paragraph or heading."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    directives: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    images: set[str] = field(default_factory=set)
    blocks: list[str] = field(default_factory=list)

    def prose(self) -> list[str]:
        """Return the blocks without the marks around links and emphasis."""
        return [re.sub(f"[{OPEN}{CLOSE}]", "", block) for block in self.blocks]


def read(markdown: str) -> Page:
    """Parse a Markdown text (MyST: dollar math, directives, roles, labels)."""
    page = Page()
    _read_into(page, markdown)
    return page


def _read_into(page: Page, markdown: str) -> None:
    heading = 0
    for token in _parser.parse(markdown):
        page.labels |= {str(token.attrs["id"])} if "id" in token.attrs else set()
        if token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type == "inline":
            page.blocks.append(_inline(page, token))
            if heading:
                page.headings.append((heading, page.prose()[-1]))
            heading = 0
        elif token.type in ("math_block", "math_block_label", "amsmath"):
            page.formulas.append(token.content)
            page.labels |= {token.info} - {""}
        elif token.type in ("fence", "colon_fence", "code_block"):
            _fence(page, token.info.strip(), token.content)
        elif token.type == "myst_target":
            page.labels.add(token.content)
        elif token.type == "html_block":
            page.blocks.append(_html(page, token.content))


def _inline(page: Page, token: Token) -> str:
    out = []
    for child in token.children or []:
        if child.type == "text":
            out.append(child.content)
        elif child.type == "code_inline":
            out.append(CODE)
        elif child.type.startswith("math_inline"):
            page.inline.append(child.content)
            out.append(MATH)
        elif child.type == "myst_role":
            out.append(_role(page, child.meta["name"], child.content))
        elif child.type == "softbreak":
            out.append("\n")
        elif child.type == "hardbreak":
            out.append("\u2028")
        elif child.type == "image":
            page.images.add(str(child.attrs["src"]))
            page.blocks.append(_inline(page, child))  # the alternative text
        elif child.type in ("link_open", "em_open"):
            page.links |= {str(child.attrs["href"])} if "href" in child.attrs else set()
            out.append(OPEN)
        elif child.type in ("link_close", "em_close"):
            out.append(CLOSE)
        elif child.type == "html_inline":
            out.append(_html(page, child.content))
    return "".join(out)


def _role(page: Page, name: str, content: str) -> str:
    if name == "math":
        page.inline.append(content)
        return MATH
    titled = re.fullmatch(r"(.*?)\s*<(.+)>", content, re.DOTALL)
    if name in _REFERENCES or name.startswith("cite"):
        targets = titled[2] if titled else content
        page.references |= {f"{name} {target.strip()}" for target in targets.split(",")}
    return f"{OPEN}{titled[1]}{CLOSE}" if titled else ROLE


def _html(page: Page, html: str) -> str:
    for attribute, value in re.findall(r"""\b(src|href)\s*=\s*["']([^"']*)["']""", html):
        (page.images if attribute == "src" else page.links).add(value)
    return re.sub(r"<[^>]*>", "", COMMENT.sub("", html)).strip()


def _fence(page: Page, info: str, content: str) -> None:
    directive = re.match(r"\{([^}]+)\}\s*(.*)", info)
    if not directive:
        if info != "text":  # which a program prints in the reader's language
            page.code.append(content)
        return
    name, argument = directive.groups()
    page.directives.append(name)
    body = content.split("\n")
    while body and (option := re.fullmatch(r"\s*:([\w-]+):\s*(.*)", body[0])):
        if option[1] in ("name", "label"):
            page.labels.add(option[2])
        elif option[1] in ("alt", "caption"):
            _read_into(page, option[2])
        body.pop(0)
    if name == "math":
        page.formulas.append("\n".join(body))
    elif name in _VERBATIM:
        page.code.append("\n".join(body))
    else:
        if name in ("figure", "image"):
            page.images.add(argument)
        else:
            _read_into(page, argument)
        _read_into(page, "\n".join(body))
