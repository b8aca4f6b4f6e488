"""The pages written from the code are up to date, and links between pages lead somewhere."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from govdisclosure import _limits as limits
from govdisclosure._diagnostics import CODES

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


def test_the_page_of_diagnostics_is_up_to_date() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "generate_docs.py"))
    assert script["PAGE"].read_text("utf-8") == script["page"](), "run python scripts/generate_docs.py"


def test_every_code_has_its_place_on_the_page() -> None:
    titles = re.findall(r"^### (\S+) (\S+)$", (ROOT / "docs" / "diagnostics.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(titles) == sorted((code.code, code.name) for code in CODES.values())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_every_page_can_be_reached() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    assert {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"} <= set(LINK.findall(index))


def test_every_limit_is_on_the_page() -> None:
    rows = re.findall(
        r"^\| `(MAXIMUM_\w+)` \| ([\d,]+) \|", (ROOT / "docs" / "refusals.md").read_text("utf-8"), re.MULTILINE
    )
    named = {name: value for name, value in vars(limits).items() if name.startswith("MAXIMUM_")}
    assert {name: int(value.replace(",", "")) for name, value in rows} == named
