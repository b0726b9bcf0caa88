"""Who pays, under which names, and what stands beside the amount."""

from dataclasses import dataclass
from random import Random

_FIRST = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_TRADES = ("电子", "服装", "物流", "机械", "餐饮", "建筑", "贸易", "食品", "纺织", "科技", "家政", "汽配")
PAY_TEXTS = ("工资", "代发工资", "代发", "薪资", "薪", "月薪", "工资款", "salary", "SALARY", "薪酬", "批量代发")
BONUS_TEXTS = ("年终奖", "奖金", "13薪", "第十三个月工资", "绩效奖金", "bonus")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """One payer of income, with its habits."""

    names: tuple[str, ...]
    account: str | None
    texts: tuple[str, ...]
    blank_in_100: int  # how often nothing stands beside the amount
    switches: bool  # changes its name once, instead of using its names at random

    def name(self, random: Random, done: float) -> str:
        """The name used when that share of the period is done."""
        if self.switches:
            return self.names[min(int(done * len(self.names)), len(self.names) - 1)]
        return self.names[0] if random.random() < 0.8 else random.choice(self.names)

    def text(self, random: Random, month: int) -> str:
        """What stands beside the amount this time."""
        if random.randrange(100) < self.blank_in_100:
            return ""
        text = random.choice(self.texts)
        return random.choice((text, text, text, f"{month}月{text}", f"{text}{month:02}"))


def number(random: Random, digits: int = 19) -> str:
    """An account number that no bank has given."""
    return "62" + "".join(random.choice("0123456789") for _ in range(digits - 2))


def short_name(random: Random) -> str:
    """Such as 甲电子: what all names of one company begin with."""
    return random.choice(_FIRST) + random.choice(_TRADES)


def employer(random: Random, *, is_clear: bool = False) -> Payer:
    """A company, now and then a small shop whose owner pays; `is_clear`: seldom without a text."""
    if random.random() < 0.06:
        return Payer(
            names=(f"店主{random.choice(_FIRST)}",), account=number(random), blank_in_100=5, switches=False,
            texts=("工资", "发工资", "本月工资"),
        )  # fmt: skip
    short = short_name(random)
    forms = [short + ending for ending in ("公司", "有限公司", "有限公司工资户", "有限责任公司", "集团股份有限公司")]
    public = [f"某市第{random.choice('一二三四五')}中学", f"某市{random.choice('东西南北')}区卫生院", "某县水务局"]
    if random.random() < 0.12:
        name = random.choice(public)
        names: tuple[str, ...] = (name, f"{name}零余额账户") if random.random() < 0.3 else (name,)
    else:
        names = tuple(random.sample(forms, random.choice((1, 1, 1, 2, 2, 3))))
    style = random.random()
    texts = (random.choice(PAY_TEXTS),) if style < 0.5 else tuple(random.sample(PAY_TEXTS, 3))
    blank = random.choice((0, 0, 5, 10)) if is_clear else random.choice((0, 0, 0, 10, 30, 60, 100))
    return Payer(
        names=names,
        account=number(random) if random.random() < 0.85 else None,
        texts=texts,
        blank_in_100=blank,
        switches=random.random() < 0.5,
    )


def pension_office(random: Random) -> Payer:
    """Who pays pensions."""
    names = random.choice((
        ("某市社会保险基金管理中心",), ("某省社会保险事业服务中心",), ("某市机关事业养老保险中心",),
        ("城乡居民养老金发放专户", "某县社会保险中心"), ("某市社保局", "某市社会保险基金管理中心"),
    ))  # fmt: skip
    return _office(random, names, ("养老金", "养老待遇", "退休金", "基本养老金", "养老保险待遇"))


def benefit_office(random: Random) -> Payer:
    """Who pays benefits."""
    kind = random.choice(("低保", "失业", "抚恤"))
    names = {
        "低保": ("某县民政局", "某街道办事处"),
        "失业": ("某市失业保险基金专户",),
        "抚恤": ("某区退役军人事务局",),
    }[kind]  # fmt: skip
    texts = {"低保": ("低保金", "最低生活保障金"), "失业": ("失业保险金", "失业金"), "抚恤": ("定期抚恤金", "抚恤金")}
    return _office(random, names, texts[kind])


def platform(random: Random) -> Payer:
    """A platform that settles many small jobs."""
    short = random.choice(_FIRST)
    form = random.choice(("平台科技有限公司", "出行网络科技有限公司", "外卖配送服务有限公司", "灵活用工服务有限公司"))
    return Payer(
        names=(f"{short}{form}",) if random.random() < 0.7 else (f"{short}{form}", f"{short}{form[:2]}结算户"),
        account=number(random),
        texts=random.choice((
            ("跑单收入", "配送费"), ("佣金", "佣金结算"), ("司机流水提现", "车费结算"), ("劳务报酬", "劳务费"),
            ("骑手薪资", "骑手结算"),
        )),  # fmt: skip
        blank_in_100=random.choice((0, 0, 5, 10)),
        switches=False,
    )


def _office(random: Random, names: tuple[str, ...], texts: tuple[str, ...]) -> Payer:
    return Payer(
        names=names,
        account=number(random) if random.random() < 0.8 else None,
        texts=(random.choice(texts),) if random.random() < 0.6 else texts,
        blank_in_100=random.choice((0, 0, 10, 30)),
        switches=True,
    )
