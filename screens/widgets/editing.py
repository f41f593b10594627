"""The editing keys of our text fields, each with an id so that it can be bound anew.

Enter and Tab are not among them: the fields take those themselves, in the order of the keys.
"""

from __future__ import annotations

from textual.binding import Binding, BindingType

_KEYS: tuple[tuple[str, str, str], ...] = (
    ("left", "cursor_left", "left"),
    ("right", "cursor_right", "right"),
    ("ctrl+left", "cursor_left_word", "word left"),
    ("ctrl+right", "cursor_right_word", "word right"),
    ("home,ctrl+a", "home", "start"),
    ("end,ctrl+e", "end", "end"),
    ("shift+left", "cursor_left(True)", "select left"),
    ("shift+right", "cursor_right(True)", "select right"),
    ("shift+home", "home(True)", "select to the start"),
    ("shift+end", "end(True)", "select to the end"),
    ("delete,ctrl+d", "delete_right", "delete"),
    ("ctrl+w", "delete_left_word", "delete the word"),
    ("ctrl+u", "delete_left_all", "delete to the start"),
    ("ctrl+k", "delete_right_all", "delete to the end"),
    ("ctrl+x", "cut", "cut"),
    ("ctrl+c,super+c", "copy", "copy"),
    ("ctrl+v", "paste", "paste"),
)

EDITING: list[BindingType] = [
    Binding(keys, action, word, id=f"edit.{word.replace(' ', '-')}", show=False)
    for keys, action, word in _KEYS
]
