"""The content's contract: every file keeps it, and every rule catches a planted fault."""

import copy
import re
from pathlib import Path

import pytest

from autograder.messages import MESSAGES
from unrolled import content
from unrolled.book.words import INTERFACE_IN_CHINESE, WORDS
from unrolled.markdown import read

ROOT = Path(__file__).parents[1]


# --- The course's own files ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", content.files(ROOT), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_file_keeps_the_contract(path):
    assert content.lint_file(path, path.relative_to(ROOT).as_posix()) == []


def test_every_kind_of_file_is_checked():
    names = {path.relative_to(ROOT).as_posix() for path in content.files(ROOT)}
    assert {"index.ipynb", "README.md", "chapters/05_lstm.ipynb"} <= names
    assert "solutions/05_lstm_solutions.ipynb" in names
    tasks = {path.parent.name for path in (ROOT / "autograder/exercises").glob("*/reference.py")}
    assert tasks
    for task in tasks:
        assert f"autograder/exercises/{task}/task.toml" in names
        assert f"autograder/exercises/{task}/statement.en.md" in names


def test_messages_keep_the_contract():
    assert list(content.lint_texts(MESSAGES, "messages:")) == []
    for key, text in MESSAGES.items():
        fields = [set(re.findall(r"\{(\w+)", text[language])) for language in ("en", "zh")]
        assert fields[0] == fields[1], key


def flat(words, before=""):
    """Return the texts of a table of words by their names, those of tables within it as well."""
    found = {}
    for name, text in words.items():
        plain = isinstance(text, str)
        found |= {before + name: text} if plain else flat(dict(text), f"{before}{name}.")
    return found


def test_words_of_the_book_keep_the_contract():
    english, chinese = flat(WORDS["en"]), flat(WORDS["zh"])
    assert set(english) == set(chinese)
    texts = [("zh", text) for text in [*chinese.values(), *INTERFACE_IN_CHINESE.values()]]
    texts += [("en", text) for text in english.values()]
    assert [f for language, text in texts for f in content.lint_text(text, language, "")] == []


# --- The table of terms --------------------------------------------------------------------------


def test_terms_are_complete_and_do_not_ban_each_other():
    written = [zh for term in content.terms() for zh in [term["zh"], *term["also"]]]
    assert len({term["en"] for term in content.terms()}) == len(content.terms()) > 90
    for term in content.terms():
        assert {"en", "zh", "also", "avoid"} <= set(term)
        assert ("avoid_pattern" in term) <= ("avoid_when" in term), term["en"]
        for zh in written:
            assert not [banned for banned in term["avoid"] if banned in zh], (term["en"], zh)
    for zh in written:
        if zh != "递归神经网络":  # right for recursive networks, so it is banned with a condition
            assert content.lint_text(zh, "zh", "") == []


def test_every_banned_variant_is_found_in_a_sentence():
    for term in content.terms():
        for banned in term["avoid"]:
            assert complaints(f"这里写成{banned}，是不对的。") == [
                f"“{banned}”: write {term['zh']} ({term['en']})"
            ]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("递归神经网络逐步读入序列。", "树上的递归神经网络（recursive neural network）不同。"),
        ("把大单元写下来。", "用更大单元数的网络。"),
        ("这个隐状态 $c_t$ 不变。", "隐状态 $h_t$ 与记忆元 $c_t$。"),
        ("打开忘记门。", "别忘记门的顺序。"),
        ("三个大门控制它。", "偏置越大门越开。"),
        ("这就是梯度溢出。", "混合精度训练要防止梯度溢出。"),
        ("用梯度截断防止爆炸。", "把梯度截断在窗口的边界。"),
        ("每个门都有偏差向量。", "这个估计的偏差很小。"),
        ("两个向量点乘。", "点乘（点积）是另一回事。"),
        ("用 L2 规范化约束权重。", "用 L2 正则化约束权重。"),
        ("填充的位置盖上面具。", "这两方面具有不同的意义。"),
        ("训练五个时代。", "深度学习的时代。"),
        ("测试精度很高。", "混合精度训练更快。"),
        ("精度达到 98.5%。", "双精度的数。"),
    ],
)
def test_conditional_variants(wrong, right):
    assert len(complaints(wrong)) == 1
    assert ": write " in complaints(wrong)[0]
    assert complaints(right) == []


