"""Exercises as data: a method is a TOML file of steps with minutes, prompts per language and paper.

Two methods come with the program; a facilitator can write a third, and whatever is wrong with it is
said in sentences, each naming its step. Running a method is not this module's business.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeGuard

from checkin.errors import ListFileError
from checkin.text import clean

SHIPPED = ("align", "ecosystem")
"""The methods that come with the program, in the order of the day."""

FIRST_LANGUAGE = "en"
"""The language that every title and prompt has; other languages fall back to it."""

_LARGEST_FILE = 1_000_000
_MOST_STEPS = 40
_LONGEST_PROMPT = 600
_LONGEST_STEP = 240
_KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_WHO = ("nobody", "scribe", "facilitator", "everybody")


@dataclass(frozen=True, slots=True)
class Words:
    """One text in several languages; `FIRST_LANGUAGE` is always among them."""

    by_language: tuple[tuple[str, str], ...]

    def in_language(self, language: str = FIRST_LANGUAGE) -> str:
        """Returns the text in `language`, else in the first language."""
        texts = dict(self.by_language)
        return texts.get(language) or texts[FIRST_LANGUAGE]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the text has."""
        return tuple(language for language, _ in self.by_language)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a method. `minutes` are planned, `minimum` is the least when time is short.

    `who` types at the table: nobody, scribe, facilitator or everybody. `keeps` says what is stored
    and `paper` what stands in for the screen; both may be empty.
    """

    key: str
    title: Words
    prompt: Words
    minutes: int
    minimum: int
    who: str
    keeps: str
    paper: str


@dataclass(frozen=True, slots=True)
class Method:
    """One exercise: its steps in order."""

    key: str
    title: Words
    about: Words
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        """Minutes planned for all steps."""
        return sum(step.minutes for step in self.steps)

    @property
    def minimum(self) -> int:
        """The fewest minutes in which every step still has its own minimum."""
        return sum(step.minimum for step in self.steps)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that every title and prompt of the method has."""
        texts = [self.title, *(words for step in self.steps for words in (step.title, step.prompt))]
        return tuple(
            language
            for language in self.title.languages
            if all(language in words.languages for words in texts)
        )


@cache
def shipped_methods() -> tuple[Method, ...]:
    """Returns the methods that come with the program."""
    folder = files("checkin.exercises") / "data"
    return tuple(
        method_of(tomllib.loads((folder / f"{key}.toml").read_text(encoding="utf-8")))
        for key in SHIPPED
    )


def method_named(name: str, own: Iterable[Method] = ()) -> Method | None:
    """Returns the method of that key among the shipped ones and `own`; None when there is none."""
    wanted = name.strip().casefold()
    return next((each for each in (*shipped_methods(), *own) if each.key == wanted), None)


def read_method(path: Path) -> Method:
    """Returns the method in the TOML file at `path`.

    Raises ListFileError with one sentence: the first thing that is wrong, and how many more are.
    """
    return method_of(_read(path))


def faults_of(path: Path) -> tuple[str, ...]:
    """Returns everything that is wrong with the file at `path`, a sentence each; empty when none.

    Raises ListFileError when it can't be read as TOML at all.
    """
    return faults(_read(path))


def own_methods(folder: Path) -> tuple[tuple[Method, ...], tuple[str, ...]]:
    """Returns the methods in the TOML files of `folder`, and a sentence for each file that is none.

    A method whose key is taken by a shipped one or an earlier file is left out, and said.
    """
    methods: list[Method] = []
    sentences: list[str] = []
    taken = set(SHIPPED)
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else []:
        name = clean(path.name, 60)
        try:
            method = read_method(path)
        except ListFileError as error:
            sentences.append(f"{name}: {error}")
            continue
        if method.key in taken:
            sentences.append(f"{name}: there is a method called {method.key} already.")
        else:
            taken.add(method.key)
            methods.append(method)
    return tuple(methods), tuple(sentences)


