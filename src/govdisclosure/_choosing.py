"""Which form a document is on, told by the labels that only one form has; and whether it is a report at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import islice

from govdisclosure._characters import label_key
from govdisclosure._diagnostics import Notebook
from govdisclosure._forms import FormDefinition
from govdisclosure._vocabulary import vocabulary
from govdisclosure.errors import NotAReport, UnsupportedForm

FEWEST_ROWS = 3
"""A source with fewer of a form's row labels than this is no report on it."""

ENOUGH = 3
"""So many of a form's own labels are in no report on another form."""

_OLD_FORM = ("统计指标", "历年累计", "主动公开政府信息数", "收到政府信息公开申请总数", "信息公开申请总数")


def choose_form(text: str, forms: Sequence[FormDefinition], wanted: str | None, notebook: Notebook) -> FormDefinition:
    """The form whose own labels occur most, or the one ``wanted``.

    Raises ``NotAReport`` or ``UnsupportedForm`` if the text holds no form's labels.
    """
    key = label_key(text)
    if not any(_holds_rows(key, form) for form in forms):
        _refuse(key)
    found = {form.code: _found(key, _own_keys(form, tuple(forms))) for form in forms}
    likeliest = max(forms, key=lambda form: len(found[form.code]))
    full = [form for form in forms if len(found[form.code]) >= ENOUGH]
    if wanted is not None:
        return _wanted(wanted, forms, likeliest, notebook)
    if len(full) > 1:
        first = min(full, key=lambda form: min(found[form.code]))
        notebook.add("L304", "Reports on different forms follow one another; the first was read.", first.cell_paths)
        return first
    others = [len(found[form.code]) for form in forms if form is not likeliest]
    if not found[likeliest.code] or max(others, default=0) * 2 > len(found[likeliest.code]):
        codes = " and ".join(form.code for form in forms)
        notebook.add(
            "L305",
            f"The labels do not tell the forms {codes} clearly apart; read as form {likeliest.code}.",
            likeliest.cell_paths,
        )
    return likeliest


def _wanted(
    code: str, forms: Sequence[FormDefinition], likeliest: FormDefinition, notebook: Notebook
) -> FormDefinition:
    for form in forms:
        if form.code == code:
            if form is not likeliest:
                message = f"Read as form {code}, as asked, but the labels are those of form {likeliest.code}."
                notebook.add("L305", message, form.cell_paths)
            return form
    known = ", ".join(form.code for form in forms)
    raise UnsupportedForm(f"There is no form {code!r}.", advice=f"The forms known are {known}.")


def _holds_rows(key: str, form: FormDefinition) -> bool:
    cores = vocabulary(form).cores
    found = (row for row in form.rows if row.label is not None and cores[row.label.terminal] in key)
    return sum(1 for _ in islice(found, FEWEST_ROWS)) == FEWEST_ROWS


@cache
def _own_keys(form: FormDefinition, forms: tuple[FormDefinition, ...]) -> tuple[tuple[str, ...], ...]:
    """For each label that no other form has, the keys of those of its wordings that no other form's wording contains."""
    others = [vocabulary(other) for other in forms if other is not form]
    foreign = [key for other in others for keys in other.keys.values() for key in keys]
    own = (tuple(key for key in keys if not any(key in k for k in foreign)) for keys in vocabulary(form).keys.values())
    return tuple(keys for keys in own if keys)


def _found(text: str, labels: Sequence[Sequence[str]]) -> list[int]:
    """Where in the text the labels that occur in it stand first."""
    places = ([at for key in keys if (at := text.find(key)) >= 0] for keys in labels)
    return [min(own) for own in places if own]


def _refuse(key: str) -> None:
    if sum(word in key for word in _OLD_FORM) >= 1 and "信息公开" in key:
        raise UnsupportedForm(
            "this is a report of the years before 2019: its tables list 统计指标, which no cell of today's forms matches.",
            advice="Only the forms of 2019 and 2021 can be read.",
        )
    if "信息公开" in key and ("年度报告" in key or "年报" in key):
        raise NotAReport(
            "the text speaks of a yearly report, but holds none of the form's tables.",
            advice="Look whether the tables were published as pictures or in an attachment, and parse that.",
        )
    raise NotAReport(
        "this is no yearly open-government report: none of the form's tables is in it.",
        advice="Check that the right file or page was fetched (a login or error page has no tables).",
    )
