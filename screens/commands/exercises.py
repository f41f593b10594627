"""Commands of the exercises: which there are, and their steps, minutes and prompts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from screens.commands.frame import DONE, Group, asked, refuse, tell

if TYPE_CHECKING:
    from checkin.exercises.methods import Method


@click.group(cls=Group, name="exercise")
def exercise_command() -> None:
    """The exercises: their steps, minutes and prompts.

    Example: checkin exercise show align --language fr
    """


@exercise_command.command(name="list")
def list_command() -> int:
    """Which exercises there are.

    Example: checkin exercise list --json
    """
    methods = _all()
    asked().answer(
        {"exercises": [_summary(method) for method in methods]},
        [
            f"{method.key}  {method.title.in_language()}  {method.minutes} minutes, "
            f"{len(method.steps)} steps, {method.minimum} minutes at least"
            for method in methods
        ],
    )
    return DONE


@exercise_command.command(name="show")
@click.argument("name")
@click.option("--language", default="en", show_default=True, help="Of titles and prompts.")
def show_command(name: str, language: str) -> int:
    """The steps of one exercise; NAME is its key, or the path of a TOML file of your own.

    Example: checkin exercise show align
    """
    method = _named(name)
    if language not in method.languages:
        tell(f"This exercise has no {language}; what is missing is in English.")
    lines = [f"{method.title.in_language(language)}: {method.minutes} minutes"]
    for number, step in enumerate(method.steps, start=1):
        lines.append(
            f"{number:>2}  {step.minutes:>2} min (at least {step.minimum})  "
            f"{step.title.in_language(language)}"
        )
        lines.append(f"    {step.prompt.in_language(language)}")
        if step.keeps:
            lines.append(f"    kept: {step.keeps}")
        if step.paper:
            lines.append(f"    paper: {step.paper}")
    document = _summary(method) | {
        "steps": [
            {
                "key": step.key,
                "title": step.title.in_language(language),
                "prompt": step.prompt.in_language(language),
                "minutes": step.minutes,
                "minimum": step.minimum,
                "who": step.who,
                "keeps": step.keeps,
                "paper": step.paper,
            }
            for step in method.steps
        ]
    }
    asked().answer(document, lines)
    return DONE


def _summary(method: Method) -> dict[str, Any]:
    return {
        "key": method.key,
        "title": method.title.in_language(),
        "about": method.about.in_language(),
        "minutes": method.minutes,
        "minimum": method.minimum,
        "languages": list(method.languages),
        "steps": len(method.steps),
    }


def _all() -> tuple[Method, ...]:
    from checkin.event.remembered import data_folder
    from checkin.exercises.methods import own_methods, shipped_methods

    own, sentences = own_methods(data_folder() / "exercises")
    for sentence in sentences:
        tell(sentence)
    return (*shipped_methods(), *own)


def _named(name: str) -> Method:
    from checkin.exercises.methods import method_named, read_method

    if name.endswith(".toml"):
        return read_method(Path(name).expanduser())
    methods = _all()
    found = method_named(name, methods)
    if found is None:
        keys = ", ".join(method.key for method in methods)
        raise refuse(f"There is no exercise “{name}”; there are: {keys}.")
    return found
