"""The document as one sequence of atoms (values, blanks, texts) with the form's labels marked in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter

import regex
from attrs import define, evolve, field

from govdisclosure._characters import fold, has_han, label_key, numbering
from govdisclosure._source import Fragment, Line
from govdisclosure._values import LONGEST_VALUE, Reading, goes_on_a_number, read_value
from govdisclosure._vocabulary import Match, Vocabulary, differs_by_one

MAX_LABEL_LENGTH = 70
"""A fragment of more characters is prose."""

_GLUED_VALUE = regex.compile(r"(.+?)([+\-]?\d[\d.,]*(?:[(（].*[)）])?|/|[—－-]+|无|空|不适用)")
_NOT_A_LABEL = "\0"
"""The key of prose and of numbers' ends, which matches nothing; marks of punctuation have an empty key, which labels may run over."""


@define(slots=True, eq=False)
class Atom:
    """A fragment with what it is: ``reading`` for a value, ``blank`` for an empty ruled cell, else text."""

    fragment: Fragment
    line: int
    reading: Reading | None = None
    blank: bool = False
    key: str = _NOT_A_LABEL
    note: str = ""
    labelled: bool = False

    @property
    def is_value(self) -> bool:
        return self.reading is not None

    @property
    def is_text(self) -> bool:
        return self.reading is None and not self.blank


@define(slots=True, eq=False)
class Mark:
    """A label of the form found in the atoms from ``start`` up to ``end`` (exclusive)."""

    start: int
    end: int
    terminals: tuple[str, ...]
    complete: bool
    pieces: int = 1
    renumbered: bool = False
    misspelt: bool = False
    doubled: bool = False
    """Another label of the form follows in the same fragment, as where two rows were made one."""


_start = attrgetter("start")


@define(slots=True, eq=False)
class Atoms:
    """The atoms of a document and the marks in them, both in the order of the document."""

    items: list[Atom]
    marks: list[Mark] = field(factory=list)

    def marks_between(self, start: int, end: int) -> list[Mark]:
        """The marks that begin at the atoms from ``start`` up to ``end`` (exclusive)."""
        return self.marks[bisect_left(self.marks, start, key=_start) : bisect_left(self.marks, end, key=_start)]


def atoms_of(lines: Sequence[Line], skipped: frozenset[int], vocabulary: Vocabulary) -> list[Atom]:
    """Flatten lines into atoms; ``skipped`` holds the indexes of lines that are page furniture."""
    pieces = [
        (index, fragment) for index, line in enumerate(lines) if index not in skipped for fragment in line.fragments
    ]
    bracketed = [at for at, (_, fragment) in enumerate(pieces) if "(" in fragment.text or "（" in fragment.text]
    near_brackets = {*bracketed, *(at - 1 for at in bracketed)}
    found: list[Atom] = []
    note_ends = 0
    for at, (index, fragment) in enumerate(pieces):
        if at < note_ends:
            continue
        note = _note_length(pieces, at) if at in near_brackets else 0
        text = fragment.text
        if note:
            note_ends = at + note
            _add_annotated(found, index, fragment, "".join(piece.text for _, piece in pieces[at:note_ends]))
        elif not text or (text in PRINTED_BLANKS and fragment.line.ruled):
            found.append(Atom(fragment, index, None, True))
        elif len(text) > LONGEST_VALUE:
            found.append(Atom(fragment, index))
        else:
            reading, key, value_at = _told(text)
            if value_at and vocabulary.is_label(text[:value_at]):
                for piece in _split(fragment, value_at):
                    found.append(Atom(piece, index, read_value(piece.text), key=label_key(piece.text)))
            else:
                found.append(Atom(fragment, index, reading, False, key))
    return found


@lru_cache(maxsize=4096)
def _told(text: str) -> tuple[Reading | None, str, int]:
    """What a short text is by itself: its value, its key, and where a value begins that ends it (0: none does).

    A report repeats its values and labels, and reports repeat each other's.
    """
    reading = read_value(text)
    if reading is not None:
        return reading, label_key(text), 0
    if len(text) > MAX_LABEL_LENGTH or goes_on_a_number(text):
        return None, _NOT_A_LABEL, 0
    glued = _GLUED_VALUE.fullmatch(text) if len(text) > 2 else None
    return None, label_key(text), glued.end(1) if glued is not None else 0


PRINTED_BLANKS = frozenset(["nan", "NaN", "None", "<NA>", "null", "&nbsp;"])
"""What tools print for an empty cell."""


_NOTE_BEGINS = regex.compile(
    r"(?P<number>[+\-]?[\dOoQlI][\d,.OoQlI]*)?[\u3000 ]*[(（]\s*(?:其中|含|包括|包含|均为|其余)"
)
MAX_NOTE_PIECES = 8


def _note_length(pieces: Sequence[tuple[int, Fragment]], at: int) -> int:
    """How many fragments a note in brackets takes up (``22（其中修订 16 件）``), its number included; 0 if none."""
    text = pieces[at][1].text
    if not text or (text[0] not in "(（+-0123456789OoQlI" and not text[0].isdecimal()):
        return 0
    following = pieces[at + 1][1].text if at + 1 < len(pieces) else ""
    if following[:1] not in ("(", "（") and "(" not in text and "（" not in text:
        return 0
    match = _NOTE_BEGINS.match(text) or (_NOTE_BEGINS.match(text + following) if following[:1] in "(（" else None)
    if match is None:
        return 0
    joined = ""
    for count in range(1, min(MAX_NOTE_PIECES, len(pieces) - at) + 1):
        if count > 1 and pieces[at][1].line.ruled and pieces[at + count - 1][0] == pieces[at][0]:
            return 0
        joined += pieces[at + count - 1][1].text
        if fold(joined).count("(") <= fold(joined).count(")") and "(" in fold(joined):
            return count
        if len(joined) > 60:
            return 0
    return 0


