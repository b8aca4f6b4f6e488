"""A year of all of China: some 180,000 invented reports through ``parse`` on all cores, each compared with its truth.

    python -m benchmarks.year_of_china                       all of them
    python -m benchmarks.year_of_china --reports 3000        fewer
    python -m benchmarks.year_of_china --first 812 --reports 1 --keep DIR     one again, by its seed

Every worker makes its reports from their seeds, so that nothing but counts passes between processes or stays behind.
Reports with a silently wrong cell are kept as files in the folder ``--keep`` names, with what was wrong beside them.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import time
from collections import Counter
from pathlib import Path

import attrs

from benchmarks.inputs import lengthened
from govdisclosure import ParseError, parse
from tests.support import files
from tests.support.comparing import Judgement, Verdict, assess
from tests.support.layouts import LAYOUTS
from tests.support.printing import LOOKS, Surroundings, print_report
from tests.support.prose import STYLES
from tests.support.truth import BLANKS, Manner, Truth, invent

REPORTS = 180_000
CHUNK = 25
RESULTS = Path(__file__).parent / "results" / "year.json"
FILES = {"HTML": files.html_page, "Word": files.word_file, "PDF": files.pdf_document}
SUFFIXES = {"HTML": "html", "Word": "docx", "PDF": "pdf"}
SHARES = {"text": 70, "HTML": 20, "Word": 5, "PDF": 5}
"""Of a hundred reports so many in each format; texts come in every layout."""


@attrs.frozen
class Outcome:
    """What became of one report."""

    seed: int
    pid: int
    memory: float  #: megabytes the worker holds now
    seconds: float  #: of processor time in ``parse``
    counts: Counter[str]
    faults: tuple[str, ...] = ()


# -- one report --------------------------------------------------------------------------------------------------------


def made(seed: int) -> tuple[str, Truth, str | bytes]:
    """The report of that seed: its channel, its truth, and how it is printed."""
    chance = random.Random(seed)
    manner = Manner(
        form=chance.choice(("2019", "2021", "2021", "2021")),
        scale=chance.choice((9, 9, 90, 90, 3_000, 90_000_000)),
        consistent=chance.random() < 0.9,
        blanks=chance.choice(("none", "none", "none", "none", *BLANKS)),
        placeholders=chance.random() < 0.1,
        notes=chance.random() < 0.2,
        variants=chance.random() < 0.4,
        misprints=chance.random() < 0.05,
        extra_row=chance.random() < 0.05,
        prose=chance.choice(STYLES),
    )
    truth = lengthened(invent(seed, manner), chance.randint(2, 8), seed)
    looks = chance.choice(LOOKS)
    kind = chance.choices(list(SHARES), list(SHARES.values()))[0]
    if kind in FILES:
        return kind, truth, FILES[kind](truth, looks)
    layout = chance.choice(list(LAYOUTS))
    chrome, contents, pages, repeated = (chance.random() < 0.3 for _part in range(4))
    return layout, truth, print_report(truth, layout, looks, Surroundings(chrome, contents, pages, repeated, seed))


def work(seed: int) -> Outcome:
    """Make one report, read it, judge it."""
    channel, truth, source = made(seed)
    counts = Counter(reports=1)
    counts["bytes"] = len(source if isinstance(source, bytes) else source.encode())
    faults: tuple[str, ...] = ()
    started = time.process_time()
    try:
        report = parse(source)
    except ParseError as error:
        seconds = time.process_time() - started
        counts["refused"] += 1
        faults = (f"{channel}: refused: {error}",) if channel in FILES else ()
    else:
        seconds = time.process_time() - started
        judgement = assess(report, truth, source if isinstance(source, str) else None)
        faults = _count(counts, judgement, channel)
    return Outcome(seed, os.getpid(), memory_now(), seconds, counts, faults)


def _count(counts: Counter[str], judgement: Judgement, channel: str) -> tuple[str, ...]:
    verdicts = judgement.counts
    wrong = verdicts[Verdict.SILENT] + verdicts[Verdict.MISSTATED]
    counts.update({f"cells {verdict}": count for verdict, count in verdicts.items()})
    counts["cells"] += len(judgement.cells)
    if wrong:
        counts["reports silently wrong"] += 1
    elif verdicts[Verdict.EXACT] == len(judgement.cells):
        counts["reports exact"] += 1
    elif verdicts[Verdict.EXACT] + verdicts[Verdict.INFERRED] == len(judgement.cells):
        counts["reports exact or inferred"] += 1
    else:
        counts["reports with doubts"] += 1
    counts["title, agency or year off"] += bool(judgement.identity)
    counts["prose off"] += bool(judgement.prose)
    cells = [cell for cell in judgement.cells if cell.verdict in (Verdict.SILENT, Verdict.MISSTATED)]
    return tuple(f"{channel}: {cell.verdict}: {cell}" for cell in cells)


def memory_now() -> float:
    """Megabytes this process holds now; nought where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


