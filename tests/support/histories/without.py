"""The patterns without any income: money comes in, often regularly, and none of it is pay."""

from datetime import timedelta

from tests.support.histories import days, payers
from tests.support.histories.values import Draft, Truth

_OWN_TEXTS = ("本人转账", "转存", "自有资金划转", "他行本人转入", "还款准备")


def own_transfers(draft: Draft) -> Truth:
    """The debtor moves own money here from banks that were not asked, mostly on one day of the month."""
    random = draft.random
    marked_in_100, from_account, day = random.choice((0, 50, 100)), payers.number(random), random.randrange(1, 29)
    for year, month in days.months(draft.first, draft.last):
        if random.random() < 0.9:
            draft.add(
                days.in_month(year, month, day + random.choice((0, 0, 0, 1))), draft.salary,
                random.randrange(10, 90) * 100_00, draft.holder, random.choice(_OWN_TEXTS),
                counterparty_account=from_account,
                income="own_transfer" if random.randrange(100) < marked_in_100 else None,
            )  # fmt: skip
    return Truth(pattern="no_income_own_transfers")


def loans(draft: Draft) -> Truth:
    """Loans that are paid out every few weeks, and paid back."""
    random = draft.random
    lenders = [f"{random.choice('甲乙丙丁戊')}消费金融有限公司", f"{random.choice('己庚辛')}小额贷款有限公司"]
    day = draft.first + timedelta(days=random.randrange(30))
    while day <= draft.last:
        amount_minor = random.randrange(8, 200) * 100_00
        lender = random.choice(lenders)
        text = random.choice(("贷款发放", "放款", "借款", "个人消费贷款放款"))
        draft.add(day, draft.salary, amount_minor, lender, text)
        for month in range(1, random.choice((2, 4, 7))):
            draft.add(day + timedelta(days=30 * month), draft.salary, -amount_minor // 5, lender, "还款")
        day += timedelta(days=random.choice((28, 30, 31, 45, 70, 100)))
    return Truth(pattern="no_income_loans")


def gifts(draft: Draft) -> Truth:
    """Relatives support the debtor, some every month on the same day."""
    random = draft.random
    for relative in random.sample(("亲属甲", "亲属乙", "亲属丙", "父亲", "母亲"), random.randrange(1, 4)):
        day, amount_minor, is_regular = random.randrange(1, 29), random.randrange(3, 40) * 100_00, random.random() < 0.5
        account = payers.number(random)
        for year, month in days.months(draft.first, draft.last):
            if is_regular or random.random() < 0.6:
                draft.add(
                    days.in_month(year, month, day if is_regular else random.randrange(1, 29)), draft.salary,
                    amount_minor if is_regular else random.randrange(2, 50) * 100_00, relative,
                    random.choice(("", "", "转账", "生活费", "零花钱")), counterparty_account=account,
                )  # fmt: skip
    return Truth(pattern="no_income_gifts")


def rent(draft: Draft) -> Truth:
    """Rent received on a fixed day: from a person, or from a company that rents the shop."""
    random = draft.random
    tenant = random.choice(("房客甲", "房客乙", f"{payers.short_name(random)}有限公司"))
    day, every = random.choice((1, 5, 10, 15, 20)), random.choice((1, 1, 1, 3))
    amount_minor, account = random.randrange(12, 90) * 100_00, payers.number(random)
    for place, (year, month) in enumerate(days.months(draft.first, draft.last)):
        if place % every == 0:
            draft.add(
                days.in_month(year, month, day + random.choice((0, 0, 0, 1, 2))), draft.salary, amount_minor * every,
                tenant, random.choice(("房租", "租金", f"{month}月房租", "商铺租金")), counterparty_account=account,
            )  # fmt: skip
    return Truth(pattern="no_income_rent")


def business(draft: Draft) -> Truth:
    """Turnover of a business: customers and a card settlement, with what is paid to suppliers."""
    random = draft.random
    customers = [(f"{payers.short_name(random)}{random.choice(('有限公司', '商行', '经营部'))}") for _ in range(6)]
    suppliers = [f"{payers.short_name(random)}批发部" for _ in range(3)]
    has_settlement = random.random() < 0.6
    day = draft.first
    while day <= draft.last:
        if has_settlement and days.is_working(day):
            draft.add(
                day, draft.salary, random.randrange(8_000, 250_000), "聚合支付清算有限公司",
                random.choice(("商户结算", "收单结算款", "商户资金结算")),
            )  # fmt: skip
        if random.random() < 0.1:
            draft.add(day, draft.salary, random.randrange(5, 300) * 100_00, random.choice(customers),
                      random.choice(("货款", "工程款", "往来款", "定金")))  # fmt: skip
        if random.random() < 0.1:
            draft.add(day, draft.salary, -random.randrange(5, 200) * 100_00, random.choice(suppliers), "货款")
        day += timedelta(days=1)
    if random.random() < 0.4:  # the debtor's own company lends its owner money on the same day of every month
        own_company = f"{payers.short_name(random)}有限公司"
        for year, month in days.months(draft.first, draft.last):
            draft.add(days.in_month(year, month, 10), draft.salary, random.randrange(20, 80) * 100_00, own_company,
                      random.choice(("往来款", "备用金", "股东借款")))  # fmt: skip
    return Truth(pattern="no_income_business")


def refunds(draft: Draft) -> Truth:
    """Hardly anything: refunds, insurance, money saved that falls due."""
    random = draft.random
    for year, month in days.months(draft.first, draft.last):
        for _ in range(random.randrange(3)):
            payer, text = random.choice((
                ("某网上商城", "退款"), ("某财产保险公司", "理赔款"), ("理财产品赎回", "理财赎回"),
                ("国家金库某区支库", "个税退税"), ("某市住房公积金管理中心", "公积金提取"), ("某医院", "退费"),
                ("某证券公司", "银证转账"),
            ))  # fmt: skip
            draft.add(days.in_month(year, month, random.randrange(1, 32)), draft.salary,
                      random.randrange(20, 9_000) * 100, payer, text)  # fmt: skip
    return Truth(pattern="no_income_refunds")