def _add_annotated(found: list[Atom], index: int, fragment: Fragment, text: str) -> None:
    """A number with its note; a note alone belongs to the value before it."""
    reading = read_value(text)
    if reading is not None:
        found.append(Atom(fragment, index, reading, note=text[len(fragment.text) :]))
        return
    for atom in reversed(found[-3:]):
        if atom.is_value:
            atom.note += text
            return
    found.append(Atom(fragment, index))


def _split(fragment: Fragment, at: int) -> tuple[Fragment, Fragment]:
    """``规章0``: a label of the form and the first value run together."""
    label, value = fragment.text[:at], fragment.text[at:]
    return (
        Fragment(label, fragment.line, fragment.column, fragment.width, fragment.box, fragment.printed),
        Fragment(value, fragment.line, fragment.column + at, fragment.width, fragment.box, fragment.printed),
    )


@define(slots=True, eq=False)
class _OpenLabel:
    """A label of which only the beginning was seen, with the index of its mark."""

    mark: int
    prefix: str


MAX_OPEN_LABELS = 24


def mark_labels(atoms: list[Atom], vocabulary: Vocabulary) -> Atoms:
    """Find the form's labels: whole ones, ones in pieces, ones interleaved with others."""
    solid = [(index, atom) for index, atom in enumerate(atoms) if not atom.blank]
    # A placeholder has no key, but is a cell between two pieces of a label, not a mark within one.
    keys = [atom.key or (_NOT_A_LABEL if atom.reading is not None else "") for _, atom in solid]
    marks: list[Mark] = []
    opened: list[_OpenLabel] = []
    end = 0
    for at, (index, atom) in enumerate(solid):
        if atom.reading is not None or at < end or atom.key in ("", _NOT_A_LABEL):
            continue
        match = vocabulary.match(keys, at)
        if (match is None or not match.complete or match.length < 4) and _goes_on(opened, marks, atom.key, vocabulary):
            atom.labelled = True
            continue
        if match is None or (match.glued and not _may_be_glued(match, solid[at + match.pieces - 1][1].key, vocabulary)):
            continue
        end = at + match.pieces
        for _, piece in solid[at:end]:
            piece.labelled = True
        last = solid[end - 1][0] + 1
        mark = Mark(index, last, match.terminals, match.complete, match.pieces, match.renumbered)
        if match.glued:
            mark.doubled = bool(vocabulary.continuation("", keys[end - 1][match.glued :]))
        if not match.complete:
            opened.insert(0, _OpenLabel(len(marks), "".join(keys[at:end])))
            del opened[MAX_OPEN_LABELS:]
        marks.append(mark)
    return Atoms(atoms, marks)


def _goes_on(opened: list[_OpenLabel], marks: list[Mark], key: str, vocabulary: Vocabulary) -> bool:
    """Whether a fragment goes on with a label that was left incomplete; if it ends it, the mark becomes whole."""
    for at, label in enumerate(opened):
        terminals = vocabulary.continuation(label.prefix, key)
        if terminals is None:
            continue
        label.prefix += key
        if terminals:
            marks[label.mark] = evolve(marks[label.mark], terminals=terminals, complete=True, pieces=2)
            opened.pop(at)
        return True
    return False


SHORTEST_GLUED = 3
"""A label of fewer characters (其他) begins many words that are no labels (其他主动公开文件)."""


def _may_be_glued(match: Match, key: str, vocabulary: Vocabulary) -> bool:
    """Whether the label may end inside a fragment: what follows it must not be a sentence, nor go on with a word."""
    rest = key[match.glued :]
    if match.length < SHORTEST_GLUED and has_han(rest[:1]):
        return bool(vocabulary.continuation("", rest))
    return len(rest) <= 20


SHORTEST_MISSPELT = 6
SHORTEST_BEGINNING = 8
"""How long a label, and the first piece of a wrapped one, must be to be known with a wrong character in it."""


def mark_misspelt(atoms: Atoms, vocabulary: Vocabulary, terminals: Iterable[str]) -> list[Mark]:
    """Labels that are missing and stand there with one character wrong, whole or wrapped. Long labels only."""
    keys = [(t, key) for t in terminals for key in (*vocabulary.keys[t], vocabulary.cores[t])]
    wanted = [(terminal, key) for terminal, key in keys if len(key) >= SHORTEST_MISSPELT]
    found: list[Mark] = []
    for index, atom in enumerate(atoms.items):
        if not wanted:
            break
        if not atom.is_text or atom.labelled or not SHORTEST_MISSPELT - 1 <= len(atom.key) <= MAX_LABEL_LENGTH:
            continue
        for terminal, key in wanted:
            if _resembles(atom.key, key) or _resembles(atom.key.removeprefix(numbering(atom.key)), key):
                atom.labelled = True
                found.append(Mark(index, index + 1, (terminal,), True, misspelt=True))
                break
    return found


def _resembles(key: str, label: str) -> bool:
    if differs_by_one(key, label):
        return True
    return len(key) >= SHORTEST_BEGINNING and len(label) > len(key) and differs_by_one(key, label[: len(key)])
