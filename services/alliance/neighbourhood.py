"""山北 as data: two blocks facing each other across 山北路, 30 shops below, 120 homes above and behind.

Streets, neighbours and people are invented; they are the cast of the acceptance stories.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.alliance.events import AdjacencyKind, Clause, Count, CovenantAdopted, Meeting

ALLIANCE = "山北商居联盟"
SINCE = date(2024, 3, 1)
"""The day from which everybody is registered."""

BLOCKS: Mapping[str, int] = {"118弄": 6, "95弄": 4}
"""Blocks and how many buildings stand in each."""

FLATS = tuple(f"{floor}0{flat}" for floor in range(1, 7) for flat in (1, 2))

OPPOSITE_M = 14
YARD_M = 4

ROOMS: Mapping[str, str] = {"调解一室": "118弄1号", "调解二室": "118弄1号"}
"""Rooms and the building each lies in."""

COVENANT = CovenantAdopted(
    "山北路安静夜晚公约",
    "The covenant of quiet nights on Shanbei Road",
    (
        Clause(1, "晚上十点以后，店铺收起门外的桌椅，轻拿轻放。"),
        Clause(2, "晚上十点到早上七点，后门不卸货、不拖拽货箱。"),
        Clause(3, "居民遇到吵闹，先敲门或打电话告诉店家，说不通再来反映。"),
        Clause(4, "店家在门口贴出晚上能打通的电话，当天回复。"),
    ),
    ("residents", "merchants"),
    date(2025, 6, 15),
    Meeting("joint_meeting", "居委会活动室", (Count("residents", 64, 59), Count("merchants", 24, 21))),
    date(2025, 7, 1),
    date(2025, 6, 20),
)
"""An invented one, adopted by each side by itself."""


@dataclass(frozen=True)
class Shop:
    """A shop in the ground floor of `building`; `owner` trades there."""

    number: int
    building: str
    name: str
    trade: str
    owner: str

    @property
    def place(self) -> str:
        return f"山北路{self.number}号 {self.name}"

    @property
    def contact(self) -> str:
        return "ma@shanbei.example" if self.owner == "马腾" else f"shop-{self.number}@shanbei.example"


SHOPS = (
    Shop(100, "118弄1号", "德兴馄饨", "restaurant", "潘德兴"),
    Shop(102, "118弄1号", "山北文具", "stationery", "施文清"),
    Shop(104, "118弄1号", "洁雅洗衣", "laundry", "柯雅芬"),
    Shop(106, "118弄2号", "永安药房", "pharmacy", "葛永安"),
    Shop(108, "118弄2号", "老虎灶茶馆", "teahouse", "裘宝根"),
    Shop(110, "118弄2号", "小芳裁缝", "tailor", "俞小芳"),
    Shop(112, "118弄3号", "川香小馆", "restaurant", "郑强"),
    Shop(114, "118弄3号", "丽芳花艺", "florist", "何丽芳"),
    Shop(116, "118弄3号", "夜猫小酒馆", "bar", "马腾"),
    Shop(118, "118弄3号", "小刘烧烤", "barbecue", "刘洋"),
    Shop(120, "118弄4号", "阿婆生煎", "restaurant", "岳阿婆"),
    Shop(122, "118弄4号", "丝路抄手", "noodles", "阿力木"),
    Shop(124, "118弄4号", "贺记锅贴", "restaurant", "贺军"),
    Shop(126, "118弄5号", "浩哥理发", "hairdresser", "董浩"),
    Shop(128, "118弄5号", "海明水产", "seafood", "曹海明"),
    Shop(130, "118弄5号", "凯越便利", "convenience_store", "方凯"),
    Shop(95, "95弄1号", "四季水果", "greengrocer", "夏冬生"),
    Shop(97, "95弄1号", "康乐棋牌室", "games_room", "毛康乐"),
    Shop(99, "95弄1号", "惠民五金", "hardware", "邬惠民"),
    Shop(101, "95弄1号", "南风咖啡", "cafe", "简南"),
    Shop(103, "95弄2号", "巧手修鞋", "shoe_repair", "蒲巧生"),
    Shop(105, "95弄2号", "香满楼面包", "bakery", "路香"),
    Shop(107, "95弄2号", "光明眼镜", "optician", "乔光明"),
    Shop(109, "95弄2号", "极速快递站", "parcel_station", "童飞"),
    Shop(111, "95弄3号", "爱宠之家", "pet_shop", "苗爱华"),
    Shop(113, "95弄3号", "动力健身", "gym", "石磊"),
    Shop(115, "95弄3号", "百味卤菜", "delicatessen", "卜百味"),
    Shop(117, "95弄4号", "静心足浴", "foot_massage", "穆静"),
    Shop(119, "95弄4号", "恒昌烟酒", "tobacco", "昌恒"),
    Shop(121, "95弄4号", "星空琴行", "music_school", "宋星"),
)


def beside(shop: Shop) -> list[tuple[str, AdjacencyKind, int]]:
    """How other places lie to the shop. 118弄6号 stands across a yard from the rear doors of 112–118."""
    block = shop.building.partition("弄")[0] + "弄"
    other_block = next(name for name in BLOCKS if name != block)
    lies: list[tuple[str, AdjacencyKind, int]] = [
        (shop.building, "above", 0),
        (other_block, "opposite", OPPOSITE_M),
    ]
    if 112 <= shop.number <= 118:
        lies.append(("118弄6号", "behind", YARD_M))
    return lies


@dataclass(frozen=True)
class Person:
    """Somebody of the stories. `home` is where they live; None is outside the area."""

    name: str
    contact: str
    roles: tuple[str, ...]
    home: str | None = None
    captain_of: str | None = None


CAST = (
    Person("林佩珍", "lin@shanbei.example", ("resident",), "118弄6号301"),
    Person("孙浩", "sun@shanbei.example", ("resident",), "118弄6号401"),
    Person("周敏", "zhou@shanbei.example", ("coordinator",)),
    Person("顾国强", "gu@shanbei.example", ("mediator",)),
    Person("沈怡", "shen@shanbei.example", ("mediator", "resident"), "118弄3号502"),
    Person("韩志明", "han@shanbei.example", ("mediator",)),
    Person("徐桂英", "xu@shanbei.example", ("resident",), "118弄3号101", captain_of="118弄3号"),
    Person("何静", "he@shanbei.example", ("court_liaison",)),
    Person("系统管理员", "ops@shanbei.example", ("operator",)),
)

STORY_RESIDENTS: Mapping[str, tuple[str, ...]] = {
    "118弄3号102": ("倪秀珍",),
    "118弄3号202": ("戴敏",),
    "118弄3号402": ("吴建国", "吴晓琳"),
    "118弄3号501": ("陈立新", "王阿妹"),
    "118弄4号102": ("叶青",),
    "118弄4号301": ("邵静",),
    "118弄4号501": ("方德明",),
    "118弄5号201": ("黄志伟", "李蓉"),
    "118弄5号202": ("唐国良",),
    "118弄5号301": ("赵敏",),
    "118弄5号302": ("蒋蓓",),
    "118弄5号601": ("汤磊",),
    "95弄2号201": ("沈国华", "龚芸"),
}
"""Who lives where in the stories, besides the cast; the first two of a flat are family."""

WITHOUT_CONTACT = frozenset({"倪秀珍"})
"""Who has neither a telephone nor mail, and is reached through the building captain or by a visit."""

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = (
    "国华",
    "秀英",
    "建平",
    "桂兰",
    "志远",
    "美琴",
    "晓东",
    "雅丽",
    "永康",
    "丽娟",
    "明辉",
    "淑芬",
    "海涛",
)


def invented_name(index: int) -> str:
    """A name for the `index`th flat; 40 surnames and 13 given names, so that none comes twice."""
    return _SURNAMES[index % len(_SURNAMES)] + _GIVEN[index % len(_GIVEN)]