# -- all of them -------------------------------------------------------------------------------------------------------


@attrs.define
class Tally:
    """Sums over all reports, and memory at some moments."""

    counts: Counter[str] = attrs.field(factory=Counter)
    seconds: float = 0.0
    workers: dict[int, float] = attrs.field(factory=dict)
    moments: list[dict[str, float]] = attrs.field(factory=list)
    kept: list[int] = attrs.field(factory=list)

    def add(self, outcome: Outcome) -> None:
        self.counts.update(outcome.counts)
        self.seconds += outcome.seconds
        self.workers[outcome.pid] = outcome.memory

    def note_memory(self) -> None:
        moment = {"reports": self.counts["reports"], "parent": memory_now(), "workers": max(self.workers.values())}
        self.moments.append(moment)
        print(
            f"{moment['reports']:>9,.0f} reports   parent {moment['parent']:.0f} MB, "
            f"largest worker {moment['workers']:.0f} MB",
            flush=True,
        )


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.year_of_china", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--reports", type=int, default=REPORTS, help=f"how many (default {REPORTS:,})")
    parser.add_argument("--first", type=int, default=0, help="the first seed (default 0)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (default: all cores)")
    parser.add_argument("--keep", type=Path, help="folder for reports that came out silently wrong")
    options = parser.parse_args()
    tally = Tally()
    marks = {max(1, options.reports * tenth // 10) for tenth in range(1, 11)}
    started = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(options.jobs) as pool:
        seeds = range(options.first, options.first + options.reports)
        for outcome in pool.imap_unordered(work, seeds, CHUNK if options.reports > 4 * CHUNK else 1):
            tally.add(outcome)
            if outcome.faults:
                tally.kept.append(outcome.seed)
                print(f"seed {outcome.seed}: {outcome.faults[0]}", flush=True)
                if options.keep:
                    keep(options.keep, outcome)
            if tally.counts["reports"] in marks:
                tally.note_memory()
    seconds = time.perf_counter() - started
    result = summary(tally, seconds, options.jobs)
    show(result)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1, ensure_ascii=False), "utf-8")
    return int(bool(tally.counts["reports silently wrong"]))


def keep(folder: Path, outcome: Outcome) -> None:
    """Write the report down once more, to be looked at."""
    folder.mkdir(parents=True, exist_ok=True)
    channel, truth, source = made(outcome.seed)
    name = f"{outcome.seed}-{channel}"
    (folder / f"{name}.faults").write_text("\n".join(outcome.faults) + f"\n{truth.title}\n", "utf-8")
    data = source if isinstance(source, bytes) else source.encode()
    (folder / f"{name}.{SUFFIXES.get(channel, 'txt')}").write_bytes(data)


def summary(tally: Tally, seconds: float, jobs: int) -> dict[str, object]:
    return {
        "jobs": jobs,
        "seconds": seconds,
        "parse_seconds": tally.seconds,
        "counts": dict(tally.counts),
        "moments": tally.moments,
        "seeds with faults": sorted(tally.kept),
    }


def show(result: dict[str, object]) -> None:
    counts = result["counts"]
    assert isinstance(counts, dict)
    reports = counts["reports"]
    print(f"\n{reports:,} reports in {result['seconds']:.0f} s with {result['jobs']} processes")
    print(f"{reports / float(str(result['seconds'])):.1f} reports a second with making and judging them")
    print(f"{reports / float(str(result['parse_seconds'])):.1f} reports a second of processor time in parse alone")
    for name, count in sorted(counts.items()):
        print(f"{name:>28} {count:>13,}")


if __name__ == "__main__":
    raise SystemExit(main())
