"""A document written down so that people can read it: a line each, cells with column and width."""

from __future__ import annotations

from govdisclosure._source import Document, Line


def written(document: Document) -> str:
    named = [
        ("published", document.published),
        ("publisher", document.publisher),
        ("title", document.title),
        *((f"note {code}", text) for code, text in document.notes),
    ]
    head = [f"{name}: {value}" for name, value in named if value is not None]
    return "\n".join([*head, "--", *map(written_line, document.lines)]) + "\n"


def written_line(line: Line) -> str:
    if not line.ruled:
        return line.text
    cells = [
        f"{cell.column}{f'+{cell.width}' if cell.width > 1 else ''}:{cell.text}".replace("\n", "⏎")
        for cell in line.fragments
    ]
    place = f"[{line.table}.{line.row}] " if line.table is not None else "[] "
    return place + " | ".join(cells)


def rows(document: Document) -> list[list[str]]:
    """The texts of the ruled lines' cells."""
    return [[cell.text for cell in line.fragments] for line in document.lines if line.ruled]
