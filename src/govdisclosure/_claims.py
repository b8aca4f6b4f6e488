"""The grammar of claims: what the prose says about the tables' numbers, and what it denies.

A sentence becomes a string of word kinds (``_claim_words``); productions over that string say what a number claims,
from the words on its left and right within its clause. Whatever makes the number another thing's - hotline calls, a
channel, another year or body, a comparison, a part (其中) - forbids the claim. Doubt means silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from attrs import define, frozen

from govdisclosure._body import BodyKind, body_of
from govdisclosure._claim_words import CASE_UNITS, Word, words_of
from govdisclosure._patterns import pattern
from govdisclosure._prose_plain import paragraphs, plain_prose
from govdisclosure.records import Report, Section

SECTIONS = ("overview", "proactive", "requests", "appeals")
"""Where claims are looked for: section 一, and prose beside the tables. Plans and complaints stand elsewhere."""

MAX_SENTENCE = 600
"""Longer stretches without a full stop are no sentences (a torn table, a list); they claim nothing."""


@frozen
class Claim:
    """A statement of the prose. ``kind`` is ``received``, ``carried_in``, ``concluded``, ``carried_over``,
    ``reconsideration``, ``litigation``, ``direct``, ``after_reconsideration``, ``appeals``, ``outcome``, ``applicant``,
    ``issued``, ``in_force``, ``none``, ``upheld``, ``all_concluded`` or ``percentage``; ``subject`` says of what.
    """

    kind: str
    value: int
    quote: str
    section: str
    subject: str = ""
    percent: str = ""
    whole: int = 0


@frozen
class Production:
    """A number claims ``kind`` if the words left (and right) of it in its clause match, and none is of ``never``."""

    kind: str
    left: re.Pattern[str]
    right: re.Pattern[str]
    never: frozenset[str]
    about: str = "requests"


_FOREIGN = "FTWwZBPM!eGAVSKDhxcE%oif"


def _production(
    kind: str, left: str, right: str = "", allow: str = "", never: str = "", about: str = "requests"
) -> Production:
    forbidden = frozenset(_FOREIGN + never) - frozenset(allow)
    return Production(kind, pattern(rf"(?:{left})\Z"), pattern(right), forbidden, about)


_PRODUCTIONS = (
    _production("received", r"RQ*", never="LNOJCH"),
    _production("received", r"Q+d?R", never="LNOJCH"),
    _production("received", r"R", r"Q", never="LNOJCH"),
    _production("concluded", r"H?CQ*", r"(?![GOJ])", never="LNOJR"),
    _production("carried_in", r"LQ*OQ*|OLQ*", never="CHN", allow="M"),
    _production("carried_in", r"IOQ*", never="CHNL"),
    _production("carried_over", r"(?:ON|J|JN|NO)H?Q*", never="L", allow="M"),
    _production("carried_over", r".*", r"(?:J|ON|JN)", never="LRI", allow="M"),
    _production("appeals", r"VQ?d?SQ*", never="RHh", allow="VScP!", about="appeals"),
    _production("reconsideration", r"VQ*", never="RHhI", allow="VcP!", about="appeals"),
    _production("litigation", r"SQ*", never="RHhI", allow="ScP!", about="appeals"),
    _production("direct", r"D", never="RHhI", allow="DScP!", about="appeals"),
    _production("after_reconsideration", r"K", never="RHhI", allow="KScP!", about="appeals"),
    _production("outcome", r"GQ*", never="LNOJR~", allow="GM"),
    _production("outcome", r".*", r"G", never="LNOJRC~", allow="GM"),
    _production("applicant", r"R?AQ*", never="LNOJCHa", allow="AM"),
    _production("issued", r"io|oi", never="RCH", allow="oi", about="documents"),
    _production("in_force", r"fo|of", never="RCH", allow="of", about="documents"),
)  # fmt: skip

_ALWAYS_BARRED = frozenset.intersection(*(production.never for production in _PRODUCTIONS))
_CLAIMING = frozenset("RCOJVSDKGAif")
"""Each production needs one of these kinds."""

OUTCOMES = {
    "予以公开": "granted",
    "部分公开": "partially_granted",
    "不予公开": "refused",
    "不予以公开": "refused",
    "无法提供": "unavailable",
    "不予处理": "not_processed",
    "其他处理": "otherwise",
}
_UNITS = "".join(sorted(CASE_UNITS))
_COUNTED = pattern(rf"[0-9][{_UNITS}]")
_COUNTABLE_WORDS = (
    "收到|收悉|新收|接收|接到|受理|办理完毕|办理结束|处理完毕|其他处理|答复|办结|办复|顺延|转|不予|不同意公开|予以公开"
    "|部分公开|无法提供|自然人|法人|复议|诉|制发|现行有效"
)
_COUNTABLE = pattern(_COUNTABLE_WORDS)
_DENIABLE = pattern("申请|信息公开|复议|诉")
"""What the productions, the denials and ``_UPHELD`` need in a sentence, as far as single words can tell."""

_IN_CLAUSE = r"(?:[^,;:()\[\]]|,(?=[0-9]{3}))*"
_CLAUSE_COUNTS = pattern(
    rf"[0-9][{_UNITS}]{_IN_CLAUSE}?(?:{_COUNTABLE_WORDS})|(?:{_COUNTABLE_WORDS}){_IN_CLAUSE}?[0-9][{_UNITS}]"
)
"""A number and a countable word within one clause."""

_STOPS = pattern(r"[。！？!?]")
_NUMBERED = pattern(r"[\s#*]*(?:[(]?[一二三四五六七八九十0-9]{1,3}[)、.．]|[一二三四五六七八九十]是)([^。;,:]{0,40})")
_HEADING = pattern(r"[\s#*]*([^。;,:0-9]{2,28})[。:]?\Z")
_REQUEST_TOPIC = pattern(r"依申请|(?:政府|政务)?信息公开申请|受理.{0,4}申请")
_UPHELD = pattern(r"(?:均|全部|都)(?:已|被|获|予以|得到|获得|为|结果){0,4}维持")
_OWN_KINDS = {
    BodyKind.SUBDISTRICT: pattern("街道(?:办事处|办)?"),
    BodyKind.TOWNSHIP: pattern("[镇乡](?:人民)?政府"),
}
_OWN_OFFICE = pattern("[省市区县](?:人民)?政府办公[室厅]")
_GOVERNMENT_OFFICE = pattern(r"政府办公[室厅]$")
_OPENNESS = pattern(r"信息公开|政务公开|依申请|答复|引发|引起|被申请|被提起|发生|产生")
"""Words that tie 行政复议 to this body's openness work rather than to its deciding such cases for others."""


