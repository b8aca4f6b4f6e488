"""Short Chinese names of rows and columns for messages; the last part of a path stands in for a name not listed."""

from __future__ import annotations

_NAMES = {
    "regulations": "规章", "normative_documents": "行政规范性文件", "licensing": "行政许可", "penalties": "行政处罚",
    "coercive_measures": "行政强制", "other_services": "其他对外管理服务事项", "fees": "行政事业性收费",
    "procurement": "政府集中采购",
    "issued": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数", "decisions": "处理决定数量",
    "amount": "金额", "produced": "本年新制作数量", "published": "本年新公开数量", "in_public": "对外公开总数量",
    "previous_items": "上一年项目数量", "change": "本年增/减", "items": "采购项目数量",
    "natural_person": "自然人", "commercial_enterprise": "商业企业", "research_institution": "科研机构",
    "public_interest_organization": "社会公益组织", "legal_service_organization": "法律服务机构",
    "other_organization": "其他", "total": "总计",
    "received": "本年新收", "carried_in": "上年结转", "granted": "予以公开", "partially_granted": "部分公开",
    "refused": "不予公开", "state_secret": "属于国家秘密", "prohibited_by_law": "其他法律行政法规禁止公开",
    "security_or_stability": "危及“三安全一稳定”", "third_party_rights": "保护第三方合法权益",
    "internal_affairs": "属于三类内部事务信息",
    "process_information": "属于四类过程性信息",
    "enforcement_files": "属于行政执法案卷", "administrative_inquiry": "属于行政查询事项",
    "unavailable": "无法提供", "not_held": "本机关不掌握相关政府信息", "needs_creation": "没有现成信息需要另行制作",
    "still_unclear": "补正后申请内容仍不明确", "not_processed": "不予处理",
    "petition_or_complaint": "信访举报投诉类申请",
    "repeated": "重复申请", "published_material": "要求提供公开出版物", "excessive": "无正当理由大量反复申请",
    "reconfirmation": "要求确认或重新出具已获取信息", "otherwise": "其他处理", "not_supplemented": "逾期不补正",
    "fee_unpaid": "逾期不缴费", "miscellaneous": "其他", "concluded": "办理结果总计",
    "carried_over": "结转下年度继续办理",
    "reconsideration": "行政复议", "litigation": "行政诉讼", "direct": "未经复议直接起诉",
    "after_reconsideration": "复议后起诉", "upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果",
    "pending": "尚未审结",
}  # fmt: skip

TABLES = {"proactive": "二、主动公开", "requests": "三、依申请公开", "appeals": "四、复议诉讼"}


def label(path: str) -> str:
    """The Chinese name of the last part of ``path``."""
    leaf = path.rpartition(".")[2]
    return _NAMES.get(leaf, leaf)


def full_label(path: str) -> str:
    """The Chinese names of row and column, joined: 行政许可·处理决定数量."""
    parts = path.split(".")
    if parts[0] in ("proactive", "requests"):
        parts = parts[1:]
    return "·".join(_NAMES.get(part, part) for part in parts)


def table_of(path: str) -> str:
    """Which of the three tables a cell belongs to: ``proactive``, ``requests`` or ``appeals``."""
    head = path.partition(".")[0]
    return head if head in ("proactive", "requests") else "appeals"
