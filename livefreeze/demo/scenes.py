"""The story, scene by scene: an inquiry, an order, payday, two withdrawals, a sweep, and the next payday."""

from datetime import datetime
from typing import NamedTuple

from livefreeze.base.money import parse_signed
from livefreeze.demo import cast, inquiry
from livefreeze.demo.errors import StoryFailed
from livefreeze.demo.figures import CURRENCY, Figures, Row, amount_text
from livefreeze.demo.inquiry import CLAIM, PAYDAY, SALARY, SWEEP_DAY, Findings, Subject
from livefreeze.demo.screen import Screen
from livefreeze.demo.stage import ZONE, Stage
from livefreeze.demo.world import World

ALLOWANCE = "2500.00"
NEXT_SWEEP_AT = datetime(2026, 4, SWEEP_DAY, 8, 0, tzinfo=ZONE)
FIRST_WITHDRAWAL, SECOND_WITHDRAWAL = "1000.00", "2000.00"
NOT_BEFORE_WE_SAY_SO_S = 86_400.0


class Frozen(NamedTuple):
    """The account that the story is about."""

    account_id: str
    number: str
    fund_number: str
    case_id: str


class Outcome(NamedTuple):
    """What came of it all, for the checks."""

    findings: Findings
    frozen: Frozen
    approved: dict
    declined: dict
    sweep: dict
    rows: list[Row]
    next_payday: Figures


