"""Which cells of two forms count the same thing. Nothing is mapped by force: what is not named here is not compared."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

_TABLES: Final = ("requests.", "reconsideration.", "litigation.")
_DECISIONS: Final = frozenset(
    {"proactive.licensing.decisions", "proactive.penalties.decisions", "proactive.coercive_measures.decisions"}
)

_OTHERWISE: Final = "requests.otherwise."

# By the beginning or the end of the path; the first that fits counts.
_REASONS: Final[tuple[tuple[str, str, str], ...]] = (
    (_OTHERWISE, "", "one row in the form of 2019, three rows by reason in the form of 2021"),
    (
        "proactive.regulations.",
        "",
        "the forms count other things: made public (2019), issued, repealed, in force (2021)",
    ),
    (
        "proactive.normative_documents.",
        "",
        "the forms count other things: made public (2019), issued, repealed, in force (2021)",
    ),
    ("proactive.procurement.", "", "only the form of 2019 asks for procurement"),
    ("proactive.other_services.", "", "only the form of 2019 asks for other services"),
    ("proactive.fees.", "", "the form of 2019 counts the kinds of fees, that of 2021 the money taken"),
    ("", ".previous_items", "only the form of 2019 asks for the items in the catalogue"),
    ("", ".change", "only the form of 2019 asks for the items in the catalogue"),
)


def corresponds(path: str, old_form: str, new_form: str) -> bool:
    """Whether the cell at ``path``, which both reports have, counts the same in both forms."""
    if old_form == new_form:
        return True
    if path.startswith(_OTHERWISE):
        return False
    return path.startswith(_TABLES) or path in _DECISIONS


def reason_against(path: str, form: str, other_form: str, other_paths: Collection[str]) -> str:
    """Why the cell at ``path`` of ``form`` has no counterpart in ``other_form``."""
    if {form, other_form} == {"2019", "2021"}:
        for beginning, end, reason in _REASONS:
            if path.startswith(beginning) and path.endswith(end):
                return reason
    if path in other_paths:
        return f"no correspondence between the forms of {form} and {other_form} is known for this cell"
    return "the other report has no such cell"