def test_every_conditional_pattern_has_an_example_above():
    examples = " ".join(wrong for wrong, _ in test_conditional_variants.pytestmark[0].args[1])
    for term in content.terms():
        assert re.search(term.get("avoid_pattern", ""), examples), term["en"]


def test_a_wrong_term_can_be_quoted_on_purpose():
    quoted = "有人写成渐变消失。\n\n<!-- term-ok: 渐变消失 -->"
    assert complaints(quoted) == []
    assert complaints("有人写成渐变消失和时间步骤。\n\n<!-- term-ok: 渐变消失 -->") != []
    assert complaints("没有这个词。\n\n<!-- term-ok: 渐变消失 -->") == [
        "“渐变消失” is marked term-ok but is not there"
    ]
    assert content.lint_text("Some write 渐变消失. <!-- term-ok: 渐变消失 -->", "en", "") == []


# --- One language --------------------------------------------------------------------------------


def complaints(text, language="zh"):
    return [finding.removeprefix("here: ") for finding in content.lint_text(text, language, "here")]


GOOD_CHINESE = """\
# LSTM：会忘记的记忆

(memory)=
遗忘门（forget gate）取 0 时，$c_t$ 只剩 98.5% 的一半； `x` 的形状是 (N, T, D)，见 {eq}`cell`。

$$ c_t = f_t \\odot c_{t-1} $$ (cell)

- 第 3 步：**打开**输入门，再看 [文档](https://example.org/a,b)。
- 用 `lstm_cell` 算一步。这对吗？对！

:::{note} 提示
:class: dropdown
读 *Learning to forget: continual prediction with long short term memory*，Gers 等（2000）。
:::

```python
x = "code, 中文"  # 注释,不查
```

| 门 | 公式 |
|---|---|
| 输入门 | $i_t = \\sigma(a)$ |

作者说：“we found that the forget gate is the most important gate of all”。
"""


def test_good_chinese_passes():
    assert complaints(GOOD_CHINESE) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("用LSTM 的门。", "a space between Chinese and Latin"),
        ("第 3步。", "a space between Chinese and Latin"),
        ("记忆元$c_t$ 不变。", "a space between Chinese and Latin"),
        ("调用 `f(x)`得到。", "a space between Chinese and Latin"),
        ("共 98%的图像。", "a space between Chinese and Latin"),
        ("函数 σ把它压缩。", "a space between Chinese and Latin"),
        ("**遗忘门**LSTM 有。", "a space between Chinese and Latin"),
        ("先读,再写。", "half-width punctuation"),
        ("先读, 再写。", "half-width punctuation"),
        ("用 LSTM, 再写。", "half-width punctuation"),
        ("由 $c_t$. 再写。", "half-width punctuation"),
        ("为什么?因为。", "half-width punctuation"),
        ("如下: 先读。", "half-width punctuation"),
        ("分号;也算。", "half-width punctuation"),
        ("惊叹!也算。", "half-width punctuation"),
        ("先读.再写。", "half-width punctuation"),
        ('说"门"。', "half-width punctuation"),
        ("遗忘门(forget gate)。", "half-width punctuation"),
        ("遗忘门 (forget gate) 有用。", "half-width brackets"),
        ("如 LSTM (长短期记忆网络) 等。", "half-width punctuation"),
        ("先读完.", "ends in half-width punctuation"),
        ("由此得到 $c_t$.", "ends in half-width punctuation"),
        ("用 `f` ，再写。", "a space beside full-width"),
        ("遗忘门（ forget gate）。", "a space beside full-width"),
        ("先读，\n再写。", "a line break within Chinese"),
        ("遗忘门（forget gate。", "unbalanced"),
        ("公式 $c_{旧}$ 中。", "Chinese in a formula"),
        ("公式 {math}`c_{旧}` 中。", "Chinese in a formula"),
        ("公式：\n\n$$ c_{旧} $$", "Chinese in a formula"),
        ("**遗忘门（forget gate）**控制。", "is not rendered"),
        ("这里 the gate keeps the old memory and adds the new 一点。", "English left"),
        ("The forget gate keeps the old memory cell for long.", "English left"),
        ("| 门 |\n|---|\n| 先读,再写 |", "half-width punctuation"),
        (":::{note} 提示,如下\n好。\n:::", "half-width punctuation"),
        (":::{note}\n先读,再写。\n:::", "half-width punctuation"),
        ("<b>先读,再写</b>", "half-width punctuation"),
        ("![先读,再写](a.png)", "half-width punctuation"),
        (":::{figure} a.png\n:alt: 先读,再写\n:::", "half-width punctuation"),
        ("见 {ref}`第3节 <x>`。", "a space between Chinese and Latin"),
    ],
)
def test_typography_catches(text, message):
    assert [finding for finding in complaints(text) if message in finding], complaints(text)