def read_claims(report: Report, prose: Sequence[str] | None = None) -> tuple[Claim, ...]:
    """All claims of a report's prose, in the order of the text.

    ``prose`` are the sections' texts as ``plain_prose``, where they are at hand.
    """
    claims: list[Claim] = []
    for place, section in enumerate(report.sections):
        if section.name in SECTIONS and section.text:
            plain = prose[place] if prose is not None else plain_prose(section.text)
            claims.extend(_section_claims(report, section, plain))
    return tuple(claims)


def _section_claims(report: Report, section: Section, plain: str) -> Iterator[Claim]:
    lines = plain.split("\n")
    told = [number for number, line in enumerate(lines) if _may_claim(line)]
    printed = paragraphs(section.text) if told else []
    about_requests = section.name == "requests"
    followed = 0  # lines up to which the headings have been followed
    for number in told:
        for sentence, plain_sentence in _sentences(printed[number], lines[number]):
            if _may_claim(plain_sentence) and len(sentence := sentence.strip()) <= MAX_SENTENCE:
                own_name, own_kind = _names_for_itself(report.agency)
                if own_name:
                    plain_sentence = plain_sentence.replace(own_name, "本机关")
                if own_kind is not None:
                    plain_sentence = own_kind.sub("本机关", plain_sentence)
                if not (_may_deny(plain_sentence) or _CLAUSE_COUNTS.search(plain_sentence)):
                    continue
                if section.name != "requests":
                    about_requests = _is_about_requests(lines[followed : number + 1], about_requests)
                    followed = number + 1
                yield from _Sentence(
                    sentence, plain_sentence, section.name, words_of(plain_sentence, report.year),
                    about_requests, body_of(report.agency).is_government,
                ).claims()  # fmt: skip


def _sentences(printed: str, plain: str) -> Iterable[tuple[str, str]]:
    """The sentences of a paragraph, as printed and plain."""
    as_printed, as_plain = _STOPS.split(printed), _STOPS.split(plain)
    if len(as_printed) != len(as_plain):  # a full stop that is one in compatibility form only
        as_plain = list(map(plain_prose, as_printed))
    return zip(as_printed, as_plain, strict=True)


def _is_about_requests(lines: Sequence[str], before: bool) -> bool:
    """Whether requests are the topic after these lines: the last heading tells it, without one it is as ``before``."""
    for line in reversed(lines):
        heading = _NUMBERED.match(line) or _HEADING.match(line)
        if heading is not None:
            return bool(_REQUEST_TOPIC.search(heading.group(1)))
    return before


