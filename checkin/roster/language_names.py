"""What languages are called in English, to read back what was understood of a form.

One name for each code that `languages` knows; an unknown code is given back as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

_LIST = """
bg:Bulgarian cs:Czech da:Danish de:German el:Greek en:English es:Spanish et:Estonian
fi:Finnish fr:French ga:Irish hr:Croatian hu:Hungarian it:Italian lt:Lithuanian
lv:Latvian mt:Maltese nl:Dutch pl:Polish pt:Portuguese ro:Romanian sk:Slovak
sl:Slovenian sv:Swedish ca:Catalan eu:Basque gl:Galician tr:Turkish is:Icelandic
no:Norwegian uk:Ukrainian ru:Russian sr:Serbian sq:Albanian mk:Macedonian bs:Bosnian
lb:Luxembourgish cy:Welsh gd:Gaelic br:Breton be:Belarusian ka:Georgian hy:Armenian
he:Hebrew ar:Arabic fa:Persian zh:Chinese ja:Japanese ko:Korean hi:Hindi
vi:Vietnamese rm:Romansh fy:Frisian oc:Occitan co:Corsican
"""
_NAMES = dict(pair.split(":") for pair in _LIST.split())


def in_english(codes: Iterable[str]) -> str:
    """Returns the languages of ISO 639-1 `codes` by name, in their order: `Romanian, English`."""
    return ", ".join(_NAMES.get(code, code) for code in codes)
