"""A history as plain JSON values: the form in which banks answer inquiries, with the truth beside it."""

from tests.support.histories.values import Account, History, Row, Truth


def as_document(history: History) -> dict:
    """Accounts in the form of an answer; `banks` says where each is kept; amounts are texts."""
    return {
        "holder": history.holder,
        "from": history.first.isoformat(),
        "to": history.last.isoformat(),
        "accounts": [_account(account) for account in history.accounts],
        "banks": {account.number: account.bank for account in history.accounts},
        "truth": _truth(history.truth),
    }


def _account(account: Account) -> dict:
    return {
        "account": account.number,
        "currency": account.currency,
        "transactions": [_transaction(row) for row in account.rows],
    }


def _transaction(row: Row) -> dict:
    return {
        "date": row.day.isoformat(),
        "amount": _amount(row.amount_minor),
        "counterparty": row.counterparty,
        "counterparty_account": row.counterparty_account,
        "text": row.text,
        "balance_after": _amount(row.balance_after_minor),
        "income": row.income,
        "sequence": row.sequence,
    }


def _amount(minor: int) -> str:
    sign, minor = "-" if minor < 0 else "", abs(minor)
    return f"{sign}{minor // 100}.{minor % 100:02}"


def _truth(truth: Truth) -> dict:
    return {
        "pattern": truth.pattern,
        "salary_account": truth.salary_account,
        "payer": truth.payer,
        "payer_names": list(truth.payer_names),
        "paydays": list(truth.paydays),
        "weekday": truth.weekday,
    }
