"""Prose as the rules read it: one width of characters, no blanks within lines (2025 年有 1 件 is 2025年有1件)."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"[^\S\n]+")


def plain_prose(text: str) -> str:
    """``text`` in compatibility form (NFKC), without blanks; line ends stay."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))
