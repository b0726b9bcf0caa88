"""The pool's position written once more from the text of docs/architecture.md, one minor unit at a time.

Slow and simple on purpose: nothing is shared with `rules/position.py`, so that both can be compared.
"""

from dataclasses import dataclass, field


@dataclass
class Reference:
    present: int
    allowance_left: int
    free: int
    spendable: int
    surplus: int
    reserved: int
    at_counter: dict
    surplus_of: dict
    spendable_of: dict
    reserved_of: dict
    swept_by: dict = field(default_factory=dict)


def divide(facts) -> Reference:
    money = {account.account_id: max(0, account.balance_minor) for account in facts.accounts}
    present = sum(money.values())
    allowance_left = max(0, facts.allowance_minor - facts.excess_in_minor - facts.taken_minor)
    by_rank = sorted(
        (claim for claim in facts.claims if claim.quota_left_minor),
        key=lambda claim: (claim.rank, claim.claim_id),
    )
    covers = {
        claim.claim_id: set(money) if claim.accounts is None else set(money) & claim.accounts for claim in by_rank
    }

    # Free money: of the pool where every claim covers every account, else account by account.
    if all(covered == set(money) for covered in covers.values()):
        free = max(0, present - sum(claim.quota_left_minor for claim in by_rank))
        free_of = {name: min(amount, free) for name, amount in money.items()}
    else:
        free_of = {
            name: max(0, amount - sum(k.quota_left_minor for k in by_rank if name in covers[k.claim_id]))
            for name, amount in money.items()
        }
        free = sum(free_of.values())

    # What privileged claims take below the allowance, unit by unit, down to their floor.
    living = min(present, allowance_left)
    deep = dict.fromkeys(covers, 0)
    for claim in by_rank:
        if claim.floor_minor is not None:
            floor = max(0, claim.floor_minor - facts.taken_minor)
            while living - sum(deep.values()) > floor and deep[claim.claim_id] < claim.quota_left_minor:
                deep[claim.claim_id] += 1
    spendable = max(free, living - sum(deep.values()))

    # Who gets the surplus, from where: other accounts from the last name to the first, the allowance
    # account last.
    named = [account.account_id for account in facts.accounts if account.is_allowance_account]
    living_account = min(named or money)
    emptied = sorted((name for name in money if name != living_account), reverse=True) + [living_account]
    there, taken = dict(money), {}

    def take_one(claim) -> bool:
        for name in emptied:
            if name in covers[claim.claim_id] and there[name]:
                there[name] -= 1
                taken[claim.claim_id, name] = taken.get((claim.claim_id, name), 0) + 1
                return True
        return False

    def taken_by(claim) -> int:
        return sum(amount for (claim_id, _), amount in taken.items() if claim_id == claim.claim_id)

    for claim in by_rank:
        for _ in range(deep[claim.claim_id]):
            take_one(claim)
    above = max(0, present - allowance_left - facts.reserve_minor)
    for claim in by_rank:
        while above and taken_by(claim) < claim.quota_left_minor and take_one(claim):
            above -= 1

    swept = {claim.claim_id for claim in by_rank if claim.is_swept_by_us and not claim.is_stayed}
    surplus_of = {
        name: sum(amount for (claim_id, at), amount in taken.items() if at == name and claim_id in swept)
        for name in money
    }
    surplus = sum(surplus_of.values())

    # Spendable money is shown on the allowance account first, then by name.
    shown, spendable_of = spendable, {}
    for name in [living_account] + sorted(name for name in money if name != living_account):
        spendable_of[name] = min(shown, there[name])
        shown -= spendable_of[name]
    from_held = max(0, living - sum(deep.values()) - free)
    return Reference(
        present=present,
        allowance_left=allowance_left,
        free=free,
        spendable=spendable,
        surplus=surplus,
        reserved=present - spendable - surplus,
        at_counter={name: free_of[name] + min(from_held, money[name] - free_of[name]) for name in money},
        surplus_of=surplus_of,
        spendable_of=spendable_of,
        reserved_of={name: money[name] - surplus_of[name] - spendable_of[name] for name in money},
        swept_by={claim.claim_id: taken_by(claim) if claim.claim_id in swept else 0 for claim in by_rank},
    )