def test_no_chinese_in_english():
    assert complaints("The course 展开 is in [中文](README.zh.md) too.", "en") == []
    assert complaints("The forget gate (遗忘门).", "en") == ["“遗忘门”: Chinese in English"]
    assert complaints("A full stop。", "en") == ["“。”: Chinese in English"]


# --- Pairs ---------------------------------------------------------------------------------------

PAIR_EN = """\
```text
Not right.
```

## The cell

(memory)=
As {numref}`cells` and {cite}`a1997,b2000` say, see [this](https://a.example) and {eq}`c`:

$$ c_t = f_t \\odot c_{t-1} $$ (c)

![](cells.png)

:::{figure} gates.png
:name: gates
Gates.
:::

```sh
make book  # once
grade --lang en
```
"""
PAIR_ZH = """\
```text
不对。
```

## 记忆元

(memory)=
如 {eq}`c`、{cite}`b2000,a1997` 和 {numref}`cells` 所示，见[这里](https://a.example)：

$$ c_t = f_t \\odot c_{t-1} $$ (c)

![](cells.png)

:::{figure} gates.png
:name: gates
门。
:::

```sh
make book  # 一次
grade --lang zh
```
"""


def test_a_pair_may_differ_in_its_words():
    assert content.lint_pair(PAIR_EN, PAIR_ZH, "here") == []
    assert complaints(PAIR_ZH) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("## ", "### ", "heading levels"),
        ("## 记忆元\n", "", "heading levels"),
        ("f_t \\odot", "f_t\\odot", "display formulas"),
        ("(c)", "(d)", "labels"),
        ("(memory)=", "(remember)=", "labels"),
        (":name: gates", ":name: doors", "labels"),
        ("{eq}`c`", "{eq}`d`", "cross-references"),
        ("b2000,a1997", "b2000", "cross-references"),
        ("{numref}", "{ref}", "cross-references"),
        ("https://a.example", "https://b.example", "links"),
        ("cells.png", "cell.png", "images"),
        ("gates.png", "gate.png", "images"),
        ("{figure}", "{image}", "directives"),
        ("make book", "make bok", "code"),
        ("$$ (c)", "$$ (c)\n\n\\begin{align}\na\n\\end{align}", "display formulas"),
    ],
)
def test_a_pair_may_differ_in_nothing_else(old, new, what):
    assert old in PAIR_ZH
    findings = content.lint_pair(PAIR_EN, PAIR_ZH.replace(old, new), "here")
    assert [finding for finding in findings if finding.startswith(f"here: {what} differ")]


def test_the_code_of_a_directive_is_compared():
    block = "```{code-block} python\n:linenos:\nx = 1\n```"
    assert content.lint_pair(block, block, "here") == []
    assert "code differ" in content.lint_pair(block, block.replace("1", "2"), "here")[0]


def test_html_counts_too():
    page = read('<img src="a.png"> and <a href="b">text</a>\n\n<div><img src="c.png"></div>')
    assert page.images == {"a.png", "c.png"}
    assert page.links == {"b"}


# --- Notebooks -----------------------------------------------------------------------------------


def markdown(text, *tags):
    return {"cell_type": "markdown", "metadata": {"tags": list(tags)}, "source": text}


def pair(en, zh):
    return [markdown(en, "lang-en"), markdown(zh, "lang-zh")]


def code(text, *tags, **metadata):
    return {
        "cell_type": "code",
        "metadata": {"tags": list(tags), **metadata},
        "source": text,
        "outputs": [],
        "execution_count": None,
    }


