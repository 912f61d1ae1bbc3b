"""One table of all that was measured, from the JSON files beside this one.

    python -m benchmarks.report       into benchmarks/results.md and .json, README.md and README.zh.md

Nothing is measured here. A row says what was measured, what it came to, what it is compared with
and the ratio; its section says by which command. A file that is not there costs its rows only.
"""

import json
import re
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parent
BLOCK = re.compile(r"(<!-- measured -->\n).*?(<!-- /measured -->)", re.DOTALL)
READMES = {"README.md": "en", "README.zh.md": "zh"}
NAMES = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}


class Words(NamedTuple):
    """One text in both languages."""

    en: str
    zh: str


class Row(NamedTuple):
    """One line of the table; `beside` and `ratio` are empty where there is nothing to compare."""

    what: Words
    value: str
    beside: Words = Words("", "")
    ratio: str = ""


class Section(NamedTuple):
    """Rows that one command measured."""

    title: Words
    command: str
    rows: list[Row]


def read(name: str) -> dict[str, Any]:
    """Return what a benchmark wrote, or nothing."""
    path = HERE / f"{name}.json"
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def both(text: str) -> Words:
    """A text that is the same in both languages."""
    return Words(text, text)


def times(ratio: float) -> str:
    """A ratio with as many digits as it deserves."""
    return (
        f"{ratio:.0f} ×" if ratio >= 10 else f"{ratio:.2g} ×" if ratio < 0.1 else f"{ratio:.2f} ×"
    )


def ratio_of(middle: float, low: float, high: float) -> str:
    """A ratio with its spread."""
    return f"{middle:.2f} × ({low:.2f}–{high:.2f})"


def percent(scores: list[float]) -> str:
    """The mean of several accuracies, and their range."""
    mean, low, high = (100 * score for score in (statistics.mean(scores), min(scores), max(scores)))
    return f"{mean:.2f} % ({low:.2f}–{high:.2f})"


def seconds_to(runs: list[float | None]) -> str:
    """The median time of several runs; one that never came there counts as longest."""
    reached = [run if run is not None else float("inf") for run in runs]
    middle = statistics.median(reached) if reached else float("inf")
    return "–" if middle == float("inf") else f"{middle:.0f} s"


def accuracy_rows() -> Iterator[Row]:
    """How well a recurrent network reads MNIST's rows."""
    found, old = read("accuracy"), read("mnist_classifiers")
    article = old.get("recipes", {}).get("article", {}).get("runs", [])
    scores = [run["test_accuracy"] for run in article]
    for key, epochs in (("final_5", 5), ("final_20", 20)):
        ours = found.get(key)
        if ours and scores:
            errors = (1 - statistics.mean(ours["runs"])) / (1 - statistics.mean(scores))
            theirs = percent(scores)
            yield Row(
                Words(f"{epochs} epochs, test images", f"训练 {epochs} 轮，测试集"),
                percent(ours["runs"]),
                Words(f"the article's recipe, 5 epochs: {theirs}", f"原文的做法，5 轮：{theirs}"),
                f"{times(errors)}",
            )  # fmt: skip
    goals = found.get("time_to", {})
    for goal in ("97.74%", "99.00%", "99.40%"):
        if goals:
            ours, theirs = (seconds_to(goals[who][goal]) for who in ("ours", "article"))
            text = goal.replace("%", " %")
            yield Row(
                Words(f"processor time to {text} of the validation images", f"达到验证集 {text} 的处理器时间"),
                ours, Words(f"the article's recipe: {theirs}", f"原文的做法：{theirs}"),
                times(float(ours[:-2]) / float(theirs[:-2])) if "–" not in (ours, theirs) else "",
            )  # fmt: skip


def naming_rows() -> Iterator[Row]:
    """How many wrong answers are named."""
    found = read("naming").get("sets", {}).get("fourth")
    if found:
        yield Row(
            Words("wrong answers named, of a set written blind", "盲写的错误答案中，说对错因的"),
            f"{found['named']} / {found['all']}",
            Words("otter-grader, nbgrader: they say which check failed", "otter-grader、nbgrader：只说哪项检查未过"),
        )  # fmt: skip


