"""``govdisclosure parse``: reports as a person's view, or as JSON lines."""

from __future__ import annotations

import json
import sys

import click
from rich.text import Text

from govdisclosure._cli_console import make_console
from govdisclosure._cli_sources import CLEAN, read_reports, says, worst
from govdisclosure._cli_view import show_report
from govdisclosure.errors import ParseError
from govdisclosure.records import Report


@click.command("parse")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a file instead of tables.")
def parse_command(files: tuple[str, ...], as_json: bool) -> None:
    """Read reports and show what is in them; "-" reads standard input.

    A file is a document, or a report that --json wrote (*.json).
    Signs in the tables: ! doubtful, ≈ inferred from the form's sums, ? lost. An empty cell is blank in the document.
    Exit status: 0 clean, 1 doubts, 2 something could not be read.
    """
    console, complaints = make_console(), make_console(stderr=True)
    status = CLEAN
    for number, (source, result) in enumerate(read_reports(files)):
        name = click.format_filename(source.name)
        if as_json:
            click.echo(json.dumps(_as_object(name, result), ensure_ascii=False))
        elif isinstance(result, Report):
            if number:
                console.print("─" * min(console.width, 80))
            show_report(console, name, result)
        else:
            complaints.print(Text.assemble((f"{name}: ", "bold"), says(result)))
        status = worst(status, result)
    sys.exit(status)


def _as_object(name: str, result: Report | ParseError | OSError) -> dict[str, object]:
    if isinstance(result, Report):
        return {"file": name, **result.to_dict()}
    return {"file": name, "error": says(result), "kind": type(result).__name__}
