"""Every benchmark runs, once and without a look at the clock, and the page has a place for its figures."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import pages, performance_page, year_of_china
from benchmarks.growth import Point, growth
from benchmarks.growth_inputs import SHAPES
from benchmarks.growth_worker import call_for
from benchmarks.inputs import inputs
from benchmarks.stages import REST, STAGES, stage_seconds
from tests.support.comparing import Verdict

ROOT = Path(__file__).parent.parent


def test_the_stages_have_their_names() -> None:
    """A stage that was renamed, or is no longer called under its name, would be counted with the rest."""
    text = next(subject.sources[0] for subject in inputs() if subject.format == "text")
    assert stage_seconds(text, rounds=1).keys() == {*STAGES, REST}


@pytest.mark.slow
def test_each_benchmark_once() -> None:
    command = [sys.executable, "-m", "pytest", "benchmarks", "--benchmark-disable", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_each_shape_is_read_when_small(shape: object, tmp_path: Path) -> None:
    source = shape.make(1)  # type: ignore[attr-defined]
    (tmp_path / "source").write_bytes(source if isinstance(source, bytes) else source.encode())
    call_for(shape.format, tmp_path / "source")()  # type: ignore[attr-defined]


def test_growth_is_the_exponent() -> None:
    points = [Point(size, size**2 / 1e6, 30, 30 + size, "report") for size in (100, 200, 400)]
    assert growth(points, "time") == pytest.approx(2)
    assert growth(points, "memory") == pytest.approx(1)


def test_a_year_counts_what_it_reads() -> None:
    outcomes = [year_of_china.work(seed) for seed in range(4)]
    tally = year_of_china.Tally()
    for outcome in outcomes:
        tally.add(outcome)
    counts = tally.counts
    assert counts["reports"] == 4
    assert sum(counts[f"cells {verdict}"] for verdict in Verdict) == counts["cells"] > 0
    assert year_of_china.made(3) == year_of_china.made(3)


def test_every_block_of_the_page_is_one_that_is_written() -> None:
    text = (pages.DOCS / "performance.md").read_text("utf-8")
    names = re.findall(r"<!-- figures: (\w+) -->", text)
    assert sorted(names) == sorted(performance_page.BLOCKS)
    assert len(pages.BLOCK.findall(text)) == len(names)


def test_pictures_are_those_the_page_shows() -> None:
    shown = set(re.findall(r"\]\(images/(growth_\w+\.svg)\)", (pages.DOCS / "performance.md").read_text("utf-8")))
    pictures = {path.name: path.stat().st_size for path in (ROOT / "docs" / "images").glob("growth_*.svg")}
    assert shown == pictures.keys()
    assert max(pictures.values()) < 200_000
