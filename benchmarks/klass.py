"""Makes a class of any size: the starter of chapter 05, filled in as learners fill it in."""

import json
import random
from pathlib import Path

from autograder.build import chapters, exercise_notebook
from autograder.registry import Task

CHAPTER = "05_lstm"
MIXED = (0.6, 0.3)  # the shares of right and wrong answers; the rest is left as it was
ALL_RIGHT = (1.0, 0.0)
NAMES = ["王小明", "李娜", "Zoë_Ångström", "محمد_علي", "Jane_Doe", "Олег", "佐藤花子", "=cmd|x"]


def make_class(folder: Path, count: int, shares: tuple = MIXED, seed: int = 0) -> list[Path]:
    """Write one notebook a student into a folder; return their paths."""
    draw = random.Random(seed)
    tasks = chapters()[CHAPTER]
    starters = {lang: exercise_notebook(CHAPTER, tasks, [lang]) for lang in ("en", "zh")}
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        notebook = json.loads(json.dumps(starters[draw.choice(("en", "zh"))]))
        for task in tasks:
            cell = next(c for c in notebook["cells"] if _is_starter(c, task))
            cell["source"] = answer(task, shares, draw) or cell["source"]
        notebook["cells"].append(_scratch(number))
        path = folder / f"{NAMES[number % len(NAMES)]}_{number:04d}.ipynb"
        path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
        paths.append(path)
    return paths


def _is_starter(cell: dict, task: Task) -> bool:
    ours = cell["metadata"].get("autograder", {})
    return ours.get("task") == task.id and ours.get("role") == "task"


def answer(task: Task, shares: tuple[float, float], draw: random.Random) -> str | None:
    """Return a right answer, a wrong one (a known misconception), or none, by chance."""
    chance = draw.random()
    right, wrong = shares
    if chance < right:
        return task.solution
    if chance < right + wrong:
        return draw.choice(task.misconceptions).apply(task.reference)
    return None


def _scratch(number: int) -> dict:
    source = f"# my own notes, {number}\nprint(lstm_cell)"
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "id": "own"}
