"""The official labels of a cell, by its path: for display where no grammar is at hand (records from JSON, pages, CLI).

One table for both forms; where a form words a label its own way, ``_WORDED_BY_FORM`` says so. A path of a form that is
not known here keeps its own parts as labels. Tests hold the table against the grammars' first wordings.
"""

from __future__ import annotations

from typing import Final

SECTION_TITLES: Final[dict[str, str]] = {
    "overview": "一、总体情况",
    "proactive": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "appeals": "四、政府信息公开行政复议、行政诉讼情况",
    "problems": "五、存在的主要问题及改进情况",
    "other_matters": "六、其他需要报告的事项",
}
"""The six sections by name, in their order."""

_ROWS: Final[dict[str, str]] = {
    "proactive.regulations": "规章",
    "proactive.normative_documents": "行政规范性文件",
    "proactive.licensing": "行政许可",
    "proactive.other_services": "其他对外管理服务事项",
    "proactive.penalties": "行政处罚",
    "proactive.coercive_measures": "行政强制",
    "proactive.fees": "行政事业性收费",
    "proactive.procurement": "政府集中采购",
    "requests.received": "一、本年新收政府信息公开申请数量",
    "requests.carried_in": "二、上年结转政府信息公开申请数量",
    "requests.granted": "（一）予以公开",
    "requests.partially_granted": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "requests.refused": "（三）不予公开",
    "requests.refused.state_secret": "1.属于国家秘密",
    "requests.refused.prohibited_by_law": "2.其他法律行政法规禁止公开",
    "requests.refused.security_or_stability": "3.危及“三安全一稳定”",
    "requests.refused.third_party_rights": "4.保护第三方合法权益",
    "requests.refused.internal_affairs": "5.属于三类内部事务信息",
    "requests.refused.process_information": "6.属于四类过程性信息",
    "requests.refused.enforcement_files": "7.属于行政执法案卷",
    "requests.refused.administrative_inquiry": "8.属于行政查询事项",
    "requests.unavailable": "（四）无法提供",
    "requests.unavailable.not_held": "1.本机关不掌握相关政府信息",
    "requests.unavailable.needs_creation": "2.没有现成信息需要另行制作",
    "requests.unavailable.still_unclear": "3.补正后申请内容仍不明确",
    "requests.not_processed": "（五）不予处理",
    "requests.not_processed.petition_or_complaint": "1.信访举报投诉类申请",
    "requests.not_processed.repeated": "2.重复申请",
    "requests.not_processed.published_material": "3.要求提供公开出版物",
    "requests.not_processed.excessive": "4.无正当理由大量反复申请",
    "requests.not_processed.reconfirmation": "5.要求行政机关确认或重新出具已获取信息",
    "requests.otherwise": "（六）其他处理",
    "requests.otherwise.not_supplemented": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "requests.otherwise.fee_unpaid": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "requests.otherwise.miscellaneous": "3.其他",
    "requests.concluded": "（七）总计",
    "requests.carried_over": "四、结转下年度继续办理",
    "reconsideration": "行政复议",
    "litigation": "行政诉讼",
    "litigation.direct": "未经复议直接起诉",
    "litigation.after_reconsideration": "复议后起诉",
}

_COLUMNS: Final[dict[str, str]] = {
    "issued": "本年制发件数",
    "repealed": "本年废止件数",
    "in_force": "现行有效件数",
    "produced": "本年新制作数量",
    "published": "本年新公开数量",
    "in_public": "对外公开总数量",
    "previous_items": "上一年项目数量",
    "change": "本年增/减",
    "decisions": "本年处理决定数量",
    "items": "采购项目数量",
    "natural_person": "自然人",
    "commercial_enterprise": "商业企业",
    "research_institution": "科研机构",
    "public_interest_organization": "社会公益组织",
    "legal_service_organization": "法律服务机构",
    "other_organization": "其他",
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}

