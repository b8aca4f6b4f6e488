"""Fills the figures of docs/performance.md from what the benchmarks measured: ``python -m benchmarks.performance_page``.

The page has blocks between comments, ``<!-- figures: NAME -->`` to ``<!-- end -->``. A block whose benchmark has not
run here stays as it is; the text around the blocks is written by hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from benchmarks.growth import RESULTS as GROWTH
from benchmarks.growth import Point, growth, stored
from benchmarks.growth_pictures import draw
from benchmarks.pages import fill, table
from benchmarks.stages import REST, STAGES
from benchmarks.year_of_china import RESULTS as YEAR

SPEED = GROWTH.with_name("speed.json")

OF_FORMAT: dict[str, Callable[[str], bool]] = {
    "text": lambda subject: subject.startswith("text: "),
    "html": lambda subject: subject in ("HTML", "html: reference"),
    "docx": lambda subject: subject in ("Word", "docx: reference"),
    "pdf": lambda subject: subject in ("PDF", "pdf: reference"),
}

BLOCKS = (
    "machine",
    "start",
    "records",
    "stages",
    "million",
    *(f"peers_{name}" for name in OF_FORMAT),
    "growth",
    "year",
)
"""The blocks of the page."""


def main() -> None:
    made: dict[str, str] = {}
    if SPEED.exists():
        made |= speed_blocks(json.loads(SPEED.read_text("utf-8")))
    if GROWTH.exists():
        draw(stored())
        made["growth"] = growth_table(stored())
    if YEAR.exists():
        made["year"] = year_table(json.loads(YEAR.read_text("utf-8")))
    fill("performance.md", made)
    print(f"written: {', '.join(made) or 'nothing; no benchmark has run here'}")


# -- speed -------------------------------------------------------------------------------------------------------------


def speed_blocks(data: dict[str, Any]) -> dict[str, str]:
    runs = [{**run["extra_info"], "ms": run["stats"]["min"] * 1000} for run in data["benchmarks"]]
    machine = data["machine_info"]
    brand = machine.get("cpu", {}).get("brand_raw", "an unnamed processor")
    blocks = {name: _peers_table(runs, name) for name in OF_FORMAT}
    return {
        "machine": f"\n{brand}, {machine['python_implementation']} {machine['python_version']}.\n\n",
        "start": _start_table(runs),
        "records": _records_table(runs),
        "stages": _stages_table(runs),
        "million": _million(runs),
        **{f"peers_{name}": block for name, block in blocks.items()},
    }


def _start_table(runs: list[dict[str, Any]]) -> str:
    start = [run for run in runs if run["subject"] == "start"]
    alone = next(run["ms"] for run in start if run["what"] == "Python alone")
    rows = [
        (run["what"], f"{run['ms'] - alone:.0f}", "yes" if run["lark"] else "no", str(run["modules"]))
        for run in start
        if run["what"] != "Python alone"
    ]
    return table((f"above bare Python ({alone:.0f} ms)", "ms", "loads Lark", "modules"), rows)


def _records_table(runs: list[dict[str, Any]]) -> str:
    rows = [(run["what"], f"{run['ms']:.2f}") for run in runs if run["subject"] == "records"]
    return table(("on reports in memory", "ms"), rows)


def _peers_table(runs: list[dict[str, Any]], format: str) -> str:
    own = [run for run in runs if OF_FORMAT[format](run["subject"])]
    calls = list(dict.fromkeys(run["what"] for run in own))
    rows = []
    for subject in dict.fromkeys(run["subject"] for run in own):
        times = {run["what"]: run["ms"] / run["reports"] for run in own if run["subject"] == subject}
        one = next(run for run in own if run["subject"] == subject)
        cells = [
            f"{times[call]:.1f}" + (f" ({times[call] / times['parse']:.2f})" if call != "parse" else "")
            if call in times
            else ""
            for call in calls
        ]
        rows.append((subject, str(one["reports"]), f"{one['bytes'] / one['reports'] / 1000:.0f}", *cells))
    return table(("source", "reports", "kB each", *(f"{call}" for call in calls)), rows)


def _stages_table(runs: list[dict[str, Any]]) -> str:
    timed = [run for run in runs if run.get("stages")]
    rows = [
        (stage, *(f"{run['stages'].get(stage, 0) / sum(run['stages'].values()):.0%}" for run in timed))
        for stage in (*STAGES, REST)
    ]
    rows.append(("all, ms", *(f"{sum(run['stages'].values()) * 1000:.1f}" for run in timed)))
    return table(("stage", *(run["subject"].removeprefix("text: ") for run in timed)), rows)


def _million(runs: list[dict[str, Any]]) -> str:
    rows = []
    for subject in ("text: tabs_empty", "text: words_narrow, paged", "HTML", "Word", "PDF"):
        for run in runs:
            if run["subject"] == subject and run["what"] == "parse":
                hours = run["ms"] * 1_000_000 / 1_000 / 3_600
                rows.append(
                    (subject, f"{run['ms']:.0f}", f"{1000 / run['ms']:.0f}", f"{hours:.1f}", f"{hours / 8:.1f}")
                )
    return table(("source", "ms each", "a second, one core", "hours, one core", "hours, eight cores"), rows)


# -- growth ------------------------------------------------------------------------------------------------------------


def growth_table(curves: dict[str, list[Point]]) -> str:
    rows = []
    for name, points in curves.items():
        last = [point for point in points if not point.refused][-1]
        limit = re.search(r"MAXIMUM_\w+", points[-1].outcome) if points[-1].refused else None
        rows.append(
            (
                name,
                f"{last.bytes / 1e6:.2f}",
                f"{last.seconds:.1f}",
                f"{last.peak:.0f}",
                f"{growth(points, 'time'):.2f}",
                f"{growth(points, 'memory'):.2f}",
                f"`{limit[0]}`" if limit else (points[-1].outcome[:40] if points[-1].refused else ""),
            )
        )
    return table(("what grows", "largest, MB", "s", "peak MB", "growth of time", "of memory", "twice that meets"), rows)


# -- a year ------------------------------------------------------------------------------------------------------------


def year_table(result: dict[str, Any]) -> str:
    counts: dict[str, int] = result["counts"]
    reports, cells = counts["reports"], counts["cells"]
    rate = reports / result["parse_seconds"]
    moments = [result["moments"][at] for at in (0, len(result["moments"]) // 2, -1)]
    lines: list[tuple[str, str]] = [
        ("reports", f"{reports:,}"),
        ("megabytes of source", f"{counts['bytes'] / 1e6:,.0f}"),
        ("processes", str(result["jobs"])),
        ("minutes, with making and judging them", f"{result['seconds'] / 60:.1f}"),
        ("reports a second of processor time in `parse`", f"{rate:.0f}"),
        *(
            (f"after {m['reports']:,.0f}: parent, largest worker", f"{m['parent']:.0f} MB, {m['workers']:.0f} MB")
            for m in moments
        ),
        *((name, f"{counts.get(name, 0):,}") for name in YEAR_REPORTS),
        *((name, f"{counts.get(name, 0):,} ({counts.get(name, 0) / cells:.3%})") for name in YEAR_CELLS),
    ]
    return table(("a year of China", ""), lines)


YEAR_REPORTS = (
    "reports exact",
    "reports exact or inferred",
    "reports with doubts",
    "refused",
    "reports silently wrong",
    "title, agency or year off",
    "prose off",
)
YEAR_CELLS = (
    "cells exact",
    "cells inferred",
    "cells doubtful",
    "cells needless",
    "cells misstated",
    "cells silent",
)


if __name__ == "__main__":
    main()