def numpy_rows() -> Iterator[Row]:
    """NumPy against PyTorch, forward and backward."""
    present = read("numpy_networks").get("present", {})
    for kind in NAMES:
        if kind in present:
            found = present[kind]
            name = NAMES[kind]
            yield Row(
                Words(f"{name} in NumPy, forward and backward", f"NumPy 的 {name}，前向加反向"),
                f"{found['fast_ms']:.1f} ms",
                Words(
                    f"torch.nn: {found['torch_ms']:.1f} ms", f"torch.nn：{found['torch_ms']:.1f} ms"
                ),
                ratio_of(*found["fast/torch"]),
            )
            products = f"{found['products_ms']:.1f} ms"
            yield Row(
                Words("… and its matrix products alone", "……与只做其中的矩阵乘法相比"),
                f"{found['fast_ms']:.1f} ms", both(products), ratio_of(*found["fast/products"]),
            )  # fmt: skip


def keras_rows() -> Iterator[Row]:
    """Keras against PyTorch."""
    runs = read("keras_torch").get("runs", [])
    for kind in NAMES:
        ours, theirs = (
            {r["seed"]: r for r in runs if (r["library"], r["kind"]) == (library, kind)}
            for library in ("keras", "torch")
        )
        seeds = sorted(set(ours) & set(theirs))
        if seeds:
            ratios = [ours[s]["epoch_cpu_s"] / theirs[s]["epoch_cpu_s"] for s in seeds]
            cost = [statistics.median(r[s]["epoch_cpu_s"] for s in seeds) for r in (ours, theirs)]
            scores = [percent([r[s]["test"] for s in seeds]) for r in (ours, theirs)]
            yield Row(
                Words(f"{NAMES[kind]}, 64 units, in Keras: an epoch", f"Keras 的 {NAMES[kind]}（64 个单元）：一轮"),
                f"{cost[0]:.1f} s, {scores[0]}",
                Words(f"PyTorch: {cost[1]:.1f} s, {scores[1]}", f"PyTorch：{cost[1]:.1f} s，{scores[1]}"),
                ratio_of(statistics.median(ratios), min(ratios), max(ratios)),
            )  # fmt: skip


def grader_rows() -> Iterator[Row]:
    """This grader alone, cold and warm."""
    found = read("times")
    if "cold_check_s" in found:
        yield Row(
            Words("`autograder check` on one file, cold", "`autograder check` 一个文件（冷启动）"),
            f"{found['cold_check_s']} s",
            Words(f"the same calls in bare NumPy: {found['cold_bare_s']} s",
                  f"只用 NumPy 做同样的调用：{found['cold_bare_s']} s"),
            times(found["cold_ratio"]),
        )  # fmt: skip
        yield Row(Words("`check()` in a notebook, right answer", "笔记本里的 `check()`，答案正确"),
                  f"{found['warm_right_ms']} ms")  # fmt: skip
        yield Row(Words("`check()` in a notebook, with a diagnosis", "笔记本里的 `check()`，含诊断"),
                  f"{found['warm_wrong_ms']} ms")  # fmt: skip


