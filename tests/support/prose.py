"""Invented agencies and prose for invented reports, with the traps that real prose sets."""

from __future__ import annotations

import random

Paragraph = tuple[str, str]

STYLES = ("plain", "inline", "headings", "restarting", "numbered", "traps")
"""How section one is divided: not at all, by （一） within paragraphs, by sub-headings, by sub-headings that restart at
一、, by 1. 2. 3.; "traps" has sentences that look like rows and titles of the tables."""

_PLACES = ("云麓县", "青石滩镇", "南湾区", "鹤鸣市", "白水河街道", "枫林坪乡", "长堤区", "望江岭县", "沙洲镇", "东篱市")
_OFFICES = ("教育局", "财政局", "交通运输局", "水务局", "文化广电和旅游局", "司法局", "统计局", "林业和草原局")
_ASPECTS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
_NUMERALS = "一二三四五六"


def agency(chance: random.Random) -> str:
    """The name of an invented agency: a government, or an office of one."""
    place = chance.choice(_PLACES)
    if place[-1] in "镇乡" or chance.random() < 0.3:
        return place + ("办事处" if place.endswith("街道") else "人民政府")
    return place + ("办事处" if place.endswith("街道") else chance.choice(_OFFICES))


def title(chance: random.Random, name: str, year: int) -> str:
    """The title of a report."""
    return chance.choice(
        (
            f"{name}{year}年政府信息公开工作年度报告",
            f"{name}{year}年政府信息公开工作年度报告",
            f"{year}年{name}政府信息公开工作年度报告",
            f"{name}{year}年度政府信息公开工作年度报告",
        )
    )


def narrative(chance: random.Random, style: str, name: str, year: int) -> dict[str, tuple[Paragraph, ...]]:
    """The three sections of prose."""
    return {
        "overview": tuple(_overview(chance, style, name, year)),
        "problems": tuple(_problems(chance, style, year)),
        "other_matters": tuple(_other(chance)),
    }


def _overview(chance: random.Random, style: str, name: str, year: int) -> list[Paragraph]:
    paragraphs: list[Paragraph] = [
        (
            "p",
            f"本报告由{name}依照有关规定编制，所列数据的统计时段为{year}年1月1日至12月31日。"
            f"读者如有疑问，可致电{chance.randint(200, 999)}-{chance.randint(2000000, 8999999)}查询。",
        )
    ]
    if style == "traps":
        paragraphs.append(("p", _trap(chance, year)))
    for number, aspect in enumerate(_ASPECTS):
        text = _sentence(chance, aspect)
        if style == "inline":
            paragraphs.append(("p", f"（{_NUMERALS[number]}）{aspect}。{text}"))
        elif style == "numbered":
            paragraphs.append(("p", f"{number + 1}.{aspect}。{text}"))
        elif style == "plain":
            paragraphs.append(("p", text))
        else:
            mark = f"{_NUMERALS[number]}、" if style in ("restarting", "traps") else f"（{_NUMERALS[number]}）"
            paragraphs.extend((("h", f"{mark}{aspect}情况"), ("p", text)))
    return paragraphs


def _sentence(chance: random.Random, aspect: str) -> str:
    count = chance.randint(2, 480)
    more = chance.randint(1, 60)
    return {
        "主动公开": f"全年在网站和公示栏发布信息{count}条，其中办事须知{more}条；组织政策问答{chance.randint(1, 9)}场，"
        f"到场居民{count}人。群众可以在“公开专栏”里按年份、文号和主题词查找往年文件。",
        "依申请公开": f"窗口、邮寄和网上三个渠道都有人值守，答复之前由两人分别核对，平均用时{chance.randint(3, 19)}天，"
        "比规定的期限短。申请人要求更正的内容，都在当日处理完毕。",
        "政府信息管理": f"公文起草时同时注明公开属性，没有注明的退回重办，全年退回{more}件。"
        f"清理过期栏目{chance.randint(1, 30)}个，更新链接{count}条。",
        "政府信息公开平台建设": f"网站改版以后，检索结果可以按时间排序，手机端的访问量占{more}.{count % 10}%；"
        "查阅点配有电脑、打印机和轮椅通道。",
        "监督保障": f"每季度通报一次进展，年底请{more}名居民打分，满意的占{chance.randint(80, 99)}%。"
        f"举办培训{chance.randint(1, 6)}次，参加{count}人次，没有发生被追究责任的情形。",
    }[aspect]


def _trap(chance: random.Random, year: int) -> str:
    """A paragraph that names rows, titles and numbers of the tables."""
    count = chance.randint(3, 90)
    return chance.choice(
        (
            f"全文共分总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、行政复议和行政诉讼情况、"
            f"存在的主要问题及改进情况、其他需要报告的事项六个部分，另附图{count}幅。",
            f"{year}年行政许可{count}件，行政处罚0件，行政强制0件，行政事业性收费{count}.50万元，均已公示。",
            f"收到申请{count}件，其中予以公开{count - 2}件、部分公开1件、不予公开1件，"
            f"结转下年度继续办理0件，总计{count}件。",
        )
    )


def _problems(chance: random.Random, style: str, year: int) -> list[Paragraph]:
    first = (
        f"一是少数科室更新不够及时，有{chance.randint(2, 40)}个栏目半年以上没有新内容；"
        "二是图解做得少，长文件多；三是基层窗口的人手偏紧。"
    )
    second = (
        f"{year + 1}年将每月检查一次栏目，每件新文件都附一份问答，并在{chance.randint(3, 20)}个村（社区）设查阅角，"
        "让不会上网的居民也能看到。"
    )
    if style in ("headings", "restarting"):
        return [("h", "（一）存在的问题"), ("p", first), ("h", "（二）改进的打算"), ("p", second)]
    return [("p", f"（一）存在的问题。{first}"), ("p", f"（二）改进的打算。{second}")]


def _other(chance: random.Random) -> list[Paragraph]:
    fee = chance.choice((0, 10, 350, 3940))
    charged = f"全年收取信息处理费{fee}元，发出通知{chance.randint(1, 5)}份。" if fee else "本年度没有收取信息处理费。"
    return [("p", charged)] + ([("p", "没有其他需要说明的内容。")] if chance.random() < 0.4 else [])
