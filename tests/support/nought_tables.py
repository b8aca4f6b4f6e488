"""The tables of the form of 2021 as text, with noughts in all cells: what a case with ``@requests`` in it stands for."""

from __future__ import annotations

import random
import re

from tests.support.grids import Looks, tables
from tests.support.layouts import LAYOUTS
from tests.support.truth import Truth, form

FORM = form("2021")


def printed_tables() -> dict[str, str]:
    truth = Truth(form="2021", title="", agency="", year=2020, cells=dict.fromkeys(FORM.cell_paths, 0))
    layout = LAYOUTS["tabs_empty"]
    return {name: "\n".join(layout.render(grid, random.Random(0))) for name, grid in tables(truth, Looks()).items()}


TABLES = printed_tables()


def with_tables(text: str) -> str:
    """``text`` with the tables in place of ``@proactive``, ``@requests`` and ``@appeals``."""
    return re.sub("@(proactive|requests|appeals)", lambda found: TABLES[found[1]], text)
