"""The vocabulary of claims: prose as a string of word kinds, one letter each, that the grammar of claims is written in.

A stretch of words that are not listed becomes ``~``, unless it consists of words that change nothing (共, 全年, 案件).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from attrs import define

from govdisclosure._patterns import pattern

_KINDS: tuple[tuple[str, str], ...] = (
    # Order matters: the first word that fits is taken. Each begins with a character, so that they can be found by it.
    ("-", r"截(?:至|止(?:到|至)?)(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日|底|末)?|年?底)"
          r" 1月1日(?:起)?(?:至|到|-|—|~)(?:\d{4}年)?12月31日(?:止)?"),
    ("F", r"12[0-9]{3}(?:[^0-9件]{0,4}热线)?(?!件|[0-9])"),
    ("#", r"[0-9] 大约(?=[0-9]) 约(?=[0-9]) 接近(?=[0-9]) 将近(?=[0-9]) 近(?=[0-9]) 超过?(?=[0-9]) 逾(?=[0-9])"
          r" 不(?:少于|超过|足)(?=[0-9]) 至少(?=[0-9]) 低于(?=[0-9]) 高于(?=[0-9]) 多于(?=[0-9]) 少于(?=[0-9])"
          r" 达到?(?=[0-9]) 第(?=[0-9])"),  # where a number begins; ``_NUMBER`` tells what belongs to it
    ("K", r"经复议后(?:再)?(?:直接)?(?:提?起诉|提起(?:行政)?诉讼) 复议后(?:再)?(?:直接)?(?:提?起诉|提起(?:行政)?诉讼)"),
    ("D", r"未经复议(?:而)?直接(?:提?起诉|提起(?:行政)?诉讼) 直接(?:提)?起诉 直接提起(?:行政)?诉讼"),
    ("V", r"行政复议 复议"),
    ("S", r"行政(?:应诉|诉讼) 应诉 诉讼"),
    ("h", r"审理 审结 一审 二审 终审 再审 胜诉 败诉 驳回 撤销 纠正 维持 和解 责令 确认违法 上诉 出庭 调解 终止"),
    ("G", r"不予以?公开 不同意公开 予以公开 部分公开 无法提供 不予处理 其他处理"),
    ("A", r"自然人 法人(?:和|或|或者|及|与|、|/)?其他组织"),
    ("a", r"公民 个人"),
    ("F", r"主动公开 工单 热线 来信 信件 来访 来电 信访 留言 咨询 投诉 举报 建议 提案 议案 邮件 许可 审批 办件 好差评"
          r" 征集 意见 舆情 问卷 登记 线索 诉求 求助 信箱 政务服务 稿件 解读 处罚 检查 证书 事项 公证 仲裁 监督件 督办 回应 答疑"
          r" 提问 访谈 仲裁 行政强制 案卷 档案 贷款 补贴 户籍 执行申请 听证"),
    ("P", r"按[时期] 及时 延期 逾期 超期 当场 书面 口头 电话 网上 在线 邮寄 信函 当面 传真 现场 网络 网站 窗口 渠道"
          r" 系统 平台 法定(?:期限|时限) 规定(?:期限|时限)? 时限 到期 应答复 应办 互联网 微信 邮箱 纸质 电子"),
    ("W", r"各(?:级|地|区|县|市|镇|乡|街|部|单|科|处|局|委|有关|相关) 下属 所属 直属 下级 上级 乡镇 街道"
          r" 科室 处室 县区 区县 区直 市直 县直 省直 本级 机关本身 部门 单位 名义 政府办 转办 交办"
          r" 市(?:人民)?政府 区(?:人民)?政府 县(?:人民)?政府 省(?:人民)?政府 旗(?:人民)?政府 州(?:人民)?政府"
          r" 镇(?:人民)?政府 乡(?:人民)?政府 其他机关"),
    ("w", r"全(?:省|市|县|区|州|盟|旗|镇|乡|系统) 我(?:省|市|县|区|州|盟|旗|镇|乡|系统) 辖区"),
    ("Z", r"上半年 下半年 季度 每[年月周] 月均 年均 以来 历年 往年 近[年两三]"),
    ("U", r"累计"),
    ("T", r"同比 环比 相比 较 比上 增加 减少 增长 下降 上升 提高 降低 增幅 降幅 多出"),
    ("-", r"大约占 约占 接近占 近占"),  # the share behind it is not exact
    ("E", r"占比 占 比例"),
    ("L", r"上一?年度? 去年度? 前一年度?"),
    ("N", r"下一?年度? 次年度? 明年 来年 翌年"),
    ("J", r"顺延"),
    ("O", r"结转 转入 转至 转到 转"),
    ("R", r"收到 新收 接收 受理 接到 收悉"),
    ("C", r"办理完毕 办理结束 处理完毕 办理答复 答复 办结 办复"),
    ("H", r"办理 处理"),
    ("B", r"分别 各"),
    ("M", r"其中"),
    ("I", r"包含 含 包括"),
    ("-", r"申请人"),
    ("Q", r"依申请公开(?:事项|请求|件)?"
          r" 政[府务]信息公开申请(?:公开)?(?:事项|请求)? 信息公开申请(?:公开)?(?:事项|请求)?"
          r" 公开申请(?:公开)?(?:事项|请求)? 申请(?:公开)?(?:事项|请求)? 政[府务]信息公开$ 依申请"),
    ("-", r"无(?=正当) 无法 无误 无偿 有无 不无 未来"),
    ("!", r"尚(?:未|没有|没|无) 从(?:未|没有|没|无) 均(?:未|没有|没|无) 并(?:未|没有|没|无) 未 没有 没 无"),
    ("v", r"均 全部 都 一律"),
    ("e", r"除"),
    ("c", r"因 由于 涉及 属于 针对 关于"),
    ("i", r"制发"),
    ("f", r"现行有效"),
    ("o", r"规章 行政规范性文件 规范性文件"),
    (",", r", ; :"),
    ("d", r"、 及 和 与 或"),
    ("(", r"\( \["),
    (")", r"\) \]"),
)  # fmt: skip
_FIRST = pattern(r"\[0-9\]|\\.|[^\[\\]")
"""How a listed word may begin: with a digit, or with a character of its own."""


@cache
def _words() -> re.Pattern[str]:
    """The listed words, ordered by their first characters, which the search then skips to. Numbers end in a group.

    Made at the first use: it is too large to be made at every import.
    """
    rests: dict[str, list[str]] = {}
    for letter, words in _KINDS:
        for word in words.split():
            match = _FIRST.match(word)
            assert match is not None
            rest = word[match.end() :] + ("()" if letter == "#" else "")
            for first in "0123456789" if match.group() == "[0-9]" else (match.group(),):
                rests.setdefault(first, []).append(rest)
    return re.compile("|".join(f"{first}(?:{'|'.join(after)})" for first, after in rests.items()))


@lru_cache(maxsize=4096)
def _kind_of(word: str) -> str:
    """The kind of a word that ``_words`` found and that is no number. Of all but 无 the word alone tells it."""
    kinds, others = _kinds()
    kind = kinds.get(word)
    if kind is None:
        match = others.match(word)
        assert match is not None
        kind = _KINDS[int((match.lastgroup or "k")[1:])][0]
    return kind


@cache
def _kinds() -> tuple[dict[str, str], re.Pattern[str]]:
    """The kinds of the words that are listed as they are, and a group for each kind of those that are described."""
    kinds: dict[str, str] = {}
    described: list[str] = []
    for at, (letter, words) in enumerate(_KINDS):
        if letter != "#":
            listed = words.split()
            kinds.update((word, letter) for word in listed if word not in kinds and word == re.escape(word))
            if patterns := [word for word in listed if word != re.escape(word)]:
                described.append(f"(?P<k{at}>{'|'.join(patterns)})")
    return kinds, re.compile("|".join(described))


_IDLE_WORDS = (
    r"共计|总计|合计|总共|共有|一共|共|总|了|的|各类|各种|有效|任何|任何形式|社会公众|群众|政府|政务|信息|公开"
    r"|数量|总数|总量|案件|案|数|为|有|到|计|正式"
    r"|本年度|当年度|全年|年度|本年|当年|今年|本机关|我机关|我局|我办|我委|我厅|我院|我镇|我乡|我街|已|其|件数"
    r"|来|至|自|于|被申请|被提起|被|提起"
    r"|发生|引发|引起|产生|请求|提出|提交|递交|情况|作出|决定|结果|依法|主动|继续|等|也|则|另|还|向|在|由|内|“|”|\"|'|《|》|\.|\*"
)
_IDLE = pattern(_IDLE_WORDS)
_IDLE_CHARACTERS = "".join(sorted(set(_IDLE_WORDS) - {"|", "\\"}))
_NUMBER = pattern(
    r"(大?约|接近|将近|近|超过?|逾|不少于|不超过|至少|不足|低于|高于|多于|少于|达到?|第)?"
    r"([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)([万亿千百])?(余|多|来)?"
    r"(件次|人次|件|起|例|宗|条|项|份|万元|元|[^\W\d_]|%)?(?:以上|左右|以下|之多|多|余)?"
)
CASE_UNITS = frozenset("件起例宗条项份")
_EXACT_BEFORE = frozenset(["", "达", "达到"])


@define(slots=True)
class Word:
    """A word of a sentence: its kind (one letter), its text and, for a number, the value it states exactly."""

    kind: str
    text: str
    value: int | None = None
    percent: str = ""


def words_of(sentence: str, year: int | None) -> list[Word]:
    """The words of a sentence (NFKC, agency's own name masked). Years become L, N or one of ``y`` (the report's) and
    ``Y`` (another); numbers that count cases become ``#``, all others ``x``; percentages ``%``."""
    words: list[Word] = []
    search = _words().search
    position = 0
    while (match := search(sentence, position)) is not None:
        start, end = match.span()
        if start - position >= _LEAST_UNLISTED:
            _fill(words, sentence[position:start])
        position = end
        if match.lastindex is not None:
            number = _NUMBER.match(sentence, start)
            assert number is not None
            position = number.end()
            words.append(_number(number, year))
            continue
        text = match.group()
        kind = _kind_of(text)
        if kind == "Q" and text in ("申请", "申请事项") and words and words[-1].kind in "F~":
            kind = "F"  # an application for something else: 行政许可申请
        elif text == "无" and sentence.startswith("正当", end):
            continue
        if kind != "-":
            words.append(Word(kind, text))
    _fill(words, sentence[position:])
    return words


