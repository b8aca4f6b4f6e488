"""Hypothesis strategies: consistent tables of either form, and the formulas that hold over them.

The formulas are written down here once more, from the forms, and not taken from the rules they test.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.support.report_factory import paths_of

COLUMNS = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_interest_organization",
    "legal_service_organization",
    "other_organization",
)
OUTCOMES = {
    "2019": 19,
    "2021": 21,
}
APPEALS = ("reconsideration", "litigation.direct", "litigation.after_reconsideration")
FORMS = st.sampled_from(["2019", "2021"])
SMALL = st.one_of(st.just(0), st.integers(0, 40))


def request_rows(form: str) -> list[str]:
    rows = dict.fromkeys(path.rpartition(".")[0] for path in paths_of(form) if path.startswith("requests."))
    return list(rows)


def outcome_rows(form: str) -> list[str]:
    balance = {f"requests.{row}" for row in ("received", "carried_in", "concluded", "carried_over")}
    rows = [row for row in request_rows(form) if row not in balance]
    assert len(rows) == OUTCOMES[form]
    return rows


@st.composite
def consistent_tables(draw: st.DrawFn, form: str) -> dict[str, Any]:
    """All cells of a form, such that every sum of the T family holds."""
    values: dict[str, Any] = dict.fromkeys(paths_of(form), 0)
    rows = outcome_rows(form)
    numbers = draw(st.lists(SMALL, min_size=len(rows) * 6, max_size=len(rows) * 6))
    for index, row in enumerate(rows):
        for offset, column in enumerate(COLUMNS):
            values[f"{row}.{column}"] = numbers[index * 6 + offset]
    for column in COLUMNS:
        concluded = sum(values[f"{row}.{column}"] for row in rows)
        carried_over = draw(SMALL)
        carried_in = draw(st.integers(0, concluded + carried_over))
        values[f"requests.concluded.{column}"] = concluded
        values[f"requests.carried_over.{column}"] = carried_over
        values[f"requests.carried_in.{column}"] = carried_in
        values[f"requests.received.{column}"] = concluded + carried_over - carried_in
    for row in request_rows(form):
        values[f"{row}.total"] = sum(values[f"{row}.{column}"] for column in COLUMNS)
    for track in APPEALS:
        parts = draw(st.lists(SMALL, min_size=4, max_size=4))
        for leaf, part in zip(("upheld", "corrected", "other", "pending"), parts, strict=True):
            values[f"{track}.{leaf}"] = part
        values[f"{track}.total"] = sum(parts)
    _fill_proactive(draw, form, values)
    return values


def _fill_proactive(draw: st.DrawFn, form: str, values: dict[str, Any]) -> None:
    stock = "proactive.normative_documents"
    low, middle, high = sorted(draw(st.lists(SMALL, min_size=3, max_size=3)))
    if form == "2021":
        values.update({f"{stock}.issued": middle, f"{stock}.repealed": low, f"{stock}.in_force": high})
    else:
        values.update({f"{stock}.published": low, f"{stock}.produced": middle, f"{stock}.in_public": high})
        for row in ("licensing", "other_services", "penalties", "coercive_measures", "fees"):
            items = draw(SMALL)
            values[f"proactive.{row}.previous_items"] = items
            values[f"proactive.{row}.change"] = draw(st.integers(-items, 40))
        values["proactive.procurement.amount"] = Decimal(draw(SMALL)) / 16
    for path in values:
        if path.endswith(".decisions"):
            values[path] = draw(SMALL)


def formulas(form: str) -> list[tuple[str, frozenset[str]]]:
    """Every equation of the T family: its code and the cells it is about."""
    found: list[tuple[str, frozenset[str]]] = []
    for column in (*COLUMNS, "total"):
        balance = (f"requests.{row}.{column}" for row in ("received", "carried_in", "concluded", "carried_over"))
        found.append(("T101", frozenset(balance)))
        outcomes = [f"{row}.{column}" for row in outcome_rows(form)]
        found.append(("T102", frozenset([*outcomes, f"requests.concluded.{column}"])))
    for row in request_rows(form):
        found.append(("T103", frozenset(f"{row}.{column}" for column in (*COLUMNS, "total"))))
    for track in APPEALS:
        cells = frozenset(f"{track}.{leaf}" for leaf in ("upheld", "corrected", "other", "pending", "total"))
        found.append(("T104" if track == "reconsideration" else "T105", cells))
    return found


def floors(values: dict[str, Any], form: str) -> set[tuple[str, frozenset[str]]]:
    """The inequalities of the T family that do not hold."""
    failing: set[tuple[str, frozenset[str]]] = set()
    if form == "2021":
        for row in ("proactive.regulations", "proactive.normative_documents"):
            issued, repealed, in_force = (f"{row}.{leaf}" for leaf in ("issued", "repealed", "in_force"))
            if values[in_force] < values[issued] - values[repealed]:
                failing.add(("T109", frozenset((issued, repealed, in_force))))
        return failing
    for row in ("proactive.regulations", "proactive.normative_documents"):
        for other in ("produced", "in_public"):
            if values[f"{row}.published"] > values[f"{row}.{other}"]:
                failing.add(("T110", frozenset((f"{row}.published", f"{row}.{other}"))))
    for row in ("licensing", "other_services", "penalties", "coercive_measures", "fees"):
        items, change = f"proactive.{row}.previous_items", f"proactive.{row}.change"
        if values[items] + values[change] < 0:
            failing.add(("T111", frozenset((items, change))))
    return failing