def method_of(data: Mapping[str, Any]) -> Method:
    """Returns the method that parsed TOML describes; raises ListFileError for the first fault."""
    wrong = faults(data)
    if wrong:
        others = len(wrong) - 1
        more = f" ({others} more {'thing is' if others == 1 else 'things are'} wrong.)"
        raise ListFileError(wrong[0] + (more if others else ""))
    return Method(
        key=data["key"],
        title=_words(data["title"]),
        about=_words(data.get("about") or {FIRST_LANGUAGE: ""}),
        steps=tuple(
            Step(
                key=step["key"],
                title=_words(step["title"]),
                prompt=_words(step["prompt"]),
                minutes=step["minutes"],
                minimum=step.get("minimum", step["minutes"]),
                who=step.get("who", "nobody"),
                keeps=clean(step.get("keeps", "")),
                paper=clean(step.get("paper", "")),
            )
            for step in data["steps"]
        ),
    )


def faults(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Returns everything that is wrong with parsed TOML, a sentence each; empty when nothing is."""
    found: list[str] = []
    if not _KEY.fullmatch(_text(data.get("key"))):
        found.append('The method needs a key of small letters, such as key = "world-cafe".')
    found += _faults_of_words(data.get("title"), "The method", "title")
    if data.get("about") is not None:
        found += _faults_of_words(data["about"], "The method", "about")
    steps = data.get("steps")
    if not isinstance(steps, list) or not steps:
        return (*found, "The method needs steps; each begins with a line [[steps]].")
    if len(steps) > _MOST_STEPS:
        return (*found, f"The method has {len(steps)} steps; {_MOST_STEPS} are the most.")
    keys: set[str] = set()
    for number, step in enumerate(steps, start=1):
        if not isinstance(step, Mapping):
            found.append(f"Step {number} is no table; begin it with a line [[steps]].")
            continue
        found += _faults_of_step(step, f"Step {number}", keys)
    return tuple(found)


def _faults_of_step(step: Mapping[str, Any], name: str, keys: set[str]) -> list[str]:
    found = []
    key = _text(step.get("key"))
    if not _KEY.fullmatch(key):
        found.append(f'{name} needs a key of small letters, such as key = "silent-goals".')
    elif key in keys:
        found.append(f"{name} has the key {key}, which another step has already.")
    keys.add(key)
    found += _faults_of_words(step.get("title"), name, "title")
    found += _faults_of_words(step.get("prompt"), name, "prompt")
    minutes, minimum = step.get("minutes"), step.get("minimum", step.get("minutes"))
    if not _is_count(minutes) or not 1 <= minutes <= _LONGEST_STEP:
        found.append(f"{name} needs whole minutes from 1 to {_LONGEST_STEP}.")
    elif not _is_count(minimum) or not 0 <= minimum <= minutes:
        found.append(f"{name} has a minimum that is not from 0 to its {minutes} minutes.")
    if step.get("who", "nobody") not in _WHO:
        found.append(f"{name}: who types is one of {', '.join(_WHO)}.")
    for field in ("keeps", "paper"):
        if not isinstance(step.get(field, ""), str):
            found.append(f"{name}: {field} is a text in quotation marks.")
    return found


def _faults_of_words(value: Any, name: str, field: str) -> list[str]:
    if not isinstance(value, Mapping) or not value:
        return [f'{name} needs a {field} in English: {field}.en = "...".']
    found = []
    if not clean(_text(value.get(FIRST_LANGUAGE))):
        found.append(f"{name} needs a {field} in English; other languages may follow.")
    for language, text in value.items():
        if not _LANGUAGE.fullmatch(language):
            shown = clean(language, 20)
            found.append(f"{name}: {field} names a language “{shown}”; use two letters, like fr.")
        elif not isinstance(text, str):
            found.append(f"{name}: the {field} in {language} is a text in quotation marks.")
        elif len(text) > _LONGEST_PROMPT:
            found.append(
                f"{name}: the {field} in {language} has {len(text)} characters; "
                f"{_LONGEST_PROMPT} are the most that fit a screen."
            )
    return found


def _words(value: Mapping[str, str]) -> Words:
    return Words(
        tuple((language, clean(text, _LONGEST_PROMPT)) for language, text in value.items())
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _is_count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ListFileError(f"{clean(path.name, 60)} is far too large for a method.")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ListFileError(f"There is no file at {path}.") from None
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise ListFileError(f"{clean(path.name, 60)} can't be read: {reason}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reason = clean(str(error), 120)
        raise ListFileError(f"{clean(path.name, 60)} is not TOML: {reason}.") from error
