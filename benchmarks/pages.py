"""Pages of docs/ whose figures benchmarks fill in: blocks between ``<!-- figures: NAME -->`` and ``<!-- end -->``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
BLOCK = re.compile(r"(<!-- figures: (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def fill(page: str, made: Mapping[str, str]) -> None:
    """Replace the blocks of a page that were made; the others stay as they are."""
    file = DOCS / page
    text = file.read_text("utf-8")
    file.write_text(BLOCK.sub(lambda found: found[1] + made.get(found[2], found[3]) + found[4], text), "utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"
