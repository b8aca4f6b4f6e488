"""Prose as the rules read it: one width of characters, no blanks (2025 年有 1 件 is 2025年有1件), wrapped lines joined."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"[^\S\n]+")


_ENDED = re.compile(r"[。！？；：!?;:…”’》】]\Z")
_BEGINS_ANEW = re.compile(
    r"[\s#*|]*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[一二三四五六七八九十](?:是|要)|[#*|])"
)
_LEAST_WRAPPED = 20


def paragraphs(text: str) -> list[str]:
    """The lines of ``text`` that are not blank; one that breaks off within a sentence is joined with the next."""
    joined: list[list[str]] = []
    broken = False
    for line in filter(None, map(str.strip, text.splitlines())):
        if broken and not _BEGINS_ANEW.match(line):
            joined[-1].append(line)
        else:
            joined.append([line])
        broken = len(line) >= _LEAST_WRAPPED and not _ENDED.search(line)
    return ["".join(lines) for lines in joined]


def plain_prose(text: str) -> str:
    """``text`` in compatibility form (NFKC), without blanks, a paragraph a line."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", "\n".join(paragraphs(text))))
