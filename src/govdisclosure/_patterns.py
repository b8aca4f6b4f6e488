"""Patterns that are compiled at their first use: the checks have some eighty, and most programs need few of them."""

from __future__ import annotations

import re
from typing import Any, cast


class _Deferred:
    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:
        """Compiles the pattern; its method is kept, so that this is called once for each method used."""
        found = getattr(re.compile(self._source), name)
        setattr(self, name, found)
        return found


def pattern(source: str) -> re.Pattern[str]:
    """Like ``re.compile``, at the first use."""
    return cast("re.Pattern[str]", _Deferred(source))