def _may_claim(plain: str) -> bool:
    """Whether a stretch of prose has the words that a claim can't do without. Most prose has not, and is not read."""
    return bool((_COUNTED.search(plain) and _COUNTABLE.search(plain)) or _may_deny(plain))


def _may_deny(plain: str) -> bool:
    """Whether a stretch of prose may claim something without a number."""
    if "未" in plain or "没" in plain or "无" in plain:
        return _DENIABLE.search(plain) is not None or "维持" in plain
    return "维持" in plain


@lru_cache(maxsize=1024)
def _names_for_itself(agency: str | None) -> tuple[str, re.Pattern[str] | None]:
    """What an agency calls itself: its name, and the kind of body it is (区政府办公室, 街道) where no other is meant."""
    kind = _OWN_KINDS.get(body_of(agency).kind)
    if kind is None and agency and _GOVERNMENT_OFFICE.search(agency):
        kind = _OWN_OFFICE
    return plain_prose(agency or ""), kind


_TELLING = frozenset("#!v%")
_CLAUSES = pattern(r"[^,()]+")
_NEVER_DENIED = frozenset("#xTZWwPehYUE%L")
_NO_REQUEST = pattern(r"!Rd?H?[dAa~G]*Q(?![^d]*[CF])|!Q$")
_NO_APPEAL = pattern(r"![cCQ~dF]*[VS]")
_ALL_CONCLUDED = pattern(r"vH?C")
_SHARES = pattern(r"#,?E[QR~]?%")
_THIS_YEAR = pattern("全年|本年|今年|本年度")