def printed(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def lesson():
    cells = [
        *pair("# LSTM: a memory", "# LSTM：一种记忆"),
        code("c = 1"),
        *pair("## The cell", "## 记忆元"),
        markdown("$$ c_t = f_t \\odot c_{t-1} $$\n\n![](cell.png)"),
        code("print(c)"),
        code("accuracy()", "nbval-ignore-output"),
        *pair("It is high.", "它很高。"),
        code("assert accuracy() > 0.9"),
        *pair("## What to remember\n\n$c$ stays.", "## 小结\n\n$c$ 不变。"),
        *pair("## Exercises", "## 练习"),
    ]
    for count, cell in enumerate([c for c in cells if c["cell_type"] == "code"], 1):
        cell["execution_count"] = count
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def test_a_good_lesson_passes():
    assert content.lint_notebook(lesson(), "nb", lesson=True) == []


def change(index, **cell):
    def edit(cells):
        cells[index] = {**cells[index], **cell}

    return edit


def tag(index, *tags):
    return change(index, metadata={"tags": list(tags)})


def output(text, **rest):
    return change(2, outputs=[{**printed(text), **rest}])


FAULTS = {
    "no Chinese twin": lambda cells: cells.pop(1),
    "no Chinese twin in the next": lambda cells: cells.insert(4, code("d = 1")),
    "no English twin": lambda cells: cells.pop(0),
    "nb:2: heading levels differ": change(1, source="## LSTM：一种记忆"),
    "nb:5: “记忆元LSTM”: a space": change(4, source="## 记忆元LSTM"),
    "nb:4: “记忆元”: Chinese in English": change(3, source="## The cell 记忆元"),
    "both languages' tags": tag(3, "lang-en", "lang-zh"),
    "nb:6: words in a cell without": change(5, source="$$ c $$\n\nwords"),
    "words in a cell without a language tag": change(5, source="$$ c $$\n\n字词"),
    "nb:6: words": change(5, cell_type="raw", source="x"),
    "a code cell with a language tag": tag(2, "lang-en"),
    "Chinese in a code cell": change(2, source="c = '门'"),
    "an absolute path in code": change(2, source="open('/home/me/x')"),
    "skipped by nbval": tag(2, "nbval-skip"),
    "nb:3: skipped by nbval": tag(2, "raises-exception"),
    "skipped": change(2, source="# NBVAL_IGNORE_OUTPUT\nc = 1"),
    "stored stderr": output("warning", name="stderr"),
    "a stored error": change(2, outputs=[{"output_type": "error", "ename": "E"}]),
    "Chinese in an output": output("门\n"),
    "nb:3: Chinese in an output": change(
        2, outputs=[{"output_type": "display_data", "data": {"text/html": ["<b>", "门</b>"]}}]
    ),
    "an absolute path in an output": output("saved in /work/main/x\n"),
    "nb:3: an absolute path in an output": output(["saved\n", "/tmp/x\n"]),
    "a progress bar": output("10%\r20%\r"),
    "a progress bar in an output": output("100 [00:01, 98.21it/s]"),
    "execution counts": change(2, execution_count=7),
    "execution counts are": change(2, execution_count=None),
    "nb:8: nbval-ignore-output, but no assertion": change(10, source="print(1)"),
    "no assertion in the next code cell": change(10, source="assert True"),
    "but no assertion in the next": lambda cells: cells.insert(8, code("d = 1")),
    "2 of 5 code cells are nbval-ignore-output, more than 25%": lambda cells: cells.insert(
        6, code("d = 1", "nbval-ignore-output")
    ),
    "the last zh sections": lambda cells: cells.__delitem__(slice(11, 13)),
    "the last en sections": change(11, source="## Some words\n\n$c$ stays."),
    "zh sections": change(12, source="## 总结\n\n$c$ 不变。"),
    "the en title": change(0, source="## LSTM: a memory"),
    "the zh title": change(4, source="# 记忆元"),
}


@pytest.mark.parametrize("message", FAULTS)
def test_a_fault_in_a_lesson_is_found(message):
    notebook = copy.deepcopy(lesson())
    FAULTS[message](notebook["cells"])
    findings = content.lint_notebook(notebook, "nb", lesson=True)
    assert [finding for finding in findings if message in finding], findings


def exercises():
    check = {"autograder": {"task": "f", "role": "check"}}
    return {
        "cells": [
            *pair("# Exercises: LSTM", "# 练习：LSTM"),
            code("from autograder import check"),
            *pair("## One", "## 一"),
            code("def f(): ..."),
            code("check(f)", "nbval-ignore-output", **check),
        ]
    }


def test_an_unexecuted_exercise_passes_and_its_check_cells_do_not_count():
    assert content.lint_notebook(exercises(), "nb") == []
    notebook = exercises()
    notebook["cells"][-1]["source"] = "train()"  # the role alone excuses nothing
    findings = content.lint_notebook(notebook, "nb")
    assert [finding for finding in findings if "no assertion" in finding]
    assert [finding for finding in findings if "1 of 3 code cells" in finding]
    notebook = exercises()
    notebook["cells"][2]["execution_count"] = 4
    assert "execution counts" in content.lint_notebook(notebook, "nb")[0]


# --- Tasks and files -----------------------------------------------------------------------------

TEXT = {"en": "The gate $f$.", "zh": "门 $f$。"}


def task():
    return {
        "points": 5,
        "title": TEXT,
        "objective": TEXT,
        "hints": [TEXT, TEXT, TEXT],
        "misconceptions": [{"id": "x", "name": TEXT, "saw": TEXT, "why": TEXT, "look": TEXT}],
    }


def test_a_good_task_passes():
    assert content.lint_task(task(), "task.toml") == []


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("title", {"en": "Gate"}, "task.toml:title: a text is missing"),
        ("title", {"en": "Gate", "zh": " "}, "task.toml:title: a text is missing"),
        ("title", {"en": "Gate", "zh": "LSTM门"}, "task.toml:title.zh: “LSTM门”: a space"),
        ("title", {"en": "门", "zh": "门"}, "task.toml:title.en: “门”: Chinese in English"),
        ("title", {"en": "[a](b)", "zh": "门"}, "task.toml:title: links differ"),
        ("hints", [TEXT, TEXT], "fewer than 3 hints"),
        ("hints", [TEXT, TEXT, {"zh": "门"}], "task.toml:hints.3: a text is missing"),
        ("misconceptions", [{"name": TEXT, "saw": TEXT, "why": TEXT}], "misconceptions.1: no look"),
        (
            "misconceptions",
            [{"name": TEXT, "saw": {"en": "", "zh": ""}, "why": TEXT, "look": TEXT}],
            "misconceptions.1.saw: a text is missing",
        ),
    ],
)
def test_a_fault_in_a_task_is_found(key, value, message):
    findings = content.lint_task(task() | {key: value}, "task.toml")
    assert [finding for finding in findings if message in finding], findings


