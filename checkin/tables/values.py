"""Frozen slotted values without the import cost of `dataclasses`.

`dataclasses` pulls `inspect` and `re`: 13 ms on the machine this was measured on, more than the
whole engine may cost to import. `value` makes the same kind of class (keyword or positional fields,
defaults, equality, hash, a readable repr, pickling) at 0.1 ms each. Type checkers see the real
`dataclass`. `dataclasses.replace` doesn't know these classes: use `changed`.
"""

from __future__ import annotations

__all__ = ["changed", "value"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass as value
    from typing import Any, TypeVar

    T = TypeVar("T")
else:

    def value(*, frozen, slots):
        """Returns a class decorator; both arguments must be true, as everywhere in this program."""
        assert frozen
        assert slots
        return _made


def changed(old: T, **fields: Any) -> T:
    """Returns a copy of a value with some fields changed."""
    names = type(old).__slots__  # type: ignore[attr-defined]
    return type(old)(**({name: getattr(old, name) for name in names} | fields))


def _made(plain: Any) -> Any:
    """Builds the slotted class of `plain`: its annotations are the fields, in order."""
    names = tuple(plain.__annotations__)
    body = {k: v for k, v in vars(plain).items() if k not in ("__dict__", "__weakref__", *names)}
    defaults = {f"_{name}": vars(plain)[name] for name in names if name in vars(plain)}
    arguments = ", ".join(f"{n}=_{n}" if f"_{n}" in defaults else n for n in names)
    lines = [f"def __init__(self, {arguments}):"]
    lines += [f"    put(self, {name!r}, {name})" for name in names]
    if "__post_init__" in body:
        lines.append("    self.__post_init__()")
    scope: dict[str, Any] = {"put": object.__setattr__, **defaults}
    exec("\n".join(lines), scope)
    fields = _fields_of(names)

    def equal(self: Any, other: object) -> Any:
        return fields(self) == fields(other) if type(other) is type(self) else NotImplemented

    def shown(self: Any) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__name__}({inside})"

    body |= {
        "__slots__": names,
        "__match_args__": names,
        "__init__": scope["__init__"],
        "__eq__": equal,
        "__hash__": lambda self: hash(fields(self)),
        "__repr__": shown,
        "__reduce__": lambda self: (type(self), fields(self)),
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
    return type(plain.__name__, plain.__bases__, body)


def _fields_of(names: tuple[str, ...]) -> Any:
    """Returns the function that lists a value's fields as a tuple."""
    return lambda self: tuple([getattr(self, name) for name in names])


def _refuse(self: object, name: str, *_new: object) -> None:
    """Values never change after they are made."""
    raise AttributeError(f"{type(self).__name__}.{name} can't be changed; use changed()")
