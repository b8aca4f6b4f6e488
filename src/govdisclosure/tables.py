"""The three tables as typed records, one class for each group of rows, for the forms of 2019 and 2021.

Every leaf is a ``Count`` or an ``Amount``: the number the document states, or ``None`` where it states none. Why a
number is missing (blank, placeholder, lost) is told by ``Report.cell(path).state``. Field names are the last parts of
the cell paths; the Chinese terms are the labels of the official forms (国办公开办函〔2019〕60号, 〔2021〕30号).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from attrs import frozen

Count: TypeAlias = int | Decimal | None
"""A number of things (件, 项): a whole number; a ``Decimal`` only where the document prints decimals."""

Amount: TypeAlias = Decimal | None
"""A sum of money in 万元 (10,000 yuan), with the decimals as printed."""


@frozen
class DocumentCounts2021:
    """规章 or 行政规范性文件 under article 20(1), in documents (件)."""

    issued: Count  #: 本年制发件数, during the year
    repealed: Count  #: 本年废止件数, during the year
    in_force: Count  #: 现行有效件数, a stock at the year's end


@frozen
class DocumentCounts2019:
    """规章 or 规范性文件 under article 20(1), in documents (件)."""

    produced: Count  #: 本年新制作数量
    published: Count  #: 本年新公开数量
    in_public: Count  #: 对外公开总数量, a stock at the year's end


@frozen
class Decisions2021:
    """行政许可, 行政处罚 or 行政强制: decisions of the year (件)."""

    decisions: Count  #: 本年处理决定数量


@frozen
class Decisions2019:
    """行政许可, 其他对外管理服务事项, 行政处罚 or 行政强制: items in the catalogue (项) and decisions (件)."""

    previous_items: Count  #: 上一年项目数量, a stock at the end of the year before
    change: Count  #: 本年增/减, signed
    decisions: Count  #: 处理决定数量


@frozen
class FeeAmount:
    """行政事业性收费 under article 20(8), form 2021."""

    amount: Amount  #: 本年收费金额（单位：万元）


@frozen
class FeeItems:
    """行政事业性收费 under article 20(8), form 2019: items in the catalogue (项)."""

    previous_items: Count  #: 上一年项目数量
    change: Count  #: 本年增/减, signed


@frozen
class Procurement:
    """政府集中采购 under article 20(9), form 2019."""

    items: Count  #: 采购项目数量
    amount: Amount  #: 采购总金额; the form names no unit, the unit printed is in the cell's raw text


@frozen
class Proactive2021:
    """二、主动公开政府信息情况, form 2021."""

    regulations: DocumentCounts2021  #: 规章
    normative_documents: DocumentCounts2021  #: 行政规范性文件
    licensing: Decisions2021  #: 行政许可
    penalties: Decisions2021  #: 行政处罚
    coercive_measures: Decisions2021  #: 行政强制
    fees: FeeAmount  #: 行政事业性收费


@frozen
class Proactive2019:
    """二、主动公开政府信息情况, form 2019."""

    regulations: DocumentCounts2019  #: 规章
    normative_documents: DocumentCounts2019  #: 规范性文件
    licensing: Decisions2019  #: 行政许可
    other_services: Decisions2019  #: 其他对外管理服务事项
    penalties: Decisions2019  #: 行政处罚
    coercive_measures: Decisions2019  #: 行政强制
    fees: FeeItems  #: 行政事业性收费
    procurement: Procurement  #: 政府集中采购


@frozen
class Applicants:
    """One row of table 三: requests (件) by kind of applicant (申请人情况)."""

    natural_person: Count  #: 自然人
    commercial_enterprise: Count  #: 商业企业
    research_institution: Count  #: 科研机构
    public_interest_organization: Count  #: 社会公益组织
    legal_service_organization: Count  #: 法律服务机构
    other_organization: Count  #: 其他
    total: Count  #: 总计


@frozen
class Refused:
    """（三）不予公开: requests refused, by reason."""

    state_secret: Applicants  #: 1.属于国家秘密
    prohibited_by_law: Applicants  #: 2.其他法律行政法规禁止公开
    security_or_stability: Applicants  #: 3.危及“三安全一稳定”
    third_party_rights: Applicants  #: 4.保护第三方合法权益
    internal_affairs: Applicants  #: 5.属于三类内部事务信息
    process_information: Applicants  #: 6.属于四类过程性信息
    enforcement_files: Applicants  #: 7.属于行政执法案卷
    administrative_inquiry: Applicants  #: 8.属于行政查询事项


@frozen
class Unavailable:
    """（四）无法提供: requests for information that can't be provided, by reason."""

    not_held: Applicants  #: 1.本机关不掌握相关政府信息
    needs_creation: Applicants  #: 2.没有现成信息需要另行制作
    still_unclear: Applicants  #: 3.补正后申请内容仍不明确


