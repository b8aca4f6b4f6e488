"""Which agencies' prose resembles which others', over many reports, without comparing every pair (rule Y307).

Texts of the same wording fall together by a dictionary; the others are hashed to signatures (minhash) and only those
whose signatures collide are compared. Work grows with the number of texts, not with its square. The one module that
imports datasketch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from govdisclosure._prose_similarity import LEAST_LENGTH, own_wording, shingles, wording_similarity
from govdisclosure._rule import Likeness
from govdisclosure.errors import MissingExtra
from govdisclosure.records import Report

try:
    from datasketch import MinHash, MinHashLSH
except ImportError as error:
    raise MissingExtra(
        "The search for copied prose (Y307) needs datasketch.", advice='pip install "govdisclosure[series]"'
    ) from error

_SECTIONS = ("overview", "problems")
_PERMUTATIONS = 128
_MOST_CANDIDATES = 20
_PLACES = re.compile(r"[^省市县区镇乡州旗盟]{1,8}?(?:自治区|自治州|自治县|街道|[省市县区镇乡州旗盟])")


@frozen
class _Text:
    report: int
    agency: str
    section: str
    wording: str


def find_likenesses(named: Sequence[tuple[str, Report]], threshold: float) -> list[tuple[Likeness, ...]]:
    """For each report (with its file's name), the other agency's text that each section resembles most, if any does
    by ``threshold`` or more."""
    found: list[list[Likeness]] = [[] for _ in named]
    for section in _SECTIONS:
        texts = [text for number, (_, report) in enumerate(named) if (text := _text(number, report, section))]
        for text, (other, ratio) in _nearest(texts, threshold):
            name, report = named[other.report]
            found[text.report].append(Likeness(other.agency, report.year, section, ratio, name))
    return [tuple(likenesses) for likenesses in found]


def _text(number: int, report: Report, section: str) -> _Text | None:
    prose = next((s.text for s in report.sections if s.name == section), "")
    wording = own_wording(prose, names_of(report.agency))
    if len(wording) < LEAST_LENGTH or not report.agency:
        return None
    return _Text(number, report.agency, section, wording)


def names_of(agency: str | None) -> tuple[str, ...]:
    """An agency's name and the places in it."""
    return (agency, *_PLACES.findall(agency)) if agency else ()


def _nearest(texts: Sequence[_Text], threshold: float) -> list[tuple[_Text, tuple[_Text, float]]]:
    alike: dict[str, list[_Text]] = {}
    for text in texts:
        alike.setdefault(text.wording, []).append(text)
    # Signatures find what shares about half of its runs or more; the exact measure decides.
    index = MinHashLSH(threshold=0.5 * threshold, num_perm=_PERMUTATIONS)
    signatures = {wording: _signature(wording) for wording in alike}
    for wording, signature in signatures.items():
        index.insert(wording, signature)
    nearest: list[tuple[_Text, tuple[_Text, float]]] = []
    for wording, group in alike.items():
        candidates = sorted(w for w in index.query(signatures[wording]) if w != wording)[:_MOST_CANDIDATES]
        ranked = sorted(((wording_similarity(wording, w), w) for w in candidates), reverse=True)
        for text in group:
            twin = next((other for other in group if other.agency != text.agency), None)
            if twin is not None:
                nearest.append((text, (twin, 1.0)))
                continue
            for ratio, near in ranked:
                other = next((o for o in alike[near] if o.agency != text.agency), None)
                if ratio < threshold:
                    break
                if other is not None:
                    nearest.append((text, (other, ratio)))
                    break
    return nearest


def _signature(wording: str) -> MinHash:
    signature = MinHash(num_perm=_PERMUTATIONS)
    signature.update_batch([run.encode() for run in shingles(wording)])
    return signature
