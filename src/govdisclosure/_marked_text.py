"""Text that a page shows raised or struck out: the mark of a note is no digit of a number, a struck number is none."""

from __future__ import annotations

import re

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DIGIT = re.compile(r"[0-9０-９]")
_STROKE = "\u0336"


def raised(text: str) -> str:
    """Digits as superscripts."""
    return text.translate(_RAISED)


def struck(text: str) -> str:
    """Digits with a stroke through each, so that they are seen and not read as a number."""
    return _DIGIT.sub(lambda digit: digit[0] + _STROKE, text)
