"""From cell paths to nested records: the classes of ``tables``, or derived ones for a form that has none there."""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, get_type_hints

import attrs

_GIVEN = {"2019": "Tables2019", "2021": "Tables2021"}
"""The forms that have classes in ``tables``. It makes nineteen, and most programs ask for cells alone."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CODE = re.compile(r"\w{1,40}")
DEEPEST = 12
"""Names in a path; the forms known have four at most."""

MOST_DERIVED = 1_000
"""Classes kept for forms of one's own; such a form needs some fifteen."""


def _given(form: str) -> Any:
    if form not in _GIVEN:
        return None
    from govdisclosure import tables

    return getattr(tables, _GIVEN[form])


def check_paths(form: str, paths: Collection[str]) -> None:
    """Raise ``ValueError`` unless cells of these paths make up the tables of ``form``.

    A form that has no classes in ``tables`` gets them made of the names in its paths, so that these must be names.
    """
    given = _given(form)
    if given is not None:
        wanted = _paths_of(given)
        for path in wanted:
            if path not in paths:
                raise ValueError(f"cells has no {path!r}, which is a cell of the form of {form}")
        for path in paths:
            if path not in wanted:
                raise ValueError(f"cells has {path!r}, which is no cell of the form of {form}")
        return
    if _CODE.fullmatch(form) is None:
        raise ValueError(f"form is {form!r}, which is no code of a form")
    groups: set[str] = set()
    for path in paths:
        names = path.split(".", DEEPEST)
        if len(names) > DEEPEST or not all(map(_is_name, names)):
            raise ValueError(f"cells has {path!r}, which is no path of a cell")
        groups.update(".".join(names[:depth]) for depth in range(1, len(names)))
    for path in paths:
        if path in groups:
            raise ValueError(f"cells has {path!r} as a cell and as a group of cells")


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None and not keyword.iskeyword(text) and text != "self"


def build_tables(form: str, values: Mapping[str, Any]) -> Any:
    """The nested record of all tables of ``form``, filled with ``values`` by path."""
    given = _given(form)
    if given is None:
        return _derived_class(form, tuple(values))(*_branches(_nested(values)))
    return _fill(given, "", values)


@cache
def _fields(cls: type) -> tuple[tuple[str, type | None], ...]:
    """The fields of a record class, each with the record class it holds (``None``: a value)."""
    hints = get_type_hints(cls)
    return tuple((name, hints[name] if attrs.has(hints[name]) else None) for name in attrs.fields_dict(cls))


def _fill(cls: type, prefix: str, values: Mapping[str, Any]) -> Any:
    return cls(
        *(
            values[f"{prefix}{name}"] if inner is None else _fill(inner, f"{prefix}{name}.", values)
            for name, inner in _fields(cls)
        )
    )


@cache
def _paths_of(cls: type) -> dict[str, None]:
    """The paths of a given class's values, in order."""
    return dict.fromkeys(_walk(cls, ""))


def _walk(cls: type, prefix: str) -> Iterator[str]:
    for name, inner in _fields(cls):
        if inner is None:
            yield f"{prefix}{name}"
        else:
            yield from _walk(inner, f"{prefix}{name}.")


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for path, value in values.items():
        *groups, leaf = path.split(".")
        node = root
        for group in groups:
            node = node.setdefault(group, {})
        node[leaf] = value
    return root


def _branches(node: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(
        _derived_class(name, tuple(inner))(*_branches(inner)) if isinstance(inner, dict) else inner
        for name, inner in node.items()
    )


@lru_cache(MOST_DERIVED)
def _derived_class(name: str, paths: tuple[str, ...]) -> type:
    fields = list(dict.fromkeys(path.partition(".")[0] for path in paths))
    return attrs.make_class(f"Tables_{name}", fields, frozen=True, slots=True)
