"""What kind of body an agency's name tells of: government or department, and whether it is at county level or below."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from attrs import frozen

from govdisclosure._patterns import pattern


class BodyKind(StrEnum):
    GOVERNMENT = "government"  #: a people's government at county level or above
    TOWNSHIP = "township"  #: a township's or town's government
    SUBDISTRICT = "subdistrict"  #: a street office (街道办事处)
    DEPARTMENT = "department"  #: a department of a government, its office included
    UNKNOWN = "unknown"


@frozen
class Body:
    """``below_prefecture`` is true only if the name says so beyond doubt: a town, street, county, district or a
    department of one."""

    kind: BodyKind
    below_prefecture: bool

    @property
    def is_government(self) -> bool:
        return self.kind in (BodyKind.GOVERNMENT, BodyKind.TOWNSHIP)


_TOWNSHIP = pattern(r"(?:镇|(?<!城)乡|苏木|乡镇)(?:人民)?政府(?:\(本级\))?$|[^城]{2}(?:镇|乡|苏木)$")
_SUBDISTRICT = pattern(r"街道(?:办事处|办)?$|街道党工委|街(?:办事处)?$")
_GOVERNMENT = pattern(r"人民政府(?:\(本级\))?$|(?:省|自治区|自治州|自治县|市|县|区|州|盟|旗)(?:政府)?$")
_DEPARTMENT = pattern(
    r"(?:局|委员会|委|办公室|办公厅|厅|部|署|队|所|站|院|会|处|馆|中心|银行|集团|公司|学校|大学|学院|医院)(?:\([^()]*\))?$"
)
_ADMINISTRATIVE_COMMITTEE = pattern(r"(?:管理委员会|管委会)$")
_COUNTY_LEVEL = pattern(
    r"[\u4e00-\u9fff](?:县(?!域|级|城)|自治县|(?<!盟)旗(?!舰|帜)"
    r"|(?<!自治)(?<!社)(?<!地)(?<!景)(?<!特)(?<!新)(?<!开发)(?<!灾)(?<!校)(?<!库)(?<!牧)(?<!林)(?<!港)(?<!城)(?<!行政)"
    r"区(?!域|划|块|县|间))"
)
_TOWN_OR_STREET = pattern(r"[^城]{1}(?:镇|乡(?!村)|苏木)(?=人民政府|政府|$)|街道")


@lru_cache(maxsize=1024)
def body_of(agency: str | None) -> Body:
    name = re.sub(r"\s", "", agency or "").replace("（", "(").replace("）", ")")
    if not name:
        return Body(BodyKind.UNKNOWN, False)
    below = any(sign.search(name) for sign in (_TOWN_OR_STREET, _SUBDISTRICT, _COUNTY_LEVEL))
    if _SUBDISTRICT.search(name):
        kind = BodyKind.SUBDISTRICT
    elif _TOWNSHIP.search(name):
        kind = BodyKind.TOWNSHIP
    elif _GOVERNMENT.search(name) and not _COMMUNITY.search(name):
        kind = BodyKind.GOVERNMENT
    elif _ADMINISTRATIVE_COMMITTEE.search(name) or not _DEPARTMENT.search(name):
        kind = BodyKind.UNKNOWN
    else:
        kind = BodyKind.DEPARTMENT
    return Body(kind, below)


_COMMUNITY = pattern(r"(?:社区|园区|新区|开发区|景区|管理区|林区|矿区|地区)$")
