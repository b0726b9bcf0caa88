"""An inquiry about one debtor to one bank, as a court and the bank live through it."""

from tests.support.world.numbers import id_number

NUMBER = "6222020000001234567"
ACCOUNT = {"account": NUMBER, "kind": "savings", "currency": "CNY", "balance": "8100.00", "opened_on": "2019-05-06",
           "branch": "示例银行营业部", "freezes": [{"rank": 1, "amount": "3000.00", "authority": "示例区人民法院"}]}
LINES = (
    {"date": "2026-01-10", "amount": "8000.00", "sequence": 1, "balance_after": "8600.00", "counterparty": "甲厂",
     "text": "工资", "income": "salary"},
    {"date": "2026-01-11", "amount": "-500.00", "sequence": 2, "balance_after": "8100.00", "text": "ATM"},
    {"date": "2026-02-10", "amount": "8000.00", "sequence": 3, "balance_after": "16100.00", "counterparty": "甲厂"},
    {"date": "2026-02-11", "amount": "-8000.00", "sequence": 4, "balance_after": "8100.00"},
)


def history(*lines: dict, number: str = NUMBER, currency: str = "CNY") -> list[dict]:
    return [{"account": number, "currency": currency, "transactions": list(lines)}]


class Asked:
    """An inquiry about one debtor to one bank, which has read it."""

    def __init__(self, world, *, name: str = "张三", **changes) -> None:
        self.world, self.court, self.bank = world, world.court(), world.bank()
        self.debtor = self.court.names(name, id_number())
        self.case = self.court.opens_case(self.debtor)
        self.id = self.court.asks(self.case, self.debtor, self.bank, **changes)
        world.delivers()
        (self.question,) = self.bank.asked()

    def answers(self, **fields):
        return self.bank.answers(self.question, **{"outcome": "accounts", **fields})

    def code(self, **fields) -> str:
        """The code of the problem that the answer meets."""
        result = self.answers(**fields)
        assert result.outcome == "refused"
        return result.problem.code

    @property
    def status(self) -> str:
        return self.court.sees_progress(self.id)[self.bank.code]

    def flags(self) -> dict[int, list[str]]:
        """By sequence."""
        (account,) = self.court.looks_at(self.id)
        return {line["sequence"]: line["flags"] for line in self.court.looks_at_lines(self.id, account["id"], limit=2)}


def kinds(world, case: str) -> list[str]:
    return [event["kind"] for event in world.books.chain(f"case:{case}")]
