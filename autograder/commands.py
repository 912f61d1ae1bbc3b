"""The small commands: start, list, hint, reset and build. Each returns its exit status."""

import argparse
import json
from pathlib import Path

from autograder import build as derive
from autograder import workspace
from autograder.checking import complain, unknown_task
from autograder.messages import say
from autograder.notebook import hint_lines
from autograder.registry import chapter_title, load_task, load_tasks, task_ids
from autograder.state import NAME, language, load_state, state_file


def start(options: argparse.Namespace) -> int:
    """Put the exercise notebooks into a folder."""
    stored = load_state(options.folder / NAME).get("lang")
    return workspace.start(options.folder, language(options.lang, stored))


def reset(options: argparse.Namespace) -> int:
    """Give a starter back."""
    stored = load_state(options.folder / NAME).get("lang")
    speak = language(options.lang, stored)
    if options.task not in task_ids():
        return complain(unknown_task(options.task, speak))
    return workspace.reset(options.folder, load_task(options.task), speak)


def build(options: argparse.Namespace) -> int:
    """Derive starters and solutions."""
    return derive.build(Path.cwd(), language(options.lang), options.check)


def list_(options: argparse.Namespace) -> int:
    """List the tasks by chapter."""
    speak = language(options.lang, load_state(state_file()).get("lang"))
    chapter = None
    for task in load_tasks():
        if options.json:
            entry = {"id": task.id, "chapter": task.chapter, "points": task.points}
            print(json.dumps(entry | {"title": task.title[speak]}, ensure_ascii=False))
            continue
        if task.chapter != chapter:
            chapter = task.chapter
            print(chapter_title(chapter, speak))
        print(f"  {task.id:24} {say('points', speak, points=f'{task.points:g}'):10} ", end="")
        print(task.title[speak])
    return 0


def hint(options: argparse.Namespace) -> int:
    """Show the next hint, or the one asked for."""
    speak = language(options.lang, load_state(state_file()).get("lang"))
    if options.task not in task_ids():
        return complain(unknown_task(options.task, speak))
    if options.level is not None and not 1 <= options.level <= len(load_task(options.task).hints):
        return complain(hint_lines(options.task, options.level, speak)[0])
    print("\n".join(hint_lines(options.task, options.level, speak)))
    return 0
