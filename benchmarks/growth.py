"""How processor time and memory of ``parse`` grow with the source, for every format, up to the limits.

    python -m benchmarks.growth                   every shape
    python -m benchmarks.growth --only "text:"    shapes whose name contains this; the others' figures stay

Every source is read in a process of its own, from a file, so that making it costs nothing there. Growth is the
exponent between sizes: 1.0 is linear, 2.0 quadratic.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from benchmarks.growth_inputs import SHAPES, Shape

RESULTS = Path(__file__).parent / "results" / "growth.json"
SECONDS = 300
"""How long one source may take before it is given up."""


@attrs.frozen
class Point:
    """One source: its bytes, seconds of processor time, megabytes before and at the peak, and what came of it."""

    bytes: int
    seconds: float
    before: float
    peak: float
    outcome: str

    @property
    def refused(self) -> bool:
        return not self.outcome.startswith(("report", "done"))


def measure(shape: Shape, steps: int, folder: Path) -> Point:
    small, file = folder / "small", folder / "source"
    if not small.exists():
        _write(small, shape.make(1))
    size = _write(file, shape.make(steps))
    command = [sys.executable, "-m", "benchmarks.growth_worker", shape.format, str(file), str(small)]
    try:
        ran = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return Point(size, math.nan, math.nan, math.nan, f"given up after {SECONDS} s")
    return Point(size, **json.loads(ran.stdout))


def _write(file: Path, source: str | bytes) -> int:
    """Write the file; its size, unpacked where it is a Word file."""
    size = file.write_bytes(source if isinstance(source, bytes) else source.encode())
    if not zipfile.is_zipfile(file):
        return size
    with zipfile.ZipFile(file) as archive:
        return sum(entry.file_size for entry in archive.infolist())


def curve(shape: Shape) -> list[Point]:
    """The points from small to large; the first refused one ends it."""
    points: list[Point] = []
    with tempfile.TemporaryDirectory() as folder:
        for steps in shape.steps:
            points.append(measure(shape, steps, Path(folder)))
            if points[-1].refused:
                break
    return points


def growth(points: Sequence[Point], of: str) -> float:
    """The exponent over the upper sizes that were read: that of the largest against one a quarter its size."""
    read = [point for point in points if not point.refused]
    if len(read) < 3:
        return math.nan
    last, earlier = read[-1], read[-3]
    if of == "memory":
        low, high = earlier.peak - earlier.before, last.peak - last.before
        if high < 8:  # megabytes: less is what the allocator rounds to
            return 0.0
        low = max(low, 0.5)
    else:
        low, high = earlier.seconds, last.seconds
    return math.log(high / low) / math.log(last.bytes / earlier.bytes)


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.growth", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", default="", help="only shapes whose name contains this")
    options = parser.parse_args()
    for shape in SHAPES:
        if options.only not in shape.name:
            continue
        points = curve(shape)
        print(shape.name)
        for point in points:
            print(f"  {point.bytes / 1e6:8.3f} MB {point.seconds:8.2f} s {point.peak:7.0f} MB  {point.outcome[:70]}")
        print(f"  growth of time {growth(points, 'time'):.2f}, of memory {growth(points, 'memory'):.2f}", flush=True)
        store({shape.name: points})


def store(curves: Mapping[str, Sequence[Point]]) -> None:
    """Add the curves to the figures kept, in place of older ones."""
    RESULTS.parent.mkdir(exist_ok=True)
    kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    kept.update({name: [attrs.asdict(point) for point in points] for name, points in curves.items()})
    RESULTS.write_text(json.dumps(kept, indent=1), "utf-8")


def stored() -> dict[str, list[Point]]:
    """The figures kept, in the order of ``SHAPES``."""
    kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    return {shape.name: [Point(**point) for point in kept[shape.name]] for shape in SHAPES if shape.name in kept}


if __name__ == "__main__":
    main()