@define(slots=True)
class _Sentence:
    """One sentence while it is read: as printed, and plain."""

    text: str
    plain: str
    section: str
    words: list[Word]
    topic_requests: bool
    government: bool

    def claims(self) -> Iterator[Claim]:
        kinds = "".join(word.kind for word in self.words)
        if "Z" in kinds or _TELLING.isdisjoint(kinds):
            return
        numbers = list(self._numbers(kinds))
        yield from numbers
        yield from self._denials(kinds)
        yield from self._all_concluded(kinds, numbers)
        yield from self._percentages(kinds, numbers)
        if _UPHELD.search(self.plain) and _OPENNESS.search(self.plain) and not set("WwF") & set(kinds):
            for kind, group in (("V", "reconsideration"), ("S", "litigation")):
                if kind in kinds:
                    yield Claim("upheld", 0, self.text, self.section, group)

    # -- numbers ----------------------------------------------------------------------------------------------------

    def _numbers(self, kinds: str) -> Iterator[Claim]:
        found = False
        for index, word in enumerate(self.words):
            if word.kind != "#" or word.value is None:
                continue
            start, end = _clause(kinds, index)
            left, right = kinds[start:index].lstrip("d"), kinds[index + 1 : end]
            left = self._years_as_relations(left, start, index)
            barred = self._barred(kinds, left, right, start)
            if _CLAIMING.isdisjoint(barred):
                continue
            if not _ALWAYS_BARRED.isdisjoint(barred) or self._of_another_year(kinds, index):
                continue
            if self._after_among(kinds, index) and not set("GAOJ") & set(left + right):
                continue
            for production in _PRODUCTIONS:
                if not production.never.isdisjoint(barred):
                    continue
                if not (production.left.search(left) and production.right.match(right)):
                    continue
                if not self._is_about(production, kinds, index, found):
                    continue
                subject = self._subject(production.kind, left, right, start, index)
                if subject is None:
                    continue
                found = True
                yield Claim(production.kind, word.value, self.text, self.section, subject)
                break

    def _years_as_relations(self, left: str, start: int, index: int) -> str:
        """A neighbouring year beside 结转 is 上年 or 下年."""
        if "O" not in left and "J" not in left:
            return left.replace("y", "").replace("Y", "")
        offset = index - len(left)
        letters = []
        for place, kind in enumerate(left):
            if kind == "Y":
                shift = self.words[offset + place].value
                kind = {-1: "L", 1: "N"}.get(shift or 0, "Z")
            if kind != "y":
                letters.append(kind)
        return "".join(letters)

    def _of_another_year(self, kinds: str, index: int) -> bool:
        for place in range(index - 1, -1, -1):
            if kinds[place] == "y":
                return False
            if kinds[place] == "Y":
                around = kinds[max(place - 2, 0) : place + 3]
                return not set("OJ") & set(around)
        return "U" in kinds[:index] and not _THIS_YEAR.search(self.plain)

    def _after_among(self, kinds: str, index: int) -> bool:
        """Whether 其中 governs the number: it stands before, and no bracket or group of clauses ends in between."""
        for place in range(index - 1, -1, -1):
            if kinds[place] == "M":
                return True
            if kinds[place] == ")" or (kinds[place] == "," and self.words[place].text == ";"):
                return False
        return False

    def _barred(self, kinds: str, left: str, right: str, start: int) -> str:
        """The kinds that stand in the number's clause, and the bodies named earlier in the sentence."""
        present = left + right
        if "W" in kinds[:start]:
            present += "W"
        if "w" in kinds[:start]:
            present += "w"
        return present.replace("w", "") if self.government else present

    def _is_about(self, production: Production, kinds: str, index: int, found: bool) -> bool:
        if production.about == "documents":
            return True
        if production.about == "appeals":
            return self.topic_requests or bool(_OPENNESS.search(self.plain)) or "Q" in kinds
        for place in range(index - 1, -1, -1):
            if kinds[place] == "Q":
                return True
            if kinds[place] in "FVS":
                return False
        if found or (kinds[index + 1 : index + 2] == "Q"):
            return True
        return self.topic_requests

    def _subject(self, kind: str, left: str, right: str, start: int, index: int) -> str | None:
        if kind == "outcome":
            near = [w.text for w in self.words[start:index] if w.kind == "G"][-1:] or [
                w.text for w in self.words[index + 1 : index + 2] if w.kind == "G"
            ]
            return OUTCOMES.get(near[0]) if near and (left + right).count("G") == 1 else None
        if kind == "applicant":
            name = next(w.text for w in self.words[start:index] if w.kind == "A")
            return ("natural_person" if name == "自然人" else "organizations") if left.count("A") == 1 else None
        if kind in ("issued", "in_force"):
            name = next(w.text for w in self.words[start:index] if w.kind == "o")
            return "regulations" if name == "规章" else "normative_documents"
        return ""

    # -- statements without a number of their own ---------------------------------------------------------------------

    def _denials(self, kinds: str) -> Iterator[Claim]:
        if "!" not in kinds:
            return
        for match in _CLAUSES.finditer(kinds):
            clause = match.group()
            if "!" not in clause or not _NEVER_DENIED.isdisjoint(clause):
                continue
            denied = clause[clause.index("!") :]
            if _NO_REQUEST.match(denied) and not self._names_organizations_only(match):
                yield Claim("none", 0, self.text, self.section, "requests")
            about = self.topic_requests or _OPENNESS.search(self.plain)
            if about and _NO_APPEAL.match(denied) and "RH" not in denied:
                for kind, group in (("V", "reconsideration"), ("S", "litigation")):
                    if kind in denied:
                        yield Claim("none", 0, self.text, self.section, group)

    def _names_organizations_only(self, clause: re.Match[str]) -> bool:
        words = self.words[clause.start() : clause.end()]
        named = {word.text for word in words if word.kind in "Aa"}
        return bool(named) and not named & {"自然人", "公民", "个人"}

    def _all_concluded(self, kinds: str, numbers: list[Claim]) -> Iterator[Claim]:
        if not any(claim.kind == "received" and claim.value > 0 for claim in numbers) or set("ONJeM!FWZ") & set(kinds):
            return
        for clause in _CLAUSES.findall(kinds):
            if _ALL_CONCLUDED.search(clause) and not set("P#xV") & set(clause):
                yield Claim("all_concluded", 0, self.text, self.section)
                return

    def _percentages(self, kinds: str, numbers: list[Claim]) -> Iterator[Claim]:
        wholes = {claim.value for claim in numbers if claim.kind in ("received", "concluded")}
        if len(wholes) != 1 or set("FTWYL") & set(kinds):
            return
        for match in _SHARES.finditer(kinds):
            part, percent = self.words[match.start()].value, self.words[match.end() - 1].percent
            whole = next(iter(wholes))
            if part is not None and percent and part <= whole and whole:
                yield Claim("percentage", part, self.text, self.section, percent=percent, whole=whole)


def _clause(kinds: str, index: int) -> tuple[int, int]:
    """Where the number's clause begins and ends: at a comma, bracket or another number; 、 ends it on the right."""
    start = index
    while start > 0 and kinds[start - 1] not in ",()#x%":
        start -= 1
    end = index + 1
    while end < len(kinds) and kinds[end] not in ",()#x%d":
        end += 1
    return start, end
