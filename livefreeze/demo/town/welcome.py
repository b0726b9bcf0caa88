"""What `make run` prints: how far the making is, then where everything is and who may log in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from livefreeze.demo.figures import Check
from livefreeze.demo.screen import Screen
from livefreeze.demo.town import people, places
from livefreeze.demo.town.places import Place

Told = Callable[[int, int, datetime], None]


class Welcome:
    """A terminal, or whatever the output goes to."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._screen = Screen(console)

    @contextmanager
    def progress(self) -> Iterator[Told]:
        """A bar that is told how many steps are done, of how many, and which day it is there."""
        self._console.print(Text("Making the demo world, once: two courts, three banks, nine months of orders,"
                                 " salaries, withdrawals and sweeps."))
        self._console.print(Text("首次启动：生成演示数据（两家法院、三家银行、九个月的裁定、工资、支取与划转）。"))
        if not self._console.is_terminal:
            yield self._line_a_month()
            return
        columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %")
        with Progress(*columns, TimeElapsedColumn(), console=self._console, transient=True) as progress:
            task = progress.add_task("", total=1)
            yield lambda done, total, day: progress.update(
                task, completed=done, total=total, description=f"{day:%Y-%m-%d}"
            )

    def made(self, made_s: float, checks: list[Check]) -> None:
        """It is finished, and what the comparison of the books found."""
        self._console.print(Text(f"Made in {made_s:.0f} seconds.  用时 {made_s:.0f} 秒。"))
        self._screen.checks(checks)

    def addresses(self, place: Place) -> None:
        """Where to go, and a log-in for each role."""
        self._screen.heading("The demo world is up. Ctrl-C ends it; the next start takes seconds",
                             "演示环境已就绪，按 Ctrl-C 结束；再次启动仅需数秒")
        for english, chinese, line in (
            ("Open this page", "打开页面", place.service_url),
            ("The debtor's page; the code comes to", "被执行人页面；验证码见",
             f"{place.service_url}/debtor/  →  {place.service_url}/notices/"),
            ("The API, described", "接口说明", f"{place.service_url}/docs"),
            *((f"Sandbox bank {bank.code}", f"沙箱银行：{bank.name}", f"{url}/api/books")
              for bank, url in zip(people.BANKS, place.bank_urls, strict=True)),
            ("Data and logs", "数据与日志", str(place.folder)),
        ):
            self._console.print(Text(f"{english}  {chinese}", "bold"))
            self._console.print(Text(f"  {line}"), soft_wrap=True)
        self._console.print(self._log_ins(place))

    def _log_ins(self, place: Place) -> Table:
        table = Table(box=SIMPLE_HEAD, header_style="", pad_edge=False)
        for heading in ("Log-in\n登录名", "Password\n密码", "Role\n角色", "Of\n单位", "Token for programs\n接口令牌"):
            table.add_column(heading, overflow="fold")
        for each in places.log_ins():
            token = Text(place.tokens.get(each.login, ""), "dim")
            table.add_row(each.login, places.PASSWORD, each.role, each.house, token)
        debtor = people.person(0)
        table.add_row(debtor.id_number, "a code, by notice 凭验证码", "debtor", debtor.name, "")
        return table

    def _line_a_month(self) -> Told:
        told: set[str] = set()

        def tell(done: int, total: int, day: datetime) -> None:
            month = f"{day:%Y-%m}"
            if month not in told:
                told.add(month)
                self._console.print(Text(f"  {month}  {done} / {total}"))

        return tell
