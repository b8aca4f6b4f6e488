"""Times ``diff`` and its page on the example reports, and on prose of growing length to show that the cost is linear.

python benchmarks/diff_speed.py
"""

from __future__ import annotations

import json
from pathlib import Path
from timeit import repeat

import attrs

from govdisclosure import Report, diff

EXAMPLES = Path(__file__).parent.parent / "examples"


def example(year: int) -> Report:
    return Report.from_dict(json.loads((EXAMPLES / f"qinglan_{year}.json").read_text(encoding="utf-8")))


def with_overview(report: Report, text: str) -> Report:
    return attrs.evolve(report, sections=(attrs.evolve(report.sections[0], text=text), *report.sections[1:]))


def milliseconds(program: object, number: int = 5) -> float:
    return min(repeat(program, number=number, repeat=3)) / number * 1000  # type: ignore[arg-type]


def main() -> None:
    old, new = example(2022), example(2023)
    changes = diff(old, new)
    print(f"two years of a city: diff {milliseconds(lambda: diff(old, new)):.1f} ms")
    print(f"page ({len(changes.to_html()) // 1000} kB): {milliseconds(changes.to_html):.1f} ms")
    print(f"apply: {milliseconds(lambda: changes.apply(old)):.1f} ms")
    kinds = {
        "own sentences": (lambda i: f"第{i}条：公开信息{i * 7}条。", lambda i: f"第{i}条：公开信息{i * 9}条。"),
        "one sentence": (lambda i: "依法公开。", lambda i: "依法公开。" if i % 3 else "及时回应。"),
        "no sentences": (lambda i: "啊哦"[i % 7 % 2] * 8, lambda i: "啊哦"[i % 5 % 2] * 8),
    }
    for name, (before, after) in kinds.items():
        for count in (200, 2_000, 20_000):
            a, b = (with_overview(old, "".join(map(make, range(count)))) for make in (before, after))
            print(f"{name}, {count}: {milliseconds(lambda a=a, b=b: diff(a, b), 1):.0f} ms")


if __name__ == "__main__":
    main()
