"""How long ``validate`` takes beside ``parse``: milliseconds of processor time a report, the best of several rounds.

The rules on tables and those on prose are timed apart: what the latter cost grows with the prose.
Run: python benchmarks/validation.py [FILE ...]
"""

from __future__ import annotations

import sys
import time
import timeit
from collections.abc import Callable
from pathlib import Path

import attrs

import govdisclosure as gd
from govdisclosure import Report

EXAMPLE = Path(__file__).parent.parent / "examples" / "report-2023.txt"
ROUNDS, TIMES = 7, 10


def milliseconds(work: Callable[[], object]) -> float:
    return min(timeit.repeat(work, number=TIMES, repeat=ROUNDS, timer=time.process_time)) / TIMES * 1000


def before(report: Report) -> Report:
    """The same report as if it were last year's."""
    return attrs.evolve(report, year=report.year - 1 if report.year is not None else None)


def main() -> None:
    for path in map(Path, sys.argv[1:] or [EXAMPLE]):
        text = path.read_text(encoding="utf-8")
        report = gd.parse(text)
        previous = before(report)
        parsing = milliseconds(lambda text=text: gd.parse(text))
        print(f"{path.name}: {sum(len(s.text) for s in report.sections)} characters of prose, parse {parsing:.2f} ms")
        for name, codes in (
            ("all rules", None),
            ("tables (T, X)", ["T", "X"]),
            ("prose and form (N, F, P)", ["N", "F", "P"]),
        ):
            cost = milliseconds(lambda report=report, codes=codes: gd.validate(report, select=codes))
            print(f"  {name:26} {cost:6.3f} ms, {cost / parsing:.0%} of parse")
        cost = milliseconds(lambda report=report, previous=previous: gd.validate(report, previous))
        print(f"  {'with last year':26} {cost:6.3f} ms, {cost / parsing:.0%} of parse")


if __name__ == "__main__":
    main()
