"""The tables of two reports side by side as HTML: one a section, the old report's cells left, the new's right."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from attrs import define, field

from govdisclosure import _labels
from govdisclosure._changes import Changes
from govdisclosure._difference_words import change, printable, remarks, short_names, sign, signed, stated
from govdisclosure._differences import CellEdit, Side
from govdisclosure.records import Cell, CellState, Report


def text(value: str) -> str:
    """``value`` as HTML text."""
    return escape(printable(value))


@define
class _Row:
    """A row of the form: its cells in either report, by column."""

    path: str
    form: str
    cells: dict[Side, dict[str, Cell]] = field(factory=lambda: {Side.OLD: {}, Side.NEW: {}})

    @property
    def any_path(self) -> str:
        columns = self.cells[Side.NEW] or self.cells[Side.OLD]
        return f"{self.path}.{next(iter(columns))}"


def section_table(changes: Changes, section: str) -> str:
    """The section's table; empty if neither report's form has one there."""
    rows = _rows(changes, section)
    if not rows:
        return ""
    edits = {edit.path: edit for edit in changes.cells}
    apart = {(edit.path, edit.side) for edit in changes.not_comparable}
    widths = {side: max((len(row.cells[side]) for row in rows), default=0) or 1 for side in Side}
    body: list[str] = []
    heads: list[str] = []
    head: tuple[object, ...] = ()
    group: tuple[str, ...] = ()
    for row in rows:
        columns = {side: _columns(rows, row, side) for side in Side}
        if (article_of(row), columns) != head:
            head = (article_of(row), columns)
            heads.append(_head(changes, row, columns, widths))
            body.append(heads[-1])
        labels = _labels.row_labels(row.form, row.any_path)
        above = tuple(label for label in labels[1:-1] if label != article_of(row))
        for depth, label in enumerate(above):
            if above[: depth + 1] != group[: depth + 1]:
                span = 1 + sum(widths.values())
                body.append(
                    f'<tr class="group depth{depth}"><th colspan="{span}" scope="colgroup">{text(label)}</th></tr>'
                )
        group = above
        body.append(_row(changes, row, columns, widths, edits, apart, labels[-1], len(above)))
    # Heads that hold for the whole table are its own: print repeats them on each page.
    top = f"<thead>{body.pop(0)}</thead>" if len(heads) == 1 else ""
    return f'<div class="scroll"><table class="pair">{top}<tbody>{"".join(body)}</tbody></table></div>'


def article_of(row: _Row) -> str:
    """The article of the Regulations a row of table 二 stands under; empty elsewhere."""
    return next((label for label in _labels.row_labels(row.form, row.any_path) if label.startswith("第二十条")), "")


def _rows(changes: Changes, section: str) -> list[_Row]:
    """The rows of both forms in their order; a row of one form alone follows the row it follows there."""
    rows: dict[str, _Row] = {}
    for side, report in ((Side.NEW, changes.new), (Side.OLD, changes.old)):
        for path, cell in report.table_cells:
            if _labels.section_of(path) == section:
                row = _labels.row_of(path)
                rows.setdefault(row, _Row(row, str(report.form))).cells[side][path.rpartition(".")[2]] = cell
    order = _row_order(changes.new, section)
    previous = None
    for row in _row_order(changes.old, section):
        if row not in order:
            order.insert(order.index(previous) + 1 if previous is not None else 0, row)
        previous = row
    return [rows[row] for row in order]


def _row_order(report: Report, section: str) -> list[str]:
    paths = (path for path, _ in report.table_cells if _labels.section_of(path) == section)
    return list(dict.fromkeys(_labels.row_of(path) for path in paths))


def _columns(rows: list[_Row], row: _Row, side: Side) -> tuple[str, ...]:
    """The columns above a row; a row that one side lacks stands under the heads of the rows around it."""
    if row.cells[side]:
        return tuple(row.cells[side])
    same = (other for other in rows if other.cells[side] and article_of(other) == article_of(row))
    return tuple(next((tuple(other.cells[side]) for other in same), ()))


def _head(changes: Changes, row: _Row, columns: dict[Side, tuple[str, ...]], widths: dict[Side, int]) -> str:
    names = dict(zip(Side, short_names(changes), strict=True))
    first = article_of(row) or ""
    top = f'<th class="label" rowspan="2">{text(first)}</th>'
    below = ""
    for side in Side:
        top += f'<th class="{side} side" colspan="{widths[side]}">{text(names[side])}</th>'
        form = str((changes.old if side is Side.OLD else changes.new).form)
        for column, span in _spread(columns[side], widths[side]):
            label = _labels.column_label(form, f"{row.path}.{column}") if column else ""
            below += f'<th class="{side}" colspan="{span}" scope="col">{text(label)}</th>'
    return f'<tr class="head">{top}</tr><tr class="head">{below}</tr>'


def _spread(columns: tuple[str, ...], width: int) -> Iterator[tuple[str, int]]:
    """Columns with how many grid columns each takes: the last one fills what is left."""
    if not columns:
        yield "", width
    for n, column in enumerate(columns):
        yield column, 1 if n < len(columns) - 1 else width - n


def _row(
    changes: Changes,
    row: _Row,
    columns: dict[Side, tuple[str, ...]],
    widths: dict[Side, int],
    edits: dict[str, CellEdit],
    apart: set[tuple[str, Side]],
    label: str,
    depth: int,
) -> str:
    changed = any(f"{row.path}.{column}" in edits for side in Side for column in row.cells[side])
    classes = "changed-row" if changed else "same-row"
    if not row.cells[Side.NEW]:
        classes += " only-old"
    only = f'<small class="only">{text(short_names(changes)[0])} only</small>' if not row.cells[Side.NEW] else ""
    html = f'<tr class="{classes}"><th class="label depth{depth}" scope="row">{text(label)}{only}</th>'
    for side in Side:
        if not row.cells[side]:
            html += f'<td class="{side} absent" colspan="{widths[side]}">not in this form</td>'
            continue
        for column, span in _spread(columns[side], widths[side]):
            path = f"{row.path}.{column}"
            html += _cell(changes, path, side, row.cells[side][column], span, edits.get(path), (path, side) in apart)
    return html + "</tr>"


def _cell(changes: Changes, path: str, side: Side, cell: Cell, span: int, edit: CellEdit | None, apart: bool) -> str:
    place = f'data-path="{text(path)}" data-side="{side}"' + (f' colspan="{span}"' if span > 1 else "")
    shown = f'<span class="{"value" if cell.value is not None else "none"}">{text(_brief(cell))}</span>'
    if cell.state is CellState.INFERRED:
        shown += '<small class="note">inferred</small>'
    if apart:
        return f'<td class="{side} apart" {place} data-change="not comparable">{shown}</td>'
    if edit is None:
        return f'<td class="{side}" {place}>{shown}</td>'
    told = "; ".join([f"{stated(edit.before)} → {stated(edit.after)}", change(edit), *remarks(changes, edit)])
    direction = {"▲": " up", "▼": " down"}.get(sign(edit), "")
    classes = f"{side} changed{direction}" + (" doubtful" if edit.doubts else "")
    mark = f"{sign(edit)}{'?' if edit.doubts else ''}"
    extra = ""
    if side is Side.NEW:
        before = f"was {stated(edit.before)}"
        if edit.kind == "changed":
            extra = f'<small class="mark">{mark} {text(signed(edit.delta))}</small>'
            extra += f'<small class="was">{text(before)}</small>'
        else:
            word = edit.kind if edit.kind == "note changed" else before
            extra = f'<small class="mark word">{mark} {text(word)}</small>'
    return f'<td class="{classes}" {place} data-change="{text(edit.kind)}" title="{text(told)}">{shown}{extra}</td>'


def _brief(cell: Cell) -> str:
    """As ``stated``, but a blank cell is left blank."""
    if cell.value is None and cell.state is CellState.BLANK:
        return ""
    return stated(cell).removesuffix(" (inferred)")