def graders_rows() -> Iterator[Row]:
    """This grader beside two others."""
    found = read("graders").get("graders", {})
    if not found:
        return
    ours = found["ours"]
    for name, label in (("otter", "otter-grader"), ("nbgrader", "nbgrader")):
        other = found[name]
        yield Row(
            Words("a notebook with four checks, cold", "一份笔记本、四项检查（冷启动）"),
            f"{ours['cold']['wall_s'][0]:.2f} s",
            Words(f"{label}: {other['cold']['wall_s'][0]:.2f} s", f"{label}：{other['cold']['wall_s'][0]:.2f} s"),
            times(ours["cold"]["wall_s"][0] / other["cold"]["wall_s"][0]),
        )  # fmt: skip
        if other["warm_ms"]:
            yield Row(
                Words("one check, warm", "一项检查（热启动）"),
                f"{ours['warm_ms'][0]:.1f} ms",
                Words(f"{label}: {other['warm_ms'][0]:.1f} ms", f"{label}：{other['warm_ms'][0]:.1f} ms"),
                times(ours["warm_ms"][0] / other["warm_ms"][0]),
            )  # fmt: skip
        yield Row(
            Words("a class of 20, one after the other", "20 人的班级，逐个评"),
            f"{ours['batch']['wall_s']:.1f} s",
            Words(f"{label}: {other['batch']['wall_s']:.1f} s", f"{label}：{other['batch']['wall_s']:.1f} s"),
            times(ours["batch"]["wall_s"] / other["batch"]["wall_s"]),
        )  # fmt: skip


def class_rows() -> Iterator[Row]:
    """A class of hundreds."""
    words = {
        "all right, 1 worker": Words("a submission of five tasks, all right", "一份含五题的提交，全对"),
        "mixed, 1 worker": Words("a submission of five tasks, right and wrong mixed", "一份含五题的提交，有对有错"),
    }  # fmt: skip
    found = read("grade")
    for key, what in words.items():
        if key in found:
            yield Row(what, f"{found[key]['cpu_ms_each']:.0f} ms")


def book_rows() -> Iterator[Row]:
    """The book's builds."""
    found = read("times")
    for key, what, unit in (
        ("make_book_first_s", Words("`make book`, first time, with its downloads", "首次 `make book`（含下载）"), "s"),
        ("make_book_s", Words("`make book`, once they are there", "此后的 `make book`"), "s"),
    ):  # fmt: skip
        if key in found:
            yield Row(what, f"{found[key]} {unit}")


def reading_rows() -> Iterator[Row]:
    """The book as its reader has it."""
    found = read("book")
    if not found:
        return
    for language, what in (
        ("en", Words("the book, English", "英文书大小")),
        ("zh", Words("the book, Chinese", "中文书大小")),
    ):
        yield Row(what, f"{found[f'{language}_mb']} MB")
    for key, what in (
        ("html", Words("a lesson's page", "一课的网页")),
        ("with_figures", Words("… with its figures", "……连同图")),
    ):
        median, most = found[f"lesson_{key}_median_kb"], found[f"lesson_{key}_max_kb"]
        yield Row(what, f"{median} kB", Words(f"at most {most} kB", f"最大 {most} kB"))
    for key, what in (
        (
            "formulas_in_view",
            Words("from opening a page to readable formulas", "打开网页到公式可读"),
        ),
        ("all_formulas", Words("… to all formulas of the page", "……到全页公式排好")),
    ):
        median, most = found[f"{key}_median_s"], found[f"{key}_max_s"]
        yield Row(what, f"{median} s", Words(f"at most {most} s", f"最长 {most} s"))
    yield Row(
        Words("layout shift on the worst page", "版面移动最大的一页（CLS）"),
        f"{found['shift_max']}",
    )
    yield Row(Words("requests outside", "对外请求"), f"{found['requests_outside']}")
    if "axe_serious_violations" in found:
        yield Row(
            Words("serious or critical violations (axe-core)", "严重的无障碍问题（axe-core）"),
            f"{found['axe_serious_violations']}",
        )


def ci_rows() -> Iterator[Row]:
    """Where the minutes of the tests go."""
    found = read("times")
    if "make_test_min" in found:
        yield Row(
            Words("`make test`, with its downloads", "`make test`（含下载）"),
            f"{found['make_test_min']} min",
        )
    words = {
        "tasks": Words("… of one core: the graded tasks", "……折合单核：评分题"),
        "notebooks": Words("… every notebook, executed", "……逐个执行笔记本"),
        "browser": Words("… the book in a browser", "……浏览器里的书"),
        "grade": Words("… whole classes, isolation", "……整班评分与隔离"),
        "other": Words("… the rest", "……其余"),
    }
    for part, minutes in found.get("make_test_parts_min", {}).items():
        yield Row(words[part], f"{minutes} min")


