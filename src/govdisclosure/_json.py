"""Reports as JSON's own types and back; the only place that knows the schema."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from govdisclosure._record_classes import check_paths
from govdisclosure.records import (
    SCHEMA_VERSION,
    Cell,
    CellState,
    Diagnostic,
    ExtraRow,
    Form,
    Report,
    Section,
    Severity,
    Span,
    Value,
)

T = TypeVar("T")

LONGEST_NUMBER = 100
"""Digits of a number, before and after the point; ``parse`` reads fifteen and what decimals a cell has room for."""


def report_to_dict(report: Report) -> dict[str, Any]:
    return {
        "schema": SCHEMA_VERSION,
        "title": report.title,
        "agency": report.agency,
        "year": report.year,
        "form": str(report.form),
        "published": report.published.isoformat() if report.published else None,
        "publisher": report.publisher,
        "sections": [
            {"name": s.name, "title": s.title, "text": s.text, "span": _span_to_dict(s.span)} for s in report.sections
        ],
        "cells": {
            path: {
                "value": str(cell.value) if isinstance(cell.value, Decimal) else cell.value,
                "raw": cell.raw,
                "state": str(cell.state),
                "span": _span_to_dict(cell.span),
            }
            for path, cell in report.table_cells
        },
        "extra_rows": [
            {"label": r.label, "raw": list(r.raw), "after": r.after, "span": _span_to_dict(r.span)}
            for r in report.extra_rows
        ],
        "diagnostics": [
            {
                "code": d.code,
                "severity": str(d.severity),
                "message": d.message,
                "paths": list(d.paths),
                "span": _span_to_dict(d.span),
            }
            for d in report.diagnostics
        ],
    }


def report_from_dict(data: Mapping[str, Any]) -> Report:
    if not isinstance(data, Mapping):
        raise ValueError(f"a report is a JSON object, not {type(data).__name__}")
    if data.get("schema") != SCHEMA_VERSION:
        raise ValueError(f"schema {data.get('schema')!r} is not {SCHEMA_VERSION}, the one this version reads")
    published = _take(data, "published", str, optional=True)
    form = _take(data, "form", str)
    check_paths(form, _take(data, "cells", dict))
    return Report(
        title=_take(data, "title", str, optional=True),
        agency=_take(data, "agency", str, optional=True),
        year=_year(_take(data, "year", int, optional=True)),
        form=_form(form),
        published=_guard(datetime.date.fromisoformat, published, "published") if published else None,
        publisher=_take(data, "publisher", str, optional=True),
        sections=tuple(
            Section(
                name=_take(s, "name", str, f"sections[{i}]"),
                title=_take(s, "title", str, f"sections[{i}]"),
                text=_take(s, "text", str, f"sections[{i}]"),
                span=_span(s, f"sections[{i}]"),
            )
            for i, s in enumerate(_objects(data, "sections"))
        ),
        table_cells=tuple(
            (str(path), _cell(cell, f"cells[{path!r}]")) for path, cell in _take(data, "cells", dict).items()
        ),
        extra_rows=tuple(
            ExtraRow(
                label=_take(r, "label", str, f"extra_rows[{i}]"),
                raw=_strings(r, "raw", f"extra_rows[{i}]"),
                after=_take(r, "after", str, f"extra_rows[{i}]"),
                span=_span(r, f"extra_rows[{i}]"),
            )
            for i, r in enumerate(_objects(data, "extra_rows"))
        ),
        diagnostics=tuple(
            Diagnostic(
                code=_take(d, "code", str, f"diagnostics[{i}]"),
                severity=_guard(Severity, _take(d, "severity", str, f"diagnostics[{i}]"), f"diagnostics[{i}].severity"),
                message=_take(d, "message", str, f"diagnostics[{i}]"),
                paths=_strings(d, "paths", f"diagnostics[{i}]"),
                span=_span(d, f"diagnostics[{i}]"),
            )
            for i, d in enumerate(_objects(data, "diagnostics"))
        ),
    )


def _year(year: int | None) -> int | None:
    if year is not None and not datetime.MINYEAR <= year < datetime.MAXYEAR:  # the report is due in the year after
        raise ValueError("year is not a year of the calendar")
    return year


def _form(text: str) -> Form | str:
    return Form(text) if text in Form.__members__.values() else text


def _cell(data: Any, where: str) -> Cell:
    if not isinstance(data, Mapping):
        raise ValueError(f"{where} is not an object")
    return Cell(
        value=_value(data.get("value"), f"{where}.value"),
        raw=_take(data, "raw", str, where),
        state=_guard(CellState, _take(data, "state", str, where), f"{where}.state"),
        span=_span(data, where),
    )


def _value(value: Any, where: str) -> Value:
    if isinstance(value, str):
        number = _guard(Decimal, value, where)
        if not number.is_finite():
            raise ValueError(f"{where} is {value!r}, not a number")
        if max(abs(number.adjusted()), len(number.as_tuple().digits)) > LONGEST_NUMBER:
            raise ValueError(f"{where} has more than {LONGEST_NUMBER} digits")
        return number
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) >= 10**LONGEST_NUMBER:
            raise ValueError(f"{where} has more than {LONGEST_NUMBER} digits")
        return value
    if value is None:
        return None
    raise ValueError(f"{where} is {value!r}; numbers with decimals are written as strings")


def _span_to_dict(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    written: dict[str, Any] = {"text": span.text}
    written |= {name: value for name in _SPAN_NUMBERS if (value := getattr(span, name)) is not None}
    if span.box is not None:
        written["box"] = list(span.box)
    return written


_SPAN_NUMBERS = ("line", "column", "end_line", "table", "row", "page")


def _span(data: Mapping[str, Any], where: str) -> Span | None:
    span = _take(data, "span", dict, where, optional=True)
    if span is None:
        return None
    where = f"{where}.span"
    box = _take(span, "box", list, where, optional=True)
    if box is not None and not (len(box) == 4 and all(isinstance(x, (int, float)) for x in box)):
        raise ValueError(f"{where}.box is not four numbers")
    numbers = {name: _take(span, name, int, where, optional=True) for name in _SPAN_NUMBERS}
    return Span(text=_take(span, "text", str, where), box=tuple(box) if box else None, **numbers)


def _take(data: Any, key: str, kind: type[T], where: str = "", *, optional: bool = False) -> Any:
    name = f"{where}.{key}" if where else key
    if not isinstance(data, Mapping):
        raise ValueError(f"{where} is not an object")
    value = data.get(key)
    if value is None and optional:
        return None
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"{name} is {'missing' if value is None else 'not of type ' + kind.__name__}")
    return _text(value, name) if isinstance(value, str) else value


def _text(text: str, name: str) -> str:
    """JSON can name halves of characters (surrogates), which no file can hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(f"{name} holds half a character, {text[:40]!a}") from None
    return text


def _objects(data: Mapping[str, Any], key: str) -> list[Any]:
    objects: list[Any] = _take(data, key, list)
    return objects


def _strings(data: Any, key: str, where: str) -> tuple[str, ...]:
    values = _take(data, key, list, where)
    if not all(isinstance(value, str) for value in values):
        raise ValueError(f"{where}.{key} holds something that is not text")
    return tuple(_text(value, f"{where}.{key}") for value in values)


def _guard(make: Callable[[str], T], text: str, where: str) -> T:
    try:
        return make(text)
    except (ValueError, InvalidOperation):
        raise ValueError(f"{where} is {text!r}, which can't be read") from None
