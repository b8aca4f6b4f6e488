"""What changed in a section's prose: sentences aligned, moved ones recognised, changed ones compared by characters.

Lossless: the edits applied to the old text give the new one, white space and all (``applied``). The matching is
``difflib``'s, within budgets that keep the cost linear for any text: past a budget the result is coarser, never wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from attrs import define, frozen

from govdisclosure._differences import CharacterEdit, SentenceEdit, TextSpan, in_text_order

# A paragraph's end is a piece of its own, so that a sentence is the same at the end of a paragraph and within one.
_SENTENCE = re.compile(r"\s*\n\s*|[^。！？；!?;\n]*[。！？；!?;]+[”’」』）)]*|[^。！？；!?;\n]+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|\s+|.", re.S)

_PARAGRAPH_END = "\n"
_RESEMBLES = 0.5  # from here on two sentences are one that changed
_MOVED_RESEMBLES = 0.8  # a sentence elsewhere has to be nearer to be the same one
_SHORTEST_MOVED = 6  # characters; shorter sentences (无。) occur anywhere


@define
class _Budget:
    """Work that may still be done on one section, in comparisons of characters or sentences."""

    left: int

    def take(self, cost: int) -> bool:
        if cost > self.left:
            return False
        self.left -= cost
        return True


@frozen
class _Sentence:
    start: int
    text: str
    key: str

    def span(self) -> TextSpan:
        return TextSpan(self.start, self.text)


_Places: TypeAlias = dict[int, _Sentence]


def sentence_edits(old: str, new: str) -> tuple[SentenceEdit, ...]:
    """The edits that make ``new`` of ``old``, in the order of the text. Mirrored for the texts exchanged."""
    if old == new:
        return ()
    # difflib's matches depend on the order of its arguments; one order for both ways makes them mirror each other.
    if old > new:
        return in_text_order(edit.mirrored() for edit in sentence_edits(new, old))
    return _Alignment(_sentences(old), _sentences(new)).edits()


@frozen
class Piece:
    """A run of the two texts read together: ``kept``, ``deleted``, ``inserted``, ``moved away`` or ``moved here``.

    ``edit`` is the edit of a whole sentence; one that moved may have changed on the way."""

    kind: str
    text: str
    edit: SentenceEdit | None = None


def pieces(old: str, edits: Sequence[SentenceEdit]) -> Iterator[Piece]:
    """Both texts in one, for display. Raises ``ValueError`` if the edits are not of this text."""
    removals = sorted(((edit.old, edit) for edit in edits if edit.old), key=lambda item: -item[0].start)
    arrivals = sorted(((edit.new, edit) for edit in edits if edit.new), key=lambda item: -item[0].start)
    at_old = at_new = 0
    while removals or arrivals:
        removal, leaving = removals[-1] if removals else (None, None)
        arrival, coming = arrivals[-1] if arrivals else (None, None)
        if removal is not None and not old.startswith(removal.text, removal.start):
            raise ValueError(f"the text does not have {removal.text!r} at {removal.start}")
        leaves = removal is not None and removal.start == at_old
        comes = arrival is not None and arrival.start == at_new
        if removal and leaving and leaves and leaving.kind != "changed":
            yield Piece("moved away" if leaving.kind == "moved" else "deleted", removal.text, leaving)
            removals.pop()
            at_old = removal.end
        elif arrival and coming and comes and coming.kind != "changed":
            yield Piece("moved here" if coming.kind == "moved" else "inserted", arrival.text, coming)
            arrivals.pop()
            at_new = arrival.end
        elif removal and arrival and leaving and leaves and comes and leaving == coming:
            yield from _character_pieces(removal, leaving)
            removals.pop()
            arrivals.pop()
            at_old, at_new = removal.end, arrival.end
        else:
            kept = min(removal.start - at_old if removal else len(old), arrival.start - at_new if arrival else len(old))
            if kept <= 0 or at_old + kept > len(old):
                raise ValueError("the edits are not of this text")
            yield Piece("kept", old[at_old : at_old + kept])
            at_old += kept
            at_new += kept
    if at_old < len(old):
        yield Piece("kept", old[at_old:])


def applied(old: str, edits: Sequence[SentenceEdit]) -> str:
    """The new text. Raises ``ValueError`` if the edits are not of ``old``."""
    return "".join(p.text for p in pieces(old, edits) if p.kind in ("kept", "inserted", "moved here"))


def only_white_space(edit: SentenceEdit) -> bool:
    """Whether nothing but line breaks and blanks differs."""
    spans = (edit.old, edit.new)
    keys = ["".join(span.text.split()) if span is not None else "" for span in spans]
    return edit.kind != "moved" and keys[0] == keys[1]


def _character_pieces(old: TextSpan, edit: SentenceEdit) -> Iterator[Piece]:
    at = old.start
    for change in edit.characters:
        if change.old.start > at:
            yield Piece("kept", old.text[at - old.start : change.old.start - old.start])
        if change.old.text:
            yield Piece("deleted", change.old.text)
        if change.new.text:
            yield Piece("inserted", change.new.text)
        at = change.old.end
    if at < old.end:
        yield Piece("kept", old.text[at - old.start :])


def _sentences(text: str) -> list[_Sentence]:
    return [
        _Sentence(match.start(), match.group(), "".join(match.group().split()) or _PARAGRAPH_END)
        for match in _SENTENCE.finditer(text)
    ]


class _Alignment:
    def __init__(self, old: list[_Sentence], new: list[_Sentence]) -> None:
        self.old, self.new = old, new
        self.sentences = _Budget(400_000)
        self.alike = _Budget(1_000_000)
        self.characters = _Budget(400_000)

    def edits(self) -> tuple[SentenceEdit, ...]:
        found: list[SentenceEdit] = []
        gone: _Places = {}
        come: _Places = {}
        for tag, a, b, c, d in self._blocks():
            if tag == "equal":
                pairs = list(zip(range(a, b), range(c, d), strict=True))
            else:
                pairs = self._corresponding(a, b, c, d)
            for i, j in pairs:
                edit = self._paired(self.old[i], self.new[j], "changed", _RESEMBLES)
                if edit is not None:
                    found.append(edit)
                elif self.old[i].text != self.new[j].text:
                    gone[self.old[i].start] = self.old[i]
                    come[self.new[j].start] = self.new[j]
            paired_old, paired_new = {i for i, _ in pairs}, {j for _, j in pairs}
            gone |= {self.old[i].start: self.old[i] for i in range(a, b) if i not in paired_old}
            come |= {self.new[j].start: self.new[j] for j in range(c, d) if j not in paired_new}
        found += self._moved(gone, come)
        found += [SentenceEdit("deleted", sentence.span(), None) for sentence in gone.values()]
        found += [SentenceEdit("inserted", None, sentence.span()) for sentence in come.values()]
        return in_text_order(found)

    def _blocks(self) -> list[tuple[str, int, int, int, int]]:
        """difflib's opcodes over sentences; the alike beginning and end are cut off first."""
        a, b = [s.key for s in self.old], [s.key for s in self.new]
        start = _common(a, b)
        end = _common(a[start:][::-1], b[start:][::-1])
        middle_a, middle_b = a[start : len(a) - end], b[start : len(b) - end]
        blocks = [("equal", 0, start, 0, start)]
        blocks += [
            (tag, i + start, j + start, k + start, m + start)
            for tag, i, j, k, m in _opcodes(middle_a, middle_b, self.sentences)
        ]
        blocks.append(("equal", len(a) - end, len(a), len(b) - end, len(b)))
        return blocks

    def _corresponding(self, a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
        """Pairs of sentences within a block that differs: those alike but for figures, then those that resemble."""
        pairs: list[tuple[int, int]] = []
        old, new = ([_FIGURE.sub("0", s.key) for s in side] for side in (self.old[a:b], self.new[c:d]))
        for tag, i, j, k, m in _opcodes(old, new, self.sentences):
            if tag == "equal":
                pairs += zip(range(a + i, a + j), range(c + k, c + m), strict=True)
            else:
                pairs += self._resembling(self.old[a + i : a + j], self.new[c + k : c + m], a + i, c + k)
        return pairs

    def _resembling(
        self, old: list[_Sentence], new: list[_Sentence], first_old: int, first_new: int
    ) -> list[tuple[int, int]]:
        """Pairs of sentences that resemble each other, in order, the likeness in all as great as can be."""
        if not old or not new or not self.alike.take(_cost(old, new)):
            return []
        likeness = [[_quick_likeness(a.key, b.key) for b in new] for a in old]
        best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
        for i in range(len(old) - 1, -1, -1):
            for j in range(len(new) - 1, -1, -1):
                together = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] >= _RESEMBLES else 0.0
                best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
        pairs = []
        i = j = 0
        while i < len(old) and j < len(new):
            if likeness[i][j] >= _RESEMBLES and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
                pairs.append((first_old + i, first_new + j))
                i, j = i + 1, j + 1
            elif best[i][j] == best[i + 1][j]:
                i += 1
            else:
                j += 1
        return pairs

    def _paired(self, a: _Sentence, b: _Sentence, kind: str, least: float) -> SentenceEdit | None:
        """One edit for two sentences; ``None`` where they are equal, or too unlike once looked at closely."""
        if a.text == b.text:
            return SentenceEdit(kind, a.span(), b.span()) if kind == "moved" else None
        characters = self._character_edits(a, b)
        if a.key != b.key:
            kept = len(a.text) - sum(len(edit.old.text) for edit in characters)
            if 2 * kept < least * (len(a.text) + len(b.text)):
                return None
        return SentenceEdit(kind, a.span(), b.span(), characters)

    def _moved(self, gone: _Places, come: _Places) -> list[SentenceEdit]:
        """Takes out of both what left one place and arrived at another: equal sentences first, then near ones."""
        found: list[SentenceEdit] = []
        waiting: dict[str, list[_Sentence]] = {}
        for sentence in reversed(come.values()):
            waiting.setdefault(sentence.key, []).append(sentence)
        pairs = [
            (a, waiting[a.key].pop()) for a in gone.values() if len(a.key) >= _SHORTEST_MOVED and waiting.get(a.key)
        ]
        self._move(pairs, gone, come, found)
        old, new = ([s for s in side.values() if len(s.key) >= _SHORTEST_MOVED] for side in (gone, come))
        if old and new and self.alike.take(_cost(old, new)):
            near = [(-_quick_likeness(a.key, b.key), i, j) for i, a in enumerate(old) for j, b in enumerate(new)]
            for unlikeness, i, j in sorted(near):
                if -unlikeness >= _MOVED_RESEMBLES and old[i].start in gone and new[j].start in come:
                    self._move([(old[i], new[j])], gone, come, found)
        return found

    def _move(
        self, pairs: list[tuple[_Sentence, _Sentence]], gone: _Places, come: _Places, found: list[SentenceEdit]
    ) -> None:
        for a, b in pairs:
            edit = self._paired(a, b, "moved", _MOVED_RESEMBLES)
            if edit is not None:
                found.append(edit)
                del gone[a.start], come[b.start]

    def _character_edits(self, a: _Sentence, b: _Sentence) -> tuple[CharacterEdit, ...]:
        old, new = _TOKEN.findall(a.text), _TOKEN.findall(b.text)
        start = _common(old, new)
        end = _common(old[start:][::-1], new[start:][::-1])
        old, new = old[start : len(old) - end], new[start : len(new) - end]
        changes = [op for op in _opcodes(old, new, self.characters) if op[0] != "equal"]
        joined: list[tuple[int, int, int, int]] = []
        for _, i, j, k, m in changes:
            # A lone character that happens to be alike between two changes says nothing: one change.
            if joined and i - joined[-1][1] == 1 and len(old[joined[-1][1]]) == 1:
                joined[-1] = (joined[-1][0], j, joined[-1][2], m)
            else:
                joined.append((i, j, k, m))
        before_old, before_new = _offsets(a.text, start, old), _offsets(b.text, start, new)
        return tuple(
            CharacterEdit(
                TextSpan(a.start + before_old[i], "".join(old[i:j])),
                TextSpan(b.start + before_new[k], "".join(new[k:m])),
            )
            for i, j, k, m in joined
        )


