"""What is kept of an input that broke a promise: the shortest for each place that errors come from."""

from __future__ import annotations

import traceback
from pathlib import Path

import govdisclosure
from tests.fuzz.invariants import Broken

PACKAGE = Path(govdisclosure.__file__).parent


def signature(error: Exception) -> str:
    """Where an error comes from: its kind and the innermost two places in the package; of a broken promise, which."""
    places = [
        f"{Path(frame.filename).stem}.{frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(PACKAGE)
    ]
    said = str(error.args[0])[:60] if isinstance(error, Broken) else "-".join(places[-2:])
    return f"{type(error).__name__}-{said}".replace("/", "").replace(" ", "_")


def keep(folder: Path, name: str, data: bytes, said: str) -> None:
    """Keep the input, with what was said of it beside it, unless a shorter one of that name is there."""
    path = folder / f"{name}.input"
    if not path.exists() or path.stat().st_size > len(data):
        path.write_bytes(data)
        path.with_suffix(".txt").write_text(said, "utf-8", "backslashreplace")


def kept(folder: Path) -> tuple[Path, ...]:
    """The findings: what ``keep`` has kept, and what libFuzzer has of inputs that ended the process."""
    return tuple(path for path in sorted(folder.iterdir()) if path.suffix != ".txt")
