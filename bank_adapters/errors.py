"""Why something was refused, for a program, and in words of two languages."""


class Refused(Exception):
    """What we will not read or use. `code` is for programs, the two sentences are for people.

    A sentence names what is wrong and how to mend it, and never repeats what was sent: names and account
    numbers would end in logs.
    """

    def __init__(self, code: str, reason: str, reason_zh: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason
        self.reason_zh = reason_zh
