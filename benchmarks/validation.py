"""How long ``validate`` takes beside ``parse``: milliseconds a report, the best of several rounds.

Run: python benchmarks/validation.py [FILE]
"""

from __future__ import annotations

import sys
import timeit
from pathlib import Path

import govdisclosure as gd

EXAMPLE = Path(__file__).parent.parent / "examples" / "report-2023.txt"
ROUNDS, TIMES = 5, 10


def milliseconds(work: object) -> float:
    return min(timeit.repeat(work, number=TIMES, repeat=ROUNDS)) / TIMES * 1000  # type: ignore[arg-type]


def main() -> None:
    text = Path(sys.argv[1] if len(sys.argv) > 1 else EXAMPLE).read_text(encoding="utf-8")
    report = gd.parse(text)
    print(f"parse            {milliseconds(lambda: gd.parse(text)):6.1f} ms")
    print(f"validate         {milliseconds(lambda: gd.validate(report)):6.1f} ms")
    print(f"validate (pair)  {milliseconds(lambda: gd.validate(report, report)):6.1f} ms")


if __name__ == "__main__":
    main()
