"""A member of staff under test, with a phone that makes codes, and a clock that moves for them."""

from datetime import timedelta

import pyotp

from livefreeze.base import clock
from livefreeze.flows import credentials, log_in, sessions, staff

PASSWORD = "three small grey cats"
ADDRESS = "192.0.2.7"


class Person:
    """Sets up by a link, then logs in as the pages let them."""

    def __init__(self, login: str, staff_id: str) -> None:
        self.login, self.staff_id = login, staff_id
        self.recovery_codes: list[str] = []
        self.phone: pyotp.TOTP | None = None

    @classmethod
    def invited(cls, login: str, *, person: str | None = None, **where: str) -> "Person":
        """Somebody new, who takes the link that they were given."""
        new = cls(login, staff.add(login, person=person, actor="operator", **where))
        new.sets_up(credentials.invite(login, actor="operator"))
        return new

    def sets_up(self, link: str, *, password: str = PASSWORD, code: str | None = None) -> None:
        """Set password and second factor by a link."""
        phone = pyotp.TOTP(log_in.new_secret())
        code = code or phone.at(clock.wall())
        self.recovery_codes = credentials.set_up(link, password=password, secret=phone.secret, code=code)
        self.phone = phone

    def gives_password(self, password: str = PASSWORD, *, address: str = ADDRESS) -> log_in.PasswordAccepted:
        """The first step; return what the second one needs."""
        return log_in.with_password(self.login, password, address=address)

    def gives_code(self, accepted: log_in.PasswordAccepted, code: str | None = None, *, address: str = ADDRESS) -> str:
        """The second step, with the code of the phone or another; return the token of the log-in."""
        log_in.with_code(accepted.staff_id, code or self.phone.at(clock.wall()), address=address,
                         changed_at=accepted.changed_at)
        return sessions.open_for_staff(self.staff_id, agent="Firefox")

    def logs_in(self, password: str = PASSWORD):
        """Both steps; return who the service then says it is."""
        return sessions.principal_of(self.gives_code(self.gives_password(password)))


def later(monkeypatch, **units: float) -> None:
    """Let time pass for log-ins and codes."""
    then = clock.wall() + timedelta(**units) - _real()
    monkeypatch.setattr(clock, "wall", lambda: _real() + then)


_real = clock.wall
