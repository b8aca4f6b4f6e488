"""Work grows in proportion to the source, whatever it is made of: counted in calls, since clocks depend on the day."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.growth_inputs import SHAPES, Shape
from benchmarks.growth_worker import call_for

TOLERANCE = 1.4
"""Twice the source may take twice the calls and two fifths more; four times as many would be quadratic."""


def calls_in(work: Callable[[], object]) -> int:
    """How many functions, Python's own included, are called in the work."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_calls_grow_in_proportion(shape: Shape, tmp_path: Path) -> None:
    counts = []
    for steps in (1, *shape.steps[:3]):
        source = shape.make(steps)
        file = tmp_path / str(steps)
        file.write_bytes(source if isinstance(source, bytes) else source.encode())
        counts.append(calls_in(call_for(shape.format, file)))
    _first, small, middle, large = counts  # the first one loads what is loaded once
    assert large - middle <= TOLERANCE * 2 * (middle - small), counts


def test_quadratic_work_would_be_seen() -> None:
    def work(size: int) -> Callable[[], object]:
        return lambda: [len([]) for _row in range(size) for _column in range(size)]

    small, middle, large = (calls_in(work(size)) for size in (10, 20, 40))
    assert large - middle > TOLERANCE * 2 * (middle - small)
