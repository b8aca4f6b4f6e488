"""How reliable ``parse`` is on broken text: cells exact, inferred, doubtful and silently wrong.

    python -m benchmarks.reliability                    the plain texts, then each kind of damage with ten seeds
    python -m benchmarks.reliability --seeds 0          the plain texts alone
    python -m benchmarks.reliability --show-silent      every silently wrong cell, to be reproduced by its seed

Needs the reference documents: GOVDISCLOSURE_REFERENCE names their folder.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import attrs

import govdisclosure
from govdisclosure import MissingExtra, ParseError
from tests.support import reference
from tests.support.comparing import CellVerdict, Verdict, assess, judge
from tests.support.damage import ALL_KINDS, damaged

PLAIN = "plain"
COLUMNS = (*map(str, Verdict), "documents", "clean", "identity", "prose", "refused", "failed", "seconds")


@attrs.frozen
class Outcome:
    """What became of one text: counts by column, and lines worth showing."""

    channel: str
    damage: str
    counts: Counter[str]
    silent: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options().parse_args(arguments)
    chosen = [
        rendering
        for rendering in reference.renderings()
        if _matches(rendering.channel, options.channels) and _matches(rendering.truth_name, options.truths)
    ]
    if not chosen:
        print(f"nothing to measure: {reference.MISSING}, or no rendering has the names asked for", file=sys.stderr)
        return 2
    jobs = [(rendering.name, tuple(options.damages), options.seeds, options.first_seed) for rendering in chosen]
    with ProcessPoolExecutor(options.jobs) as pool:
        outcomes = [outcome for part in pool.map(_measure, jobs, chunksize=1) for outcome in part]
    plain = [outcome for outcome in outcomes if outcome.damage == PLAIN]
    rest = [outcome for outcome in outcomes if outcome.damage != PLAIN]
    lossy = {rendering.name for rendering in chosen if rendering.lossy}
    _table("plain texts, by channel", "channel", ((_channel_of(o, lossy), o.counts) for o in plain))
    if rest:
        _table("damaged texts, by damage", "damage", ((o.damage, o.counts) for o in rest))
        _table("damaged texts, by channel", "channel", ((_channel_of(o, lossy), o.counts) for o in rest))
    if options.show_silent:
        _lines("silently wrong, misstated or failed", (line for o in outcomes for line in o.silent))
    if options.show_problems:
        _lines("identity and prose", (line for o in plain for line in o.problems))
    return int(any(o.counts[Verdict.SILENT] or o.counts["failed"] for o in outcomes))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.reliability", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=10, help="seeds for each damage and text (default 10)")
    parser.add_argument("--first-seed", type=int, default=0, help="the first seed (default 0)")
    parser.add_argument("--channels", nargs="*", default=[], help="only channels whose name contains one of these")
    parser.add_argument("--truths", nargs="*", default=[], help="only reports whose name contains one of these")
    parser.add_argument("--damages", nargs="*", default=list(ALL_KINDS), choices=ALL_KINDS, help="only these damages")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--show-silent", action="store_true", help="list every silently wrong cell")
    parser.add_argument("--show-problems", action="store_true", help="list what is off in identity and prose")
    return parser


def _matches(name: str, parts: Sequence[str]) -> bool:
    return not parts or any(part in name for part in parts)


def _channel_of(outcome: Outcome, lossy: set[str]) -> str:
    """The channel; its lossy texts are counted apart."""
    channel = Path(outcome.channel).stem
    return f"{channel} (lossy)" if outcome.channel in lossy else channel


# -- one text ----------------------------------------------------------------------------------------------------------


def _measure(job: tuple[str, tuple[str, ...], int, int]) -> list[Outcome]:
    name, kinds, seeds, first = job
    rendering = next(rendering for rendering in reference.renderings() if rendering.name == name)
    outcomes = [_plain(rendering)]
    if rendering.is_text and seeds:
        text = rendering.text()
        other = _other(rendering)
        for kind in kinds:
            for seed in range(first, first + seeds):
                outcomes.extend(_damaged(rendering, text, kind, seed, other))
    return outcomes


def _plain(rendering: reference.Rendering) -> Outcome:
    counts = Counter(documents=1)
    source = rendering.text() if rendering.is_text else rendering.file
    report = _parse(source, counts)
    if isinstance(report, str):
        return Outcome(rendering.name, PLAIN, counts, silent=(f"{rendering.name}: {report}",))
    judgement = assess(report, rendering.truth)
    _count(counts, judgement.cells)
    counts.update(identity=bool(judgement.identity), prose=bool(judgement.prose))
    return Outcome(
        rendering.name,
        PLAIN,
        counts,
        silent=_faults(rendering.name, judgement.cells),
        problems=tuple(f"{rendering.name}: {problem}" for problem in (*judgement.identity, *judgement.prose)),
    )


def _damaged(rendering: reference.Rendering, text: str, kind: str, seed: int, other: str) -> Iterator[Outcome]:
    damage = damaged(text, kind, seed, other)
    if damage is None:
        return
    counts = Counter(documents=1)
    where = f"{rendering.name} {kind} {seed} ({damage.done})"
    report = _parse(damage.text, counts)
    if isinstance(report, str):
        yield Outcome(rendering.name, kind, counts, silent=(f"{where}: {report}",) if counts["failed"] else ())
        return
    cells = judge(report, rendering.truth.cells, rendering.truth.written, damage.emptied)
    _count(counts, cells)
    yield Outcome(rendering.name, kind, counts, _faults(where, cells))


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


def _other(rendering: reference.Rendering) -> str:
    """Another report through the same tool, or any other."""
    texts = [other for other in reference.renderings() if other.is_text and other.truth != rendering.truth]
    same = [other for other in texts if other.channel == rendering.channel]
    return (same or texts)[0].text()


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


def _lines(title: str, lines: Iterable[str]) -> None:
    print(f"\n{title}")
    for line in lines:
        print(f"  {line}")


if __name__ == "__main__":
    raise SystemExit(main())
