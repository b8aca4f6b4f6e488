"""How reliable ``parse`` is on broken text: cells exact, inferred, doubtful and silently wrong.

    python -m benchmarks.reliability                    the plain texts, then each kind of damage with ten seeds
    python -m benchmarks.reliability --seeds 0          the plain texts alone
    python -m benchmarks.reliability --invented 5       invented reports instead, five in every layout
    python -m benchmarks.reliability --show-silent      every silently wrong cell, to be reproduced by its seed
    python -m benchmarks.reliability --page renderings  puts the figures into docs/reliability.md (or --page invented)

But for invented reports it needs the reference documents: GOVDISCLOSURE_REFERENCE names their folder.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import attrs

import govdisclosure
from benchmarks.pages import fill, table
from govdisclosure import MissingExtra, ParseError
from tests.support import reference
from tests.support.comparing import CellVerdict, Verdict, assess, judge
from tests.support.damage import ALL_KINDS, damaged
from tests.support.layouts import LAYOUTS
from tests.support.printing import LOOKS, Surroundings, keeps_everything, print_report
from tests.support.prose import STYLES
from tests.support.truth import BLANKS, Manner, Truth, invent

PLAIN = "plain"
COLUMNS = (*map(str, Verdict), "documents", "clean", "identity", "prose", "refused", "failed", "seconds")


@attrs.frozen
class Subject:
    """A text or a file to be read: a rendering, or an invented report in a layout."""

    name: str
    channel: str
    truth: Truth
    source: str | Path
    other: str = ""


@attrs.frozen
class Outcome:
    """What became of one source: counts by column, and lines worth showing."""

    channel: str
    damage: str
    counts: Counter[str]
    silent: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options().parse_args(arguments)
    names = _invented_names(options) if options.invented else _rendering_names(options)
    if not names:
        print(f"nothing to measure: {reference.MISSING}, or nothing has the names asked for", file=sys.stderr)
        return 2
    jobs = [(name, tuple(options.damages), options.seeds, options.first_seed) for name in names]
    with ProcessPoolExecutor(options.jobs) as pool:
        outcomes = [outcome for part in pool.map(_measure, jobs, chunksize=1) for outcome in part]
    plain = [outcome for outcome in outcomes if outcome.damage == PLAIN]
    rest = [outcome for outcome in outcomes if outcome.damage != PLAIN]
    _table("plain texts, by channel", "channel", ((outcome.channel, outcome.counts) for outcome in plain))
    if rest:
        _table("damaged texts, by damage", "damage", ((outcome.damage, outcome.counts) for outcome in rest))
        _table("damaged texts, by channel", "channel", ((outcome.channel, outcome.counts) for outcome in rest))
    if options.page:
        fill("reliability.md", {options.page: _page_table(plain, rest)})
    if options.show_silent:
        _lines("silently wrong, misstated or failed", (line for o in outcomes for line in o.silent))
    if options.show_problems:
        _lines("identity and prose", (line for o in plain for line in o.problems))
    return int(any(o.counts[Verdict.SILENT] or o.counts["failed"] for o in outcomes))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.reliability", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=10, help="seeds for each damage and text (default 10)")
    parser.add_argument("--first-seed", type=int, default=0, help="the first seed (default 0)")
    parser.add_argument("--invented", type=int, default=0, help="so many invented reports in every layout instead")
    parser.add_argument("--channels", nargs="*", default=[], help="only channels whose name contains one of these")
    parser.add_argument("--truths", nargs="*", default=[], help="only reports whose name contains one of these")
    parser.add_argument("--damages", nargs="*", default=list(ALL_KINDS), choices=ALL_KINDS, help="only these damages")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--page", choices=("renderings", "invented"), help="the block of docs/reliability.md to fill")
    parser.add_argument("--show-silent", action="store_true", help="list every silently wrong cell")
    parser.add_argument("--show-problems", action="store_true", help="list what is off in identity and prose")
    return parser


def _matches(name: str, parts: Sequence[str]) -> bool:
    return not parts or any(part in name for part in parts)


# -- what is measured --------------------------------------------------------------------------------------------------


def _rendering_names(options: argparse.Namespace) -> list[str]:
    return [
        rendering.name
        for rendering in reference.renderings()
        if _matches(rendering.channel, options.channels) and _matches(rendering.truth_name, options.truths)
    ]


def _invented_names(options: argparse.Namespace) -> list[str]:
    first = options.first_seed
    seeds = range(first, first + options.invented)
    return [f"{layout} {seed}" for layout in LAYOUTS if _matches(layout, options.channels) for seed in seeds]


def _subject(name: str) -> Subject:
    layout, _, seed = name.partition(" ")
    if seed:
        return _invented(layout, int(seed))
    rendering = next(rendering for rendering in reference.renderings() if rendering.name == name)
    texts = [other for other in reference.renderings() if other.is_text and other.truth != rendering.truth]
    same = [other for other in texts if other.channel == rendering.channel]
    return Subject(
        name,
        f"{rendering.channel} (lossy)" if rendering.lossy else rendering.channel,
        rendering.truth,
        rendering.text() if rendering.is_text else rendering.file,
        (same or texts)[0].text(),
    )


def _invented(layout: str, seed: int) -> Subject:
    """An invented report in a layout; its manner follows from the seed."""
    chance = random.Random(seed)
    manner = Manner(
        form=chance.choice(("2019", "2021")),
        scale=chance.choice((9, 90, 3_000, 90_000_000)),
        consistent=chance.random() < 0.7,
        blanks=chance.choice(("none", "none", "none", *BLANKS)),
        placeholders=chance.random() < 0.3,
        notes=chance.random() < 0.3,
        variants=chance.random() < 0.5,
        misprints=chance.random() < 0.3,
        extra_row=chance.random() < 0.2,
        prose=chance.choice(STYLES),
    )
    truth, looks = invent(seed, manner), chance.choice(LOOKS)
    chrome, contents, pages, repeated = (chance.random() < 0.5 for _part in range(4))
    around = Surroundings(chrome, contents, pages, repeated, seed)
    lossy = "" if keeps_everything(truth, layout) else " (lossy)"
    return Subject(
        f"{layout} {seed}",
        f"{layout}{lossy}",
        truth,
        print_report(truth, layout, looks, around),
        print_report(invent(seed + 1, manner), layout, looks, around),
    )


# -- one source --------------------------------------------------------------------------------------------------------


def _measure(job: tuple[str, tuple[str, ...], int, int]) -> list[Outcome]:
    name, kinds, seeds, first = job
    subject = _subject(name)
    outcomes = [_plain(subject)]
    if isinstance(subject.source, str):
        for kind in kinds:
            for seed in range(first, first + seeds):
                outcomes.extend(_damaged(subject, subject.source, kind, seed))
    return outcomes


def _plain(subject: Subject) -> Outcome:
    counts = Counter(documents=1)
    report = _parse(subject.source, counts)
    if isinstance(report, str):
        return Outcome(subject.channel, PLAIN, counts, silent=(f"{subject.name}: {report}",))
    judgement = assess(report, subject.truth, subject.source if isinstance(subject.source, str) else None)
    _count(counts, judgement.cells)
    counts.update(identity=bool(judgement.identity), prose=bool(judgement.prose))
    return Outcome(
        subject.channel,
        PLAIN,
        counts,
        silent=_faults(subject.name, judgement.cells),
        problems=tuple(f"{subject.name}: {problem}" for problem in (*judgement.identity, *judgement.prose)),
    )


def _damaged(subject: Subject, text: str, kind: str, seed: int) -> Iterator[Outcome]:
    damage = damaged(text, kind, seed, subject.other)
    if damage is None:
        return
    counts = Counter(documents=1)
    where = f"{subject.name} {kind} {seed} ({damage.done})"
    report = _parse(damage.text, counts)
    if isinstance(report, str):
        yield Outcome(subject.channel, kind, counts, silent=(f"{where}: {report}",) if counts["failed"] else ())
        return
    cells = judge(report, subject.truth.cells, subject.truth.written, damage.emptied)
    _count(counts, cells)
    yield Outcome(subject.channel, kind, counts, _faults(where, cells))


def _count(counts: Counter[str], cells: Sequence[CellVerdict]) -> None:
    counts.update(str(cell.verdict) for cell in cells)
    counts.update(clean=all(cell.verdict is Verdict.EXACT for cell in cells))


def _faults(where: str, cells: Sequence[CellVerdict]) -> tuple[str, ...]:
    faults = [cell for cell in cells if cell.verdict in (Verdict.SILENT, Verdict.MISSTATED)]
    return tuple(f"{where}: {fault.verdict}: {fault}" for fault in faults)


def _parse(source: str | Path, counts: Counter[str]) -> govdisclosure.Report | str:
    """The report, or what happened instead of it; counted either way."""
    started = time.perf_counter()
    try:
        return govdisclosure.parse(source)
    except MissingExtra as error:
        return f"not measured: {error}"
    except ParseError as error:
        counts["refused"] += 1
        return f"refused: {error!r}"
    except Exception as error:  # noqa: BLE001  the measurement goes on, and this is what it measures
        counts["failed"] += 1
        return f"failed: {error!r}"
    finally:
        counts["microseconds"] += round((time.perf_counter() - started) * 1e6)


# -- printing ----------------------------------------------------------------------------------------------------------


def _table(title: str, first: str, counted: Iterable[tuple[str, Counter[str]]]) -> None:
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for name, counts in counted:
        sums[name].update(counts)
        sums["all"].update(counts)
    width = max([len(first), *map(len, sums)])
    print(f"\n{title}\n{first:<{width}} " + " ".join(f"{column:>9}" for column in COLUMNS))
    for name in sorted(sums, key=lambda name: (name == "all", name)):
        print(f"{name:<{width}} " + " ".join(f"{_shown(sums[name], column):>9}" for column in COLUMNS))


def _shown(counts: Counter[str], column: str) -> str:
    return f"{counts['microseconds'] / 1e6:.1f}" if column == "seconds" else str(counts[column])


def _page_table(plain: Iterable[Outcome], damaged_ones: Iterable[Outcome]) -> str:
    """The counts by damage as a table in Markdown."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in plain:
        sums["none"].update(outcome.counts)
    for outcome in damaged_ones:
        sums[outcome.damage.replace("_", " ")].update(outcome.counts)
    for outcome in damaged_ones:
        sums["all damaged"].update(outcome.counts)
    columns = ("documents", "refused", "failed", *map(str, Verdict))
    return table(
        ("damage", *columns), ([name, *(f"{of[column]:,}" for column in columns)] for name, of in sums.items())
    )


def _lines(title: str, lines: Iterable[str]) -> None:
    print(f"\n{title}")
    for line in lines:
        print(f"  {line}")


if __name__ == "__main__":
    raise SystemExit(main())
