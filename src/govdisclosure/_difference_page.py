"""The changes between two reports as one HTML page without outside resources, and as a fragment for notebooks."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from govdisclosure._changes import Changes, prose_summary
from govdisclosure._difference_style import STYLE
from govdisclosure._difference_tables import section_table, text
from govdisclosure._difference_words import change, heading, remarks, short_names, sign, stated
from govdisclosure._differences import NotComparable, SectionChanged, SentenceEdit, Side, TextSpan
from govdisclosure._labels import SECTION_TITLES, cell_label
from govdisclosure._prose_differences import Piece, pieces
from govdisclosure.records import Report

_SHOWN_IN_NOTEBOOK = 60

_LEGEND = (
    ("▲", "larger"),
    ("▼", "smaller"),
    ("+", "appeared: nothing was stated before"),
    ("×", "vanished: nothing is stated now"),
    ("○", "stated otherwise: blank, placeholder and 0 differ, the quantity does not"),
    ("≈", "another note or unit"),
    ("?", "rests on a doubtful or inferred value"),
    ("hatched", "not comparable between the forms"),
)


def difference_page(changes: Changes) -> str:
    """A whole page: summary, prose with insertions and deletions, the three tables side by side, what explains what."""
    title = f"{heading(changes.old)} → {heading(changes.new)}"
    legend = "".join(f"<li><b>{text(mark)}</b> {text(meaning)}</li>" for mark, meaning in _LEGEND)
    body = [
        f"<h1>{text(title)}</h1>",
        f'<p class="lead">{text(_source(changes.old))}<br>{text(_source(changes.new))}</p>',
        f'<pre class="summary">{text(changes.summary())}</pre>',
        f'<ul class="legend">{legend}</ul>',
        _identity(changes),
        *(_section(changes, name) for name in changes.sections),
        _extra_rows(changes),
        _continuity(changes),
        _not_comparable(changes),
        _list(changes),
    ]
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{text(title)}</title><style>{STYLE}</style></head><body>\n"
        + "\n".join(filter(None, body))
        + "\n</body></html>\n"
    )


def notebook_fragment(changes: Changes) -> str:
    """The summary and the changed cells as a small table."""
    rows = "".join(
        f"<tr><td>{sign(edit)}</td><td>{text(cell_label(str(changes.new.form), edit.path))}</td>"
        f'<td style="text-align:right">{text(stated(edit.before))}</td>'
        f'<td style="text-align:right">{text(stated(edit.after))}</td>'
        f"<td>{text('; '.join([change(edit), *remarks(changes, edit)]))}</td></tr>"
        for edit in changes.cells[:_SHOWN_IN_NOTEBOOK]
    )
    left = len(changes.cells) - _SHOWN_IN_NOTEBOOK
    more = f"<p>and {left} more cells</p>" if left > 0 else ""
    old, new = short_names(changes)
    head = f"<tr><th></th><th>cell</th><th>{text(old)}</th><th>{text(new)}</th><th>change</th></tr>"
    table = f"<table>{head}{rows}</table>" if rows else ""
    return f"<div><pre>{text(changes.summary())}</pre>{table}{more}</div>"


def _source(report: Report) -> str:
    published = f", published {report.published}" if report.published else ""
    return f"{report.title or heading(report)} (form {report.form}{published})"


def _identity(changes: Changes) -> str:
    if not changes.identity:
        return ""
    old, new = short_names(changes)
    rows = (
        (edit.field, "" if edit.old is None else str(edit.old), "" if edit.new is None else str(edit.new))
        for edit in changes.identity
    )
    return "<h2>Identity</h2>" + _table(("what", old, new), rows)


def _section(changes: Changes, name: str) -> str:
    edit = next((edit for edit in changes.prose if edit.name == name), None)
    table = section_table(changes, name)
    old = next((s for s in changes.old.sections if s.name == name), None)
    if edit is None and not table and not (old and old.text.strip()):
        return ""
    html = f"<h2>{text(SECTION_TITLES.get(name, name))}</h2>"
    if edit is None:
        if old and old.text.strip():
            html += '<p class="lead">The text is unchanged.</p>'
            html += f'<div class="prose">{text(old.text)}</div>' if not table else ""
    else:
        html += _prose(edit, old.text if old else "")
    return f'<section data-section="{text(name)}">{html}{table}</section>'


def _prose(edit: SectionChanged, old: str) -> str:
    html = f'<p class="lead">Text: {text(prose_summary(edit))}.</p>'
    if edit.old_title != edit.new_title:
        html += f"<p>Title: <del>{text(edit.old_title or '')}</del> <ins>{text(edit.new_title or '')}</ins></p>"
    return html + f'<div class="prose">{"".join(map(_piece, pieces(old, edit.sentences)))}</div>'


def _piece(piece: Piece) -> str:
    if piece.kind == "kept":
        return text(piece.text)
    shown = text(piece.text)
    # A line break that came or went can't be seen; a sign can.
    if not piece.text.strip():
        shown = "¶" + ("\n" if piece.kind in ("inserted", "moved here") else "")
    if piece.kind == "moved here" and piece.edit is not None and piece.edit.new is not None:
        shown = _moved_text(piece.edit.new, piece.edit)
    tag = f'<small class="tag">{piece.kind}</small>' if piece.kind.startswith("moved") else ""
    element = "del" if piece.kind in ("deleted", "moved away") else "ins"
    moved = ' class="moved"' if tag else ""
    return f"{tag}<{element}{moved}>{shown}</{element}>"


def _moved_text(span: TextSpan, edit: SentenceEdit) -> str:
    """A moved sentence at its new place, what changed on the way in bold."""
    html, at = "", span.start
    for part in edit.characters:
        kept = span.text[at - span.start : part.new.start - span.start]
        html += text(kept) + (f"<b>{text(part.new.text)}</b>" if part.new.text else "")
        at = part.new.end
    return html + text(span.text[at - span.start :])


def _extra_rows(changes: Changes) -> str:
    if not changes.extra_rows:
        return ""
    edit = changes.extra_rows[0]
    rows = [
        (name, row.label, " | ".join(row.raw))
        for name, side in zip(short_names(changes), (edit.old, edit.new), strict=True)
        for row in side
    ]
    return "<h2>Rows that the form does not have</h2>" + _table(("report", "row", "cells"), rows)


def _continuity(changes: Changes) -> str:
    if not changes.continuity:
        return ""
    rows = [
        (
            found.label,
            {"=": "from the year before", "<=": "at most", ">=": "at least"}[found.relation],
            found.equation,
            found.verdict + "".join(f"; doubt: {d.code} {d.message}" for d in found.doubts),
        )
        for found in sorted(changes.continuity, key=lambda found: found.holds is not False)
    ]
    return "<h2>From one year to the next</h2>" + _table(("cell", "expected", "figures", "verdict"), rows)


def _not_comparable(changes: Changes) -> str:
    if not changes.not_comparable:
        return ""
    by_reason: dict[tuple[str, Side], list[NotComparable]] = {}
    for edit in changes.not_comparable:
        by_reason.setdefault((edit.reason, edit.side), []).append(edit)
    names = dict(zip(Side, short_names(changes), strict=True))
    forms = {Side.OLD: str(changes.old.form), Side.NEW: str(changes.new.form)}
    rows = [
        (
            names[side],
            reason,
            "; ".join(f"{cell_label(forms[side], edit.path)}: {stated(edit.cell)}" for edit in edits),
        )
        for (reason, side), edits in by_reason.items()
    ]
    return "<h2>Not comparable</h2>" + _table(("report", "reason", "cells"), rows)


def _list(changes: Changes) -> str:
    if not changes.cells:
        return ""
    old, new = short_names(changes)
    form = str(changes.new.form)
    rows = [
        (
            f"{sign(edit)} {cell_label(form, edit.path)}",
            stated(edit.before),
            stated(edit.after),
            change(edit),
            "; ".join(remarks(changes, edit)),
        )
        for edit in changes.cells
    ]
    return f"<h2>All {len(rows)} changed cells</h2>" + _table(
        ("cell", old, new, "change", "remarks"), rows, ("", "number", "number", "short", "")
    )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]], kinds: tuple[str, ...] = ()) -> str:
    """A table that turns into cards on a phone. ``kinds`` are the columns' classes, from the left."""
    head = "".join(f"<th>{text(name)}</th>" for name in heads)
    body = ""
    for row in rows:
        body += "<tr>"
        for name, value, kind in zip_longest(heads, row, kinds, fillvalue=""):
            bad = " bad" if value.startswith("does not hold") else ""
            body += f'<td class="{kind}{bad}" data-head="{text(name)}">{text(value)}</td>'
        body += "</tr>"
    return f'<table class="list"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