SECTIONS: list[tuple[Words, str, Callable[[], Iterator[Row]]]] = [
    (Words("MNIST row by row, recurrent only, at most 214,282 parameters, 3 seeds (ratio: of the errors, or times)",
           "逐行读 MNIST，只用循环网络，参数不超过 214,282，3 个种子（比值：错误数之比或时间之比）"),
     "python -m benchmarks.accuracy", accuracy_rows),
    (Words("NumPy networks (batch 100, T 28, H 128, one thread)", "NumPy 网络（批量 100，T 28，H 128，单线程）"),
     "python -m benchmarks.numpy_networks", numpy_rows),
    (Words("Keras beside PyTorch (processor time; test accuracy after 5 epochs, 3 seeds)",
           "Keras 与 PyTorch（处理器时间；训练 5 轮后的测试准确率，3 个种子）"),
     "python -m benchmarks.keras_torch", keras_rows),
    (Words("The grader", "评分程序"), "python -m benchmarks.times", grader_rows),
    (Words("… naming mistakes", "……指出错因"), "python -m benchmarks.naming", naming_rows),
    (Words("… beside others, each in an environment of its own", "……与别的评分程序相比（各用独立环境）"),
     "python -m benchmarks.graders", graders_rows),
    (Words("… on a class, isolated (processor time)", "……整班评分，带隔离（处理器时间）"), "python -m benchmarks.grade --full", class_rows),
    (Words("The book", "书"), "python -m benchmarks.times --book", book_rows),
    (Words("… in a browser (opened from its folder, nothing cached)", "……在浏览器里（从文件夹打开，无缓存）"),
     "python -m benchmarks.book", reading_rows),
    (Words("The tests", "测试"), "python -m benchmarks.times --test", ci_rows),
]  # fmt: skip


def sections() -> list[Section]:
    """Return all sections that have a row."""
    made = [Section(title, command, list(rows())) for title, command, rows in SECTIONS]
    return [section for section in made if section.rows]


def markdown(language: str) -> str:
    """Return the table in one language."""
    column = {"en": 0, "zh": 1}[language]
    lines = [
        ("| | measured | beside it | ratio |", "| | 实测 | 对照 | 比值 |")[column],
        "|---|---|---|---|",
    ]
    for title, command, rows in sections():
        lines.append(f"| **{title[column]}** <br> `{command}` | | | |")
        lines += [
            f"| {r.what[column]} | {r.value} | {r.beside[column]} | {r.ratio} |" for r in rows
        ]
    found = read("times")
    note = (
        "`make bench` measures what fits into 20 minutes, `make bench-full` all of it. A ratio below 1 is in "
        "favour of the left column; in brackets the spread. Machine: {machine}; {date}.",
        "`make bench` 测量二十分钟内能完成的部分，`make bench-full` 测量全部。比值小于 1 表示左栏占优；"
        "括号里是波动范围。机器：{machine}；{date}。",
    )[column].format(**found)
    return "\n".join([*lines, "", note, ""])


def with_table(text: str, language: str) -> str:
    """Return a README's text with its table made anew."""
    return BLOCK.sub(lambda m: m[1] + markdown(language) + m[2], text)


def main() -> None:
    """Write the table everywhere it stands."""
    rows = [
        {"section": s.title.en, "command": s.command, "what": r.what.en, "value": r.value,
         "beside": r.beside.en, "ratio": r.ratio}
        for s in sections() for r in s.rows
    ]  # fmt: skip
    (HERE / "results.json").write_text(
        json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8"
    )
    (HERE / "results.md").write_text(f"# Measured\n\n{markdown('en')}", "utf-8")
    for name, language in READMES.items():
        path = ROOT / name
        path.write_text(with_table(path.read_text("utf-8"), language), "utf-8")
    print(markdown("en"))


if __name__ == "__main__":
    main()
