"""The harnesses by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol, cast

from tests.fuzz import docx, html, pdf, record, text


class Target(Protocol):
    """What each harness module has."""

    NAME: str
    LONGEST: int

    def test_one_input(self, data: bytes) -> None:
        """Read the input; raises for anything that must not be."""

    def seeds(self) -> Iterator[tuple[str, bytes]]:
        """Inputs to begin with, by name."""

    def mutate(self, data: bytes, most: int, seed: int, havoc: Callable[[bytes, int], bytes]) -> bytes:
        """The input changed, of at most ``most`` bytes; ``havoc`` changes bytes."""

    def crossed(self, first: bytes, second: bytes, most: int, seed: int) -> bytes:
        """An input out of two."""


TARGETS: Mapping[str, Target] = {
    cast(Target, module).NAME: cast(Target, module) for module in (text, html, docx, pdf, record)
}