@frozen
class NotProcessed:
    """（五）不予处理: requests not processed, by reason."""

    petition_or_complaint: Applicants  #: 1.信访举报投诉类申请
    repeated: Applicants  #: 2.重复申请
    published_material: Applicants  #: 3.要求提供公开出版物
    excessive: Applicants  #: 4.无正当理由大量反复申请
    reconfirmation: Applicants  #: 5.要求行政机关确认或重新出具已获取信息


@frozen
class Otherwise:
    """（六）其他处理, form 2021: requests closed otherwise, by reason."""

    not_supplemented: Applicants  #: 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
    fee_unpaid: Applicants  #: 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请
    miscellaneous: Applicants  #: 3.其他


@frozen
class Requests2021:
    """三、收到和处理政府信息公开申请情况, form 2021. received + carried_in = concluded + carried_over."""

    received: Applicants  #: 一、本年新收政府信息公开申请数量
    carried_in: Applicants  #: 二、上年结转政府信息公开申请数量
    granted: Applicants  #: （一）予以公开
    partially_granted: Applicants  #: （二）部分公开
    refused: Refused
    unavailable: Unavailable
    not_processed: NotProcessed
    otherwise: Otherwise
    concluded: Applicants  #: （七）总计
    carried_over: Applicants  #: 四、结转下年度继续办理


@frozen
class Requests2019:
    """三、收到和处理政府信息公开申请情况, form 2019. received + carried_in = concluded + carried_over."""

    received: Applicants  #: 一、本年新收政府信息公开申请数量
    carried_in: Applicants  #: 二、上年结转政府信息公开申请数量
    granted: Applicants  #: （一）予以公开
    partially_granted: Applicants  #: （二）部分公开
    refused: Refused
    unavailable: Unavailable
    not_processed: NotProcessed
    otherwise: Applicants  #: （六）其他处理
    concluded: Applicants  #: （七）总计
    carried_over: Applicants  #: 四、结转下年度继续办理


@frozen
class AppealOutcomes:
    """Cases (件) by outcome, of 行政复议 or of one track of 行政诉讼."""

    upheld: Count  #: 结果维持
    corrected: Count  #: 结果纠正
    other: Count  #: 其他结果
    pending: Count  #: 尚未审结, a stock at the year's end
    total: Count  #: 总计


@frozen
class Litigation:
    """行政诉讼: lawsuits over open-government matters."""

    direct: AppealOutcomes  #: 未经复议直接起诉
    after_reconsideration: AppealOutcomes  #: 复议后起诉


@frozen
class Tables2021:
    """All 200 cells of the form of 2021."""

    proactive: Proactive2021
    requests: Requests2021
    reconsideration: AppealOutcomes
    litigation: Litigation


@frozen
class Tables2019:
    """All 198 cells of the form of 2019."""

    proactive: Proactive2019
    requests: Requests2019
    reconsideration: AppealOutcomes
    litigation: Litigation