_LEAST_UNLISTED = 2
"""Characters that a stretch of words not listed must have, idle ones apart, to count as something said."""


_SURELY_UNLISTED = pattern(rf"[^{_IDLE_CHARACTERS}].*[^{_IDLE_CHARACTERS}]")


def _fill(words: list[Word], text: str) -> None:
    if len(text) >= _LEAST_UNLISTED and (_SURELY_UNLISTED.search(text) or len(_IDLE.sub("", text)) >= _LEAST_UNLISTED):
        words.append(Word("~", text))


def _number(match: re.Match[str], year: int | None) -> Word:
    text = match.group()
    before, digits, times, vague, unit = match.groups("")
    exact = before in _EXACT_BEFORE and match.end(5) in (-1, match.end()) and not (times or vague)
    if unit == "年" and len(digits) == 4 and exact:
        return _year(text, int(digits), year)
    if unit == "月":
        return Word("Z", text)
    if unit == "%":
        return Word("%", text, percent=digits if exact else "")
    if unit in CASE_UNITS and exact and "." not in digits:
        return Word("#", text, int(digits.replace(",", "")))
    return Word("x", text)


def _year(text: str, stated: int, year: int | None) -> Word:
    if year is None or stated == year:
        return Word("y", text)
    return Word("Y", text, value=stated - year)
