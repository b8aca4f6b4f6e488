"""What section 六 says of the 信息处理费: amounts charged and received, in yuan, or that none was."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from attrs import frozen

from govdisclosure._patterns import pattern
from govdisclosure._prose_plain import plain_prose
from govdisclosure.records import Report

_SENTENCES = pattern(r"(?<=[。;\n])")
_MENTION = pattern(
    r"信息处理费|(?:信息公开|依申请公开)[^。\n]{0,12}(?:收费|费用|收取)|收费通知"
    r"|未收取|未收费|未发生[^。\n]{0,16}收费"
)
_NONE = pattern(
    r"(?:未|没有|无|不存在)(?:向[^。,;\n]{0,16})?(?:收取|产生|发生|收到|涉及|征收)[^。,;\n]{0,24}(?:费|收费)"
    r"|(?:未|没有|不)(?:收费|收取)|无(?:政府)?信息(?:公开)?(?:信息)?处理费|免费"
    r"|(?:信息处理费|收费)[^。,;\n]{0,10}(?:未收|为零|为0|无)"
    r"|零收费"
)
_AMOUNT = pattern(r"([^。;\n0-9]{0,30})(?<![0-9.,])([0-9]{1,12}(?:,[0-9]{3}){0,4}(?:\.[0-9]{1,6})?) ?(万元|元)")
_FEE_WORDS = pattern(r"信息处理费|处理费|收取|收费|总金额|缴费|费用")
_OTHER_MONEY = pattern(r"预算|决算|采购|经费|投资|资金|罚款|税|补贴|工资|标准")
_RECEIVED = pattern(r"实际收取|实收|已收取|缴纳|到账")


@frozen
class StatedFee:
    """An amount of 信息处理费 that the text states, in yuan; ``received`` if it is what came in, not what was asked."""

    yuan: Decimal
    quote: str
    received: bool


@frozen
class FeeStatement:
    """What the text says: whether it speaks of the fee, whether it says there was none, and the amounts."""

    mentioned: bool
    denied: bool
    amounts: tuple[StatedFee, ...]

    @property
    def stated(self) -> bool:
        return self.denied or bool(self.amounts)

    @property
    def received(self) -> StatedFee | None:
        """The amount received: the one said to be, else the only one stated."""
        for fee in self.amounts:
            if fee.received:
                return fee
        return self.amounts[0] if len({fee.yuan for fee in self.amounts}) == 1 else None


def fee_statement(report: Report, prose: Sequence[str] | None = None) -> FeeStatement:
    """Reads section 六. The fee is looked for sentence by sentence; a sentence on other money says nothing of it.

    ``prose`` are the sections' texts as ``plain_prose``, where they are at hand.
    """
    place = next((place for place, s in enumerate(report.sections) if s.name == "other_matters"), None)
    if place is None:
        return FeeStatement(False, False, ())
    text = prose[place] if prose is not None else plain_prose(report.sections[place].text)
    if not _may_mention(text):
        return FeeStatement(False, False, ())
    mentioned, denied, amounts = False, False, []
    for sentence in _SENTENCES.split(text):
        if not (_may_mention(sentence) and _MENTION.search(sentence)):
            continue
        mentioned = True
        denied = denied or bool(_NONE.search(sentence))
        for match in _AMOUNT.finditer(sentence) if "元" in sentence else ():
            before, number, unit = match.groups()
            if _OTHER_MONEY.search(before) or not _FEE_WORDS.search(sentence[: match.start(2)]):
                continue
            yuan = Decimal(number.replace(",", "")) * (10000 if unit == "万元" else 1)
            amounts.append(StatedFee(yuan, sentence.strip(), bool(_RECEIVED.search(before))))
    return FeeStatement(mentioned, denied, tuple(amounts))


def _may_mention(text: str) -> bool:
    """A cheap test: each alternative of ``_MENTION`` has one of these words."""
    return "费" in text or "收取" in text
