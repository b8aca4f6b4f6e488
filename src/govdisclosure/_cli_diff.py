"""The command ``govdisclosure diff``: two reports side by side on a terminal, as JSON or as a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from govdisclosure._changes import Changes, prose_summary
from govdisclosure._compare import diff
from govdisclosure._difference_words import change, heading, printable, remarks, short_names, sign, stated
from govdisclosure._differences import CellEdit, SectionChanged, Side
from govdisclosure._labels import SECTION_TITLES, column_label, row_labels, section_of
from govdisclosure._prose_differences import only_white_space
from govdisclosure.errors import ParseError
from govdisclosure.records import Report

_STYLES = {"▲": "green", "▼": "red"}


@click.command("diff")
@click.argument("old", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write the edits as JSON.")
@click.option("--html", "page", type=click.File("w", encoding="utf-8", lazy=True), help="Write a page to this file.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 if the reports differ.")
def diff_command(old: Path, new: Path, as_json: bool, page: TextIO | None, exit_code: bool) -> None:
    """Show what changed from the report OLD to the report NEW.

    Each is a document that can be parsed, or a report that was saved as JSON (*.json). Marks: ▲ larger, ▼ smaller,
    + appeared, × vanished, ○ stated otherwise, ≈ another note, ? doubtful.
    """
    changes = diff(_read(old), _read(new))
    if page is not None:
        page.write(changes.to_html())
    if as_json:
        click.echo(json.dumps(changes.to_dict(), ensure_ascii=False, indent=1))
    elif page is None:
        show(changes, Console(highlight=False))
    if exit_code and changes:
        raise click.exceptions.Exit(1)


def show(changes: Changes, console: Console) -> None:
    """The changes on a terminal: a summary, a table of cells for each table of the form, the prose, what explains what."""
    console.print(Text(printable(changes.summary())))
    if not changes:
        return
    for section in dict.fromkeys(section_of(edit.path) for edit in changes.cells):
        console.print()
        console.print(_cell_table(changes, section))
    for edit in changes.prose:
        console.print()
        for line in _prose(edit):
            console.print(line)
    for group in (_extra_rows, _not_comparable, _continuity):
        lines = list(group(changes))
        if lines:
            console.print()
        for line in lines:
            console.print(line)


def _read(path: Path) -> Report:
    try:
        if path.suffix.lower() == ".json":
            return Report.from_dict(json.loads(path.read_text(encoding="utf-8")))
        from govdisclosure import parse

        return parse(path)
    except (ParseError, ValueError) as error:
        raise click.ClickException(printable(f"{path}: {error}")) from error


def _cell_table(changes: Changes, section: str) -> Table:
    old, new = short_names(changes)
    table = Table(box=box.SIMPLE_HEAD, title=SECTION_TITLES.get(section, section), title_justify="left", padding=(0, 1))
    table.add_column("", no_wrap=True)
    table.add_column("row", ratio=3, overflow="fold")
    table.add_column("column", overflow="fold")
    table.add_column(old, justify="right", no_wrap=True)
    table.add_column(new, justify="right", no_wrap=True)
    table.add_column("change", ratio=3, overflow="fold")
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


def _prose(edit: SectionChanged) -> Iterator[Text]:
    yield Text(f"{SECTION_TITLES.get(edit.name, edit.name)}: {prose_summary(edit)}", style="bold")
    if edit.old_title != edit.new_title:
        yield Text(printable(f"- title: {edit.old_title}"), style="red")
        yield Text(printable(f"+ title: {edit.new_title}"), style="green")
    for sentence in edit.sentences:
        if only_white_space(sentence):
            continue
        moved = " moved" if sentence.kind == "moved" else ""
        if sentence.old is not None:
            parts = [(part.old.start - sentence.old.start, part.old.text) for part in sentence.characters]
            yield _marked(f"-{moved} ", sentence.old.text, parts, "red")
        if sentence.new is not None and not (moved and not sentence.characters):
            parts = [(part.new.start - sentence.new.start, part.new.text) for part in sentence.characters]
            yield _marked(f"+{moved} ", sentence.new.text, parts, "green")


def _marked(mark: str, sentence: str, parts: list[tuple[int, str]], style: str) -> Text:
    """A sentence with a mark before it; the characters that differ underlined."""
    line = Text(mark, style=style)
    at = 0
    for start, part in parts:
        line.append(printable(sentence[at:start]))
        line.append(printable(part), style="bold underline")
        at = start + len(part)
    line.append(printable(sentence[at:]))
    line.rstrip()
    return line


def _extra_rows(changes: Changes) -> Iterator[Text]:
    for edit in changes.extra_rows:
        yield Text("Rows that the form does not have", style="bold")
        for mark, rows, style in (("-", edit.old, "red"), ("+", edit.new, "green")):
            for row in rows:
                yield Text(printable(f"{mark} {row.label}: {' | '.join(row.raw)}"), style=style)


def _not_comparable(changes: Changes) -> Iterator[Text]:
    counts: dict[tuple[Side, str], int] = {}
    for edit in changes.not_comparable:
        counts[edit.side, edit.reason] = counts.get((edit.side, edit.reason), 0) + 1
    if counts:
        yield Text("Not comparable", style="bold")
    reports = {Side.OLD: changes.old, Side.NEW: changes.new}
    for (side, reason), count in counts.items():
        cells = "1 cell" if count == 1 else f"{count} cells"
        yield Text(f"  {heading(reports[side])}, {cells}: {reason}")


def _continuity(changes: Changes) -> Iterator[Text]:
    if changes.continuity:
        yield Text("From one year to the next", style="bold")
    for found in changes.continuity:
        style = {False: "red", None: "yellow", True: ""}[found.holds]
        doubt = " (rests on a doubtful value)" if found.doubts else ""
        yield Text(f"  {found.verdict}: {found.label}: {found.equation}{doubt}", style=style)
