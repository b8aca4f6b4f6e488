"""The page of differences: opened in a real browser, and what must hold of its source."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest
from difference_reports import plain_report, reports, with_text
from hypothesis import given, settings
from test_diff import example

from govdisclosure import Cell, CellState, Report, diff
from govdisclosure._difference_words import figure

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


class Marks(HTMLParser):
    """Reads the marked cells, the insertions and the deletions out of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cells: dict[tuple[str, str], str] = {}
        self.kinds: dict[tuple[str, str], str] = {}
        self.doubtful: set[str] = set()
        self.runs: list[tuple[str, str]] = []
        self._cell: tuple[str, str] | None = None
        self._value = False
        self._run = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        if tag == "td" and "data-path" in named:
            self._cell = (str(named["data-path"]), str(named["data-side"]))
            self.cells[self._cell] = ""
            if named.get("data-change"):
                self.kinds[self._cell] = str(named["data-change"])
            if "doubtful" in str(named["class"]):
                self.doubtful.add(self._cell[0])
        self._value = self._cell is not None and tag == "span" and named.get("class") == "value"
        if tag in ("ins", "del"):
            self._run = tag
            self.runs.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._cell = None
        self._value = False
        if tag == self._run:
            self._run = ""

    def handle_data(self, data: str) -> None:
        if self._value and self._cell:
            self.cells[self._cell] += data
        if self._run:
            tag, text = self.runs[-1]
            self.runs[-1] = (tag, text + data)


def opened(page: str, folder: Path, width: int = 1300) -> str:
    """The page's document as the browser holds it after loading."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--window-size={width},900"]
    done = subprocess.run([*command, "--dump-dom", file.as_uri()], capture_output=True, timeout=60, check=True)
    return done.stdout.decode("utf-8")


@needs_browser
@pytest.mark.parametrize(("old", "new"), [(2022, 2023), (2020, 2021)])
def test_a_browser_shows_every_changed_cell_marked(old: int, new: int, tmp_path: Path) -> None:
    changes = diff(example(old), example(new))
    marks = Marks(opened(changes.to_html(), tmp_path))
    expected = {(edit.path, side): edit.kind for edit in changes.cells for side in ("old", "new")}
    expected |= {(edit.path, str(edit.side)): edit.kind for edit in changes.not_comparable}
    assert marks.kinds == expected
    assert len(marks.cells) == len(changes.old.table_cells) + len(changes.new.table_cells)
    for side, report in (("old", changes.old), ("new", changes.new)):
        shown = {path: text for (path, its_side), text in marks.cells.items() if its_side == side}
        assert shown == {path: figure(value) for path, value in report.cells().items()}
    assert marks.doubtful == {edit.path for edit in changes.cells if edit.doubts}


PHONE = """<!doctype html><meta charset="utf-8">
<iframe id="phone" style="width: 390px; height: 800px; border: 0" srcdoc="{page}"></iframe><output id="seen"></output>
<script>
  const phone = document.getElementById("phone");
  phone.onload = () => {{
    const inner = phone.contentDocument;
    const seen = (query) => [...inner.querySelectorAll(query)].filter((node) => node.getClientRects().length).length;
    document.getElementById("seen").textContent = JSON.stringify({{
      old: seen("td.old"), changed: seen("td.new.changed"), was: seen("td.new .was"),
      overflows: inner.documentElement.scrollWidth > inner.documentElement.clientWidth,
    }});
  }};
</script>"""


@needs_browser
def test_on_a_phone_the_new_cells_tell_the_old_values(tmp_path: Path) -> None:
    changes = diff(example(2022), example(2023))
    dom = opened(PHONE.format(page=escape(changes.to_html())), tmp_path)
    found = re.search(r'<output id="seen">(.*?)</output>', dom)
    assert found is not None
    numbers = sum(1 for edit in changes.cells if edit.kind == "changed")
    expected = {"old": 0, "changed": len(changes.cells), "was": numbers, "overflows": False}
    assert json.loads(unescape(found.group(1))) == expected


@needs_browser
def test_a_browser_shows_insertions_and_deletions(tmp_path: Path) -> None:
    old = with_text(plain_report(), overview="收到申请713件。\n将继续改进。", problems="人手不足。")
    new = with_text(plain_report(), overview="收到申请749件。将继续改进。", problems="人手不足。平台老旧。")
    marks = Marks(opened(diff(old, new).to_html(), tmp_path))
    assert marks.runs == [("del", "713"), ("ins", "749"), ("del", "¶"), ("ins", "平台老旧。")]


HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">&amp;\x00\x1b[31m\u202e'


def hostile_report() -> Report:
    report = plain_report(agency=HOSTILE)
    sections = tuple(attrs.evolve(s, title=f"{s.title}{HOSTILE}", text=f"{HOSTILE}。") for s in report.sections)
    report = attrs.evolve(report, title=HOSTILE, publisher=HOSTILE, sections=sections)
    return report.with_cells({"requests.received.total": Cell(None, raw=HOSTILE, state=CellState.PLACEHOLDER)})


def assert_harmless(page: str) -> None:
    assert "<script" not in page
    assert "<img" not in page
    assert not re.search(r"(?:src|href|action)\s*=|url\(|@import|https?:", page.replace(HOSTILE, ""))
    assert "\x00" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_nothing_in_a_report_becomes_markup() -> None:
    changes = diff(plain_report(), hostile_report())
    for page in (changes.to_html(), changes._repr_html_(), changes.mirrored().to_html()):
        assert "&lt;script&gt;" in page
        without_text = re.sub(r"&lt;.*?&gt;", "", page)
        assert_harmless(without_text)


def test_the_page_needs_nothing_from_outside() -> None:
    page = diff(example(2022), example(2023)).to_html()
    assert_harmless(page)
    assert "default-src 'none'" in page
    assert 'name="viewport"' in page
    assert "@media print" in page


@settings(deadline=None, max_examples=25)
@given(reports(), reports())
def test_any_two_reports_make_a_page(old: Report, new: Report) -> None:
    changes = diff(old, new)
    marks = Marks(changes.to_html())
    assert len(marks.kinds) == 2 * len(changes.cells) + len(changes.not_comparable)
    assert "<div>" in changes._repr_html_()


def test_the_notebook_view_is_short() -> None:
    fragment = diff(plain_report(value=1), plain_report(value=2))._repr_html_()
    assert "and 140 more cells" in fragment
    assert len(fragment) < 40_000
