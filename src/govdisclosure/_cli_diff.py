"""The command ``govdisclosure diff``: two reports side by side on a terminal, as JSON or as a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from govdisclosure._changes import Changes, prose_summary
from govdisclosure._cli_console import make_console
from govdisclosure._cli_sources import NamedSource, says
from govdisclosure._compare import diff
from govdisclosure._difference_words import change, printable, remarks, short_names, sign, stated
from govdisclosure._differences import CellEdit, SectionChanged, Side
from govdisclosure._labels import SECTION_TITLES, column_label, row_labels, section_of
from govdisclosure._prose_differences import only_white_space
from govdisclosure.errors import ParseError
from govdisclosure.records import Report

_STYLES = {"▲": "green", "▼": "red"}


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--json", "as_json", is_flag=True, help="Write the edits as JSON.")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write a page to this file.")
def diff_command(old: str, new: str, as_json: bool, page: Path | None) -> None:
    """Show what changed from the report OLD to the report NEW.

    Each is a document that can be parsed, or a report saved as JSON (*.json); - is standard input. Marks: ▲ larger,
    ▼ smaller, + appeared, × vanished, ○ stated otherwise, ≈ another note, ? doubtful.

    Exit status: 0 no differences, 1 differences, 2 something could not be read.
    """
    changes = diff(_read(old), _read(new))
    if page is not None:
        page.write_text(changes.to_html(), encoding="utf-8")
    if as_json:
        click.echo(json.dumps(changes.to_dict(), ensure_ascii=False, indent=1))
    elif page is None:
        show(changes, make_console())
    raise click.exceptions.Exit(1 if changes else 0)


class _Unreadable(click.ClickException):
    exit_code = 2


def show(changes: Changes, console: Console) -> None:
    """The changes on a terminal: a summary, then each section's prose and table in turn, then what explains what."""
    console.print(Text(printable(changes.summary())))
    prose = {edit.name: edit for edit in changes.prose}
    tables = {section_of(edit.path) for edit in changes.cells}
    for name in changes.sections:
        if name in prose or name in tables:
            console.print()
            console.print(Text(SECTION_TITLES.get(name, printable(name)), style="bold"))
        if name in prose:
            console.print(Text(f"text: {prose_summary(prose[name])}"))
            console.print(_listed(_prose(prose[name])))
        if name in tables:
            console.print(_cell_table(changes, name))
    for title, lines in (
        ("Rows that the form does not have", list(_extra_rows(changes))),
        ("Not comparable", list(_not_comparable(changes))),
        ("From one year to the next", list(_continuity(changes))),
    ):
        if lines:
            console.print()
            console.print(Text(title, style="bold"))
            console.print(_listed(lines))


def _listed(lines: Iterable[tuple[str, Text]]) -> Table:
    """Lines with a mark before each, folded beside it."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for mark, line in lines:
        grid.add_row(Text(mark, style=line.style), line)
    return grid


def _read(name: str) -> Report:
    """The report in a file. Ends the command with status 2 if there is none."""
    try:
        return NamedSource.open(name).report()
    except (ParseError, OSError) as error:
        raise _Unreadable(printable(f"{name}: {says(error)}")) from error


def _cell_table(changes: Changes, section: str) -> Table:
    old, new = short_names(changes)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("row", overflow="fold")
    table.add_column("column", overflow="fold")
    table.add_column(old, justify="right", no_wrap=True)
    table.add_column(new, justify="right", no_wrap=True)
    table.add_column("change", overflow="fold")
    before = ""
    for edit in changes.cells:
        if section_of(edit.path) != section:
            continue
        row = _row_name(changes, edit)
        style = _STYLES.get(sign(edit), "yellow")
        table.add_row(
            Text(sign(edit) + ("?" if edit.doubts else ""), style=style),
            Text(row if row != before else "", style="bold" if row != before else ""),
            Text(column_label(str(changes.new.form), edit.path)),
            Text(stated(edit.before)),
            Text(stated(edit.after), style=style),
            Text("; ".join([change(edit), *remarks(changes, edit)])),
        )
        before = row
    return table


def _row_name(changes: Changes, edit: CellEdit) -> str:
    labels = row_labels(str(changes.new.form), edit.path)[1:]
    return " / ".join(label for label in labels if not label.startswith(("第二十条", "三、本年度办理结果")))


def _prose(edit: SectionChanged) -> Iterator[tuple[str, Text]]:
    if edit.old_title != edit.new_title:
        yield "- title", Text(printable(edit.old_title or ""), style="red")
        yield "+ title", Text(printable(edit.new_title or ""), style="green")
    for sentence in edit.sentences:
        if only_white_space(sentence):
            continue
        moved = " moved" if sentence.kind == "moved" else ""
        if sentence.old is not None and not (moved and sentence.characters == ()):
            parts = [(part.old.start - sentence.old.start, part.old.text) for part in sentence.characters]
            yield f"-{moved}", _marked(sentence.old.text, parts, "red")
        if sentence.new is not None:
            parts = [(part.new.start - sentence.new.start, part.new.text) for part in sentence.characters]
            mark, style = ("↕ moved", "yellow") if moved and not sentence.characters else (f"+{moved}", "green")
            yield mark, _marked(sentence.new.text, parts, style)


def _marked(sentence: str, parts: list[tuple[int, str]], style: str) -> Text:
    """A sentence, the characters that differ underlined."""
    line = Text(style=style)
    at = 0
    for start, part in parts:
        line.append(printable(sentence[at:start]))
        line.append(printable(part), style="bold underline")
        at = start + len(part)
    line.append(printable(sentence[at:]))
    line.rstrip()
    return line


def _extra_rows(changes: Changes) -> Iterator[tuple[str, Text]]:
    for edit in changes.extra_rows:
        for mark, rows, style in (("-", edit.old, "red"), ("+", edit.new, "green")):
            for row in rows:
                yield mark, Text(printable(f"{row.label}: {' | '.join(row.raw)}"), style=style)


def _not_comparable(changes: Changes) -> Iterator[tuple[str, Text]]:
    counts: dict[tuple[Side, str], int] = {}
    for edit in changes.not_comparable:
        counts[edit.side, edit.reason] = counts.get((edit.side, edit.reason), 0) + 1
    names = dict(zip(Side, short_names(changes), strict=True))
    for (side, reason), count in counts.items():
        yield names[side], Text(f"{count} {'cell' if count == 1 else 'cells'}: {reason}")


def _continuity(changes: Changes) -> Iterator[tuple[str, Text]]:
    """What is not as the year before leads one to expect; the rest is only counted."""
    for found in changes.continuity:
        if not found.holds:
            doubt = " (rests on a doubtful value)" if found.doubts else ""
            style = "red" if found.holds is False else "yellow"
            yield found.verdict, Text(f"{found.label}: {found.equation}{doubt}", style=style)
    kept = sum(1 for found in changes.continuity if found.holds)
    if kept:
        yield (
            "holds",
            Text(f"{kept} other{'' if kept == 1 else 's'}" if kept < len(changes.continuity) else f"all {kept}"),
        )
