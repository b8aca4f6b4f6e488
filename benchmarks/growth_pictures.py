"""Draws the figures of ``benchmarks.growth``: time and memory against the size of the source, an SVG a format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.growth import Point

IMAGES = Path(__file__).parent.parent / "docs" / "images"


def draw(curves: Mapping[str, Sequence[Point]]) -> list[Path]:
    """One picture for each format; the paths written."""
    kinds = dict.fromkeys(name.partition(": ")[0] for name in curves)
    return [
        _picture(kind, {n.partition(": ")[2]: c for n, c in curves.items() if n.startswith(f"{kind}: ")})
        for kind in kinds
    ]


def _picture(kind: str, curves: Mapping[str, Sequence[Point]]) -> Path:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": kind, "font.size": 8, "axes.grid": True})
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4))
    marks = "osv^<>Dp*hXPd"
    for number, (what, points) in enumerate(curves.items()):
        read = [point for point in points if not point.refused]
        sizes = [point.bytes / 1e6 for point in read]
        style = {"marker": marks[number % len(marks)], "markersize": 3, "linewidth": 1, "label": what}
        left.plot(sizes, [point.seconds for point in read], **style)
        right.plot(sizes, [max(point.peak - point.before, 0.1) for point in read], **style)
    for axes, title in ((left, "seconds of processor time"), (right, "megabytes above the start")):
        axes.set(xscale="log", yscale="log", xlabel="megabytes of source", title=title)
        _guide(axes)
    right.set_ylim(bottom=1)
    figure.legend(*left.get_legend_handles_labels(), loc="center left", bbox_to_anchor=(0.99, 0.5), frameon=False)
    figure.suptitle(kind, x=0.02, ha="left", fontweight="bold")
    figure.tight_layout()
    IMAGES.mkdir(exist_ok=True)
    path = IMAGES / f"growth_{kind.lower()}.svg"
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    text = path.read_text("utf-8")
    path.write_text("\n".join(line.rstrip() for line in text.split("\n")), "utf-8")
    return path


def _guide(axes: object) -> None:
    """A dashed line of slope one: what is parallel to it is linear."""
    low, high = axes.get_xlim()  # type: ignore[attr-defined]
    bottom, top = axes.get_ylim()  # type: ignore[attr-defined]
    end = min(high, low * top / bottom)
    axes.plot([low, end], [bottom, bottom * end / low], "--", color="grey", linewidth=0.8)  # type: ignore[attr-defined]
    axes.set(xlim=(low, high), ylim=(bottom, top))  # type: ignore[attr-defined]