# Columns whose last part alone does not tell what they are.
_COLUMNS_OF_ROW: Final[dict[str, str]] = {
    "proactive.fees.amount": "本年收费金额（单位：万元）",
    "proactive.procurement.amount": "采购总金额",
}

_WORDED_BY_FORM: Final[dict[tuple[str, str], str]] = {
    ("2019", "proactive.normative_documents"): "规范性文件",
    ("2019", "decisions"): "处理决定数量",
}

_ARTICLES: Final[dict[str, str]] = {
    "proactive.regulations": "第二十条第（一）项",
    "proactive.normative_documents": "第二十条第（一）项",
    "proactive.licensing": "第二十条第（五）项",
    "proactive.other_services": "第二十条第（五）项",
    "proactive.penalties": "第二十条第（六）项",
    "proactive.coercive_measures": "第二十条第（六）项",
    "proactive.fees": "第二十条第（八）项",
    "proactive.procurement": "第二十条第（九）项",
}

_RESULTS: Final = "三、本年度办理结果"
_NOT_RESULTS: Final = frozenset({"requests.received", "requests.carried_in", "requests.carried_over"})
_APPLICANTS: Final = "申请人情况"
_ORGANIZATIONS: Final = "法人或其他组织"
_ORGANIZATION_COLUMNS: Final = frozenset(
    {
        "commercial_enterprise",
        "research_institution",
        "public_interest_organization",
        "legal_service_organization",
        "other_organization",
    }
)


def section_of(path: str) -> str:
    """The name of the section whose table holds the cell."""
    first = path.partition(".")[0]
    return "appeals" if first in ("reconsideration", "litigation") else first


def row_of(path: str) -> str:
    """The path of the cell's row: all parts but the column."""
    return path.rpartition(".")[0]


def row_labels(form: str, path: str) -> tuple[str, ...]:
    """The labels that lead to the cell's row: section, article or part of the table, groups, the row itself."""
    section, row = section_of(path), row_of(path)
    labels = [SECTION_TITLES.get(section, section)]
    if row in _ARTICLES:
        labels.append(_ARTICLES[row])
    if section == "requests" and row not in _NOT_RESULTS:
        labels.append(_RESULTS)
    parts = row.split(".")
    first = 0 if section == "appeals" else 1
    for end in range(first, len(parts)):
        labels.append(_row(form, ".".join(parts[: end + 1])))
    return tuple(labels)


def row_label(form: str, path: str) -> str:
    """The label of the cell's own row."""
    return _row(form, row_of(path))


def column_labels(form: str, path: str) -> tuple[str, ...]:
    """The heads above the cell, from the widest to its own column."""
    column = column_label(form, path)
    if section_of(path) != "requests":
        return (column,)
    if path.rpartition(".")[2] in _ORGANIZATION_COLUMNS:
        return (_APPLICANTS, _ORGANIZATIONS, column)
    return (_APPLICANTS, column)


def column_label(form: str, path: str) -> str:
    """The head of the cell's own column."""
    column = path.rpartition(".")[2]
    return _COLUMNS_OF_ROW.get(path) or _WORDED_BY_FORM.get((form, column)) or _COLUMNS.get(column, column)


def cell_label(form: str, path: str) -> str:
    """Row and column in one line, as ``（三）不予公开 / 1.属于国家秘密 · 自然人``; the section is left out."""
    labels = [label for label in row_labels(form, path)[1:] if not label.startswith("第二十条") and label != _RESULTS]
    return f"{' / '.join(labels)} · {column_label(form, path)}"


def unit(path: str) -> str:
    """件, 项 or 万元; empty for ``proactive.procurement.amount``, for which the form names no unit."""
    if path == "proactive.fees.amount":
        return "万元"
    if path == "proactive.procurement.amount":
        return ""
    return "项" if path.rpartition(".")[2] in ("previous_items", "change", "items") else "件"


def _row(form: str, row: str) -> str:
    return _WORDED_BY_FORM.get((form, row)) or _ROWS.get(row, row.rpartition(".")[2])
