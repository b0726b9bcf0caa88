"""What happens in every history besides income: spending, interest, gifts, own transfers, now and then a loan."""

from datetime import timedelta

from tests.support.histories import days, payers
from tests.support.histories.values import Draft, Plan

_SHOPS = ("某超市", "某便利店", "某加油站", "某网上商城", "某餐馆", "某药店", "某电力公司", "微信支付", "支付宝")
_FRIENDS = ("朋友甲", "朋友乙", "同事甲", "亲属甲", "亲属乙", "同学甲")


def add(draft: Draft, *, has_income: bool) -> None:
    """All the noise of one history. `has_income`: the income may be moved to another account the day after."""
    for account in range(len(draft.accounts)):
        _opening(draft, account)
        _spending(draft, account)
        _interest(draft, account)
    _small_credits(draft)
    if has_income and draft.others() and draft.random.random() < 0.5:
        _moved_on(draft)
    elif draft.others() and draft.random.random() < 0.5:
        _between_own(draft)
    if draft.random.random() < 0.25:
        _loan(draft)
    if draft.random.random() < 0.3:
        _yearly(draft)


def _opening(draft: Draft, account: int) -> None:
    text = draft.random.choice(("现金存入", "存款"))
    draft.add(draft.first, account, draft.random.randrange(1, 9_000) * 100, "", text)


def _spending(draft: Draft, account: int) -> None:
    random = draft.random
    a_month = random.choice((4, 8, 14)) if account == draft.salary else random.choice((0, 1, 4))
    for year, month in days.months(draft.first, draft.last):
        for _ in range(a_month):
            shop = random.choice(_SHOPS)
            draft.add(days.in_month(year, month, random.randrange(1, 32)), account, -random.randrange(500, 60_000),
                      shop, random.choice(("消费", "快捷支付", "", "缴费")))  # fmt: skip
        if account == draft.salary and random.random() < 0.6:
            draft.add(days.in_month(year, month, random.randrange(1, 32)), account, -random.randrange(5, 30) * 100_00,
                      "", "ATM取款")  # fmt: skip


def _interest(draft: Draft, account: int) -> None:
    for year, month in days.months(draft.first, draft.last):
        if month in (3, 6, 9, 12):
            draft.add(days.in_month(year, month, 21), account, draft.random.randrange(3, 2_500), "", "结息")


def _small_credits(draft: Draft) -> None:
    random = draft.random
    for year, month in days.months(draft.first, draft.last):
        for _ in range(random.choice((0, 0, 1, 2, 3))):
            account = random.randrange(len(draft.accounts))
            who, text, most = random.choice((
                (random.choice(_FRIENDS), "微信红包", 200), (random.choice(_FRIENDS), "红包", 200),
                (random.choice(_FRIENDS), "", 3_000), (random.choice(_FRIENDS), "AA收款", 400),
                ("某网上商城", "退款", 800), ("某平台商户", "退货退款", 800), ("支付宝", "余额提现", 1_500),
            ))  # fmt: skip
            draft.add(days.in_month(year, month, random.randrange(1, 32)), account, random.randrange(1, most) * 100,
                      who, text)  # fmt: skip


def _moved_on(draft: Draft) -> None:
    """The day after the income most of it goes to another account, where it looks like an income."""
    random = draft.random
    to, share, wait = random.choice(draft.others()), random.choice((60, 85, 95)), random.choice((0, 1, 1, 1, 2))
    texts = random.choice((("",), ("转账",), ("本人转账", ""), ("转存",)))
    marked_in_100 = random.choice((0, 0, 60, 100))
    for plan in [plan for plan in draft.plans if plan.account == draft.salary and _is_large(plan)]:
        _move(draft, plan.day + timedelta(days=wait), draft.salary, to, plan.amount_minor * share // 100,
              random.choice(texts), random.randrange(100) < marked_in_100)  # fmt: skip


def _between_own(draft: Draft) -> None:
    random = draft.random
    for year, month in days.months(draft.first, draft.last):
        pair = [draft.salary, random.choice(draft.others())]
        random.shuffle(pair)
        _move(draft, days.in_month(year, month, random.randrange(1, 29)), *pair, random.randrange(1, 30) * 100_00,
              random.choice(("", "转账", "本人转账")), random.random() < 0.2)  # fmt: skip


def _move(draft: Draft, day, source: int, to: int, amount_minor: int, text: str, is_marked: bool) -> None:
    if draft.first <= day <= draft.last and amount_minor:
        draft.plans.append(
            Plan(day=day, account=source, amount_minor=-amount_minor, counterparty=draft.holder, text=text,
                 counterparty_account=draft.accounts[to].number, income="own_transfer" if is_marked else None, to=to)
        )  # fmt: skip


def _is_large(plan: Plan) -> bool:
    return plan.amount_minor >= 800_00 and plan.text not in ("现金存入", "存款")


def _loan(draft: Draft) -> None:
    random = draft.random
    day = draft.first + timedelta(days=random.randrange((draft.last - draft.first).days))
    amount_minor, lender = random.randrange(10, 500) * 100_00, f"{random.choice('甲乙丙')}银行个人贷款部"
    draft.add(day, draft.salary, amount_minor, lender, "贷款发放")
    for month in range(1, 13):
        draft.add(day + timedelta(days=30 * month), draft.salary, -amount_minor // 12, lender, "贷款还款")


def _yearly(draft: Draft) -> None:
    random = draft.random
    who, text = random.choice((
        ("国家金库某区支库", "个税退税"), ("某财产保险公司", "理赔款"), ("某旅行社", "退款"),
        ("某市住房公积金管理中心", "公积金提取"), (payers.short_name(random) + "公司", "报销款"),
    ))  # fmt: skip
    for year in range(draft.first.year, draft.last.year + 1):
        draft.add(days.in_month(year, random.randrange(3, 8), random.randrange(1, 29)), draft.salary,
                  random.randrange(200, 12_000) * 100, who, text)  # fmt: skip
