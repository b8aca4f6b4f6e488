"""When a page was published and by whom, as its metadata, its info line or its table of particulars say."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from govdisclosure._source import Line

_META_DATES = ("pubdate", "publishdate", "publish_date", "publishtime", "article:published_time", "dc.date", "date")
_META_PUBLISHERS = ("contentsource", "source", "publisher", "dc.publisher", "author")
_DATE_LABELS = (
    "发布时间",
    "发布日期",
    "公开日期",
    "公开时间",
    "日期",
    "时间",
    "发文日期",
    "印发日期",
    "成文日期",
    "生成日期",
)
_PUBLISHER_LABELS = ("发布机构", "发布单位", "公开单位", "信息来源", "文章来源", "来源", "发文机关", "发文机构")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})(?!\d)")
_SPACED = sorted((r"\s?".join(label) for label in (*_DATE_LABELS, *_PUBLISHER_LABELS)), key=len, reverse=True)
_SHORT = frozenset(["日期", "时间", "来源"])
_LABELLED = re.compile(rf"(?P<label>{'|'.join(_SPACED)})\s?[】\]］)）]?\s?[:：]\s*(?=(?P<value>.{{0,80}}))")
_OTHER_LABELS = "浏览|点击|阅读|访问|作者|编辑|责任编辑|责编|审核|字体|字号|打印|分享|索引号|文号|主题词"
# A label that is not listed ends a value only behind a blank: without one nobody can tell where it begins.
_VALUE_END = re.compile(
    r"\s*(?:[|｜【\[［(（）)］】\]]|\s(?:19|20)\d\d|(?<=\s)[^\s:：]{1,6}\s?[:：]"
    rf"|(?:{'|'.join(_SPACED)}|(?:{_OTHER_LABELS})(?:次数|人次|量|数)?)\s?[:：])"
)
_NOT_PUBLISHERS = ("本站", "本网", "原创", "互联网", "网络")
LONGEST_INFO_LINE = 300
"""Characters of a line that can be an info line; longer ones are prose."""

MOST_LINES = 2_000
"""How many lines are looked at."""


def find_publication(named: Mapping[str, str], lines: Iterable[Line]) -> tuple[datetime.date | None, str | None]:
    """The date and the agency. Dates without separators between year, month and day are never trusted."""
    labelled = dict(reversed(list(_labelled(lines))))  # the first of each label wins
    date = next(filter(None, (read_date(named.get(name, "")) for name in _META_DATES)), None)
    if date is None:
        date = next(filter(None, (read_date(labelled.get(label, "")) for label in _DATE_LABELS)), None)
    agency = next(filter(None, (_agency(labelled.get(label, "")) for label in _PUBLISHER_LABELS)), None)
    if agency is None:
        agency = next(filter(None, (_agency(named.get(name, "")) for name in _META_PUBLISHERS)), None)
    return date, agency


def read_date(text: str) -> datetime.date | None:
    match = _DATE.search(text)
    if match is None:
        return None
    try:
        return datetime.date(*map(int, match.groups()))
    except ValueError:
        return None


def _agency(text: str) -> str | None:
    text = text.strip()
    end = _VALUE_END.search(text)
    text = (text[: end.start()] if end is not None else text).strip(" \t\u3000\xa0,，。;；")
    if not 2 < len(text) <= 60 or any(text.startswith(word) for word in _NOT_PUBLISHERS):
        return None
    return text if re.search(r"[\u4e00-\u9fff]", text) and not re.search("[:：]", text) else None


def _labelled(lines: Iterable[Line]) -> Iterator[tuple[str, str]]:
    for count, line in enumerate(lines):
        if count == MOST_LINES:
            return
        if line.ruled:
            cells = [fragment.text for fragment in line.fragments]
            for label, value in pairwise(cells):
                label = re.sub(r"\s|[:：【】\[\]]", "", label) if len(label) < 20 else ""
                if label in _DATE_LABELS or label in _PUBLISHER_LABELS:
                    yield label, value
        if len(line.text) <= LONGEST_INFO_LINE:
            for match in _LABELLED.finditer(line.text):
                label = re.sub(r"\s", "", match["label"])
                before = line.text[: match.start()][-1:]
                if label not in _SHORT or not "\u4e00" <= before <= "\u9fff":
                    yield label, match["value"]
