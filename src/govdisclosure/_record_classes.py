"""From cell paths to nested records: the classes of ``tables``, or derived ones for a form that has none there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, get_type_hints

import attrs

from govdisclosure import tables

_GIVEN: dict[str, type] = {"2019": tables.Tables2019, "2021": tables.Tables2021}


def build_tables(form: str, values: Mapping[str, Any]) -> Any:
    """The nested record of all tables of ``form``, filled with ``values`` by path."""
    given = _GIVEN.get(form)
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


@cache
def _derived_class(name: str, paths: tuple[str, ...]) -> type:
    fields = list(dict.fromkeys(path.partition(".")[0] for path in paths))
    return attrs.make_class(f"Tables_{name}", fields, frozen=True, slots=True)