@pytest.mark.parametrize("key", ["title", "objective", "hints"])
def test_a_task_without_a_text_is_found(key):
    broken = task()
    del broken[key]
    assert len(content.lint_task(broken, "task.toml")) == 1


def test_files_are_read_in_pairs(tmp_path):
    exercise = tmp_path / "autograder/exercises/f"
    exercise.mkdir(parents=True)
    (exercise.parent / "chapters.toml").write_text('[a]\nen = "Gates"\n', "utf-8")
    (exercise / "statement.en.md").write_text("## A gate\n\n$$ c $$\n", "utf-8")
    (tmp_path / "README.md").write_text("# Unrolled\n\n[中文](README.zh.md)\n", "utf-8")
    statement = "autograder/exercises/f/statement.en.md"
    assert content.lint_tree(tmp_path) == [
        "README.md: no Chinese twin README.zh.md",
        "autograder/exercises/chapters.toml:a: a text is missing in one of the languages",
        f"{statement}: no Chinese twin statement.zh.md",
    ]
    (exercise.parent / "chapters.toml").unlink()
    (exercise / "statement.zh.md").write_text("## 一个门\n\n$$ d $$\n", "utf-8")
    (tmp_path / "README.zh.md").write_text("# 展开\n\n[English](README.md)\n", "utf-8")
    assert content.lint_tree(tmp_path) == [
        "autograder/exercises/f/statement.zh.md: "
        "display formulas differ between en and zh: [' c '] | [' d ']"
    ]


def test_the_command_fails_where_there_is_a_finding(monkeypatch, capsys):
    monkeypatch.setattr(content, "lint_file", lambda path, name: [])
    assert content.main() == 0
    monkeypatch.setattr(content, "files", lambda root: [ROOT / "README.md"])
    monkeypatch.setattr(content, "lint_file", lambda path, name: [f"{name}: planted"])
    assert content.main() == 1
    assert "README.md: planted\n1 findings in 1 files" in capsys.readouterr().out