class Scenes:
    """Plays the story in a running world, through public HTTP alone, and tells it on the screen."""

    def __init__(self, world: World, screen: Screen) -> None:
        self._world = world
        self._screen = screen
        self._stage = Stage(world, screen)
        self._bank, self._clerk, self._auditor = self._stage.bank, self._stage.clerk, self._stage.auditor
        self._rows: list[Row] = []

    def play(self) -> Outcome:
        """All scenes in their order. Raises StoryFailed."""
        subject = inquiry.register(self._stage)
        findings = inquiry.play(self._stage, subject)
        frozen = self._freeze(subject, findings)
        self._pay_salary(frozen, datetime(2026, 3, PAYDAY, 9, 0, tzinfo=ZONE))
        approved = self._withdraw_within_allowance(frozen)
        declined = self._withdraw_too_much(frozen)
        transfer = self._sweep(frozen)
        sweep = self._settle(frozen, transfer)
        next_payday = self._next_payday(frozen)
        return Outcome(findings, frozen, approved, declined, sweep, self._rows, next_payday)

    def _freeze(self, subject: Subject, findings: Findings) -> Frozen:
        self._begin(datetime(2026, 3, 9, 10, 0, tzinfo=ZONE), "The freeze order", "冻结裁定")
        suggestion = findings.recognition["suggestion"]
        prepared = self._clerk.post(f"/court/v1/inquiries/{findings.inquiry_id}/order", {
            "accounts": [findings.salary_account["account"]], "quota": CLAIM, "notice_number": cast.NOTICE_NUMBER,
            "rule": {
                "preset": "cn-live-freeze", "anchor_day": suggestion["anchor_day"], "allowance": ALLOWANCE,
                "sweep": {"day": suggestion["sweep_day"]},
            },
        })
        proposal = prepared["proposal"]
        self._screen.say(
            f"From the answer the clerk prepares the order {cast.NOTICE_NUMBER}: quota 60,000.00, living allowance"
            " 2,500.00 from payday to payday (the 10th), sweep on the 12th. Digest"
            f" {proposal['digest'][:19]}…",
            f"书记员据查询结果拟制裁定 {cast.NOTICE_NUMBER}：限额 60,000.00 元，"
            f"每期（10 日至次月 10 日）生活费 2,500.00 元，12 日划转盈余。摘要 {proposal['digest'][:19]}…",
        )
        refused = self._clerk.ask("POST", f"/court/v1/proposals/{proposal['id']}/approve",
                                  {"digest": proposal["digest"]})
        if refused.status != 403:
            raise StoryFailed(f"The clerk approved what the clerk wrote: {refused}")
        self._screen.refused(
            f"The clerk may not approve it: {refused.document['detail']}",
            f"书记员不得自行审批：{refused.document['detail_zh']}",
        )
        self._stage.approve(proposal)
        order = self._world.processes.wait_until(
            lambda: _if_is(self._auditor.get(f"/court/v1/orders/{prepared['order']}"), status="in_force"),
            "the bank's receipt for the freeze order",
        )
        (account,) = order["accounts"]
        self._screen.say(
            "The judge reads the document, computes its digest anew and approves exactly that. The signed order goes"
            f" to the bank; its receipt comes back: {account['receipt']}. The freeze is in force.",
            "法官审阅文书、重新计算摘要并审批。裁定经签名送达银行，银行回执：已冻结。冻结生效。",
        )
        frozen = Frozen(account["account"], subject.number, subject.fund_number, subject.case_id)
        self._end(frozen, "Freeze in force", "冻结生效")
        return frozen

    def _pay_salary(self, frozen: Frozen, when: datetime) -> None:
        self._begin(when, "Payday", "发薪日")
        self._bank.post("/api/payroll", {"account": frozen.number, "amount": SALARY, "payer": cast.EMPLOYER_NAME})
        self._screen.say("The employer pays 8,000.00 into the frozen account.",
                         "用人单位向被冻结的薪资账户发放工资 8,000.00 元。")
        self._end(frozen, "Salary +8,000.00", "工资 +8,000.00")

    def _withdraw_within_allowance(self, frozen: Frozen) -> dict:
        self._begin(datetime(2026, 3, PAYDAY, 10, 30, tzinfo=ZONE), "At the west branch", "城西支行柜台")
        shown = self._withdraw(frozen, FIRST_WITHDRAWAL, branch="west")
        self._end(frozen, "Withdrawn −1,000.00", "支取 −1,000.00")
        return shown

    def _withdraw_too_much(self, frozen: Frozen) -> dict:
        self._begin(datetime(2026, 3, PAYDAY, 15, 0, tzinfo=ZONE), "At the harbour branch", "港区支行柜台")
        shown = self._withdraw(frozen, SECOND_WITHDRAWAL, branch="harbour")
        self._screen.steps(shown["answer"]["explanation"])
        self._end(frozen, "Declined: 2,000.00", "不予支取：2,000.00")
        return shown

    def _sweep(self, frozen: Frozen) -> str:
        # The bank takes its time over a transfer, as banks do; the next scene lets it be done.
        self._bank.put("/api/faults", {"delay_settlement_s": NOT_BEFORE_WE_SAY_SO_S})
        self._begin(datetime(2026, 3, SWEEP_DAY, 8, 0, tzinfo=ZONE), "The sweep", "余额流转")
        (transfer,) = self._world.processes.wait_until(
            lambda: self._bank.get("/api/transfers")["transfers"], "the sweep of the 12th at the bank"
        )
        self._screen.say(
            "It is the 12th: the timetable sends what the debtor does not need to live, 5,500.00, to the case fund,"
            " on the authority of the approved order. Nobody clicked.",
            "12 日到期，系统依据已审批的裁定，自动将生活费以外的盈余 5,500.00 元划往案款专户，无需人工操作。",
        )
        self._end(frozen, "Sweep instructed", "划转指令已发出")
        return transfer["transfer"]

    def _settle(self, frozen: Frozen, transfer: str) -> dict:
        self._begin(datetime(2026, 3, SWEEP_DAY, 14, 0, tzinfo=ZONE), "The bank settles", "银行划付到账")
        self._bank.post(f"/api/transfers/{transfer}/settle", {})
        self._bank.put("/api/faults", {})
        sweep = self._world.processes.wait_until(
            lambda: _if_is(self._auditor.get(f"/court/v1/sweeps/{transfer}"), status="settled"),
            "the news that the transfer was settled",
        )
        self._screen.say("The bank reports the transfer as settled: 5,500.00 are in the case fund.",
                         "银行回报划款成功：5,500.00 元已入案款专户。")
        self._end(frozen, "Sweep settled −5,500.00", "划转到账 −5,500.00")
        return sweep

    def _next_payday(self, frozen: Frozen) -> Figures:
        self._pay_salary(frozen, datetime(2026, 4, PAYDAY, 9, 0, tzinfo=ZONE))
        figures = self._rows[-1].figures
        self._begin(datetime(2026, 4, PAYDAY, 12, 0, tzinfo=ZONE), "At a cash machine", "自动柜员机")
        self._screen.say("The allowance is whole again, and the money for it is there: the 2,000.00 of last month.",
                         "生活费额度已恢复，账户有款可取：再次支取上月未获准的 2,000.00 元。")
        self._withdraw(frozen, SECOND_WITHDRAWAL, branch="main", channel="cash_machine")
        self._end(frozen, "Withdrawn −2,000.00", "支取 −2,000.00")
        return figures

    def _withdraw(self, frozen: Frozen, amount: str, *, branch: str, channel: str = "counter") -> dict:
        """Ask for money at the bank, which asks the service; say what the teller's screen shows."""
        wish = {"account": frozen.number, "amount": amount, "branch": branch, "channel": channel}
        shown = self._bank.ask("POST", "/api/withdrawals", wish).document
        if shown.get("decision") not in ("approved", "declined"):
            raise StoryFailed(f"The service did not decide on a withdrawal: {shown}")
        say = self._screen.say if shown["decision"] == "approved" else self._screen.refused
        duration = f"{shown['answer']['duration_ms']:.0f}"
        asked = amount_text(parse_signed(amount, CURRENCY))
        say(f"Debtor A asks for {asked}. {shown['screen']['en']} (decided in {duration} ms)",
            f"被执行人甲申请支取 {asked} 元。{shown['screen']['zh']}（{duration} 毫秒内答复）")
        return shown

    def _begin(self, when: datetime, title: str, title_zh: str) -> None:
        self._now = when
        self._stage.scene(when, title, title_zh)

    def _end(self, frozen: Frozen, what: str, what_zh: str) -> None:
        figures = self._figures(frozen)
        self._rows.append(Row(f"{self._now:%m-%d %H:%M}", what, what_zh, figures))
        self._screen.figures(figures)

    def _figures(self, frozen: Frozen) -> Figures:
        """Both books, once neither side has anything left to tell the other."""
        self._world.processes.wait_until(lambda: self._bank.get("/api/quiet")["quiet"], "the bank to have said it all")
        ours = self._auditor.get(f"/court/v1/accounts/{frozen.account_id}/position")
        theirs = self._bank.get(f"/api/accounts/{frozen.number}")
        position = ours["position"]
        return Figures(*(parse_signed(text, CURRENCY) for text in (
            ours["balance"], position["spendable"], position["allowance_left"], position["surplus"],
            position["quota_left"], ours["held"], ours["in_transit"], theirs["balance"],
        )))


def _if_is(document: dict, *, status: str) -> dict | None:
    return document if document["status"] == status else None