def _offsets(text: str, skipped: int, tokens: list[str]) -> list[int]:
    """Where each of ``tokens`` begins in ``text``, after its first ``skipped`` tokens; and where the last one ends."""
    at = 0
    for n, match in enumerate(_TOKEN.finditer(text)):
        if n == skipped:
            break
        at = match.end()
    offsets = [at]
    for token in tokens:
        offsets.append(offsets[-1] + len(token))
    return offsets


def _opcodes(a: list[str], b: list[str], budget: _Budget) -> Sequence[tuple[str, int, int, int, int]]:
    if not a and not b:
        return []
    if not a or not b or not budget.take(_matching_cost(a, b)):
        return [("replace", 0, len(a), 0, len(b))]
    from difflib import SequenceMatcher

    return SequenceMatcher(str.isspace, a, b, autojunk=False).get_opcodes()


def _matching_cost(a: list[str], b: list[str]) -> int:
    """What difflib's work grows with: the pairs of equal items, and how often it has to pass over them."""
    in_a, in_b = Counter(a), Counter(b)
    return sum(count * in_b[item] for item, count in in_a.items()) + len(a) * len(b) // 40


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many items the two begin with alike."""
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n


def _cost(a: list[_Sentence], b: list[_Sentence]) -> int:
    return sum(len(s.key) for s in a) * len(b) + sum(len(s.key) for s in b) * len(a)


def _quick_likeness(a: str, b: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, a, b, autojunk=False).quick_ratio() if a and b else 0.0
