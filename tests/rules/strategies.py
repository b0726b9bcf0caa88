"""Pools to try the formula on: small numbers, so that every edge is met often."""

from hypothesis import strategies as st

from livefreeze.rules.position import AccountFacts, ClaimFacts, PoolFacts

ACCOUNT_NAMES = ("a1", "a2", "a3", "a4")
small = st.integers(0, 12)
amounts = small | st.integers(0, 10**15)


@st.composite
def account_facts(draw, money=small, count_max=4):
    names = ACCOUNT_NAMES[: draw(st.integers(1, count_max))]
    living = draw(st.sampled_from((None, *names)))
    return tuple(
        AccountFacts(name, draw(money) - draw(st.sampled_from((0, 0, 0, 5))), name == living)
        for name in draw(st.permutations(names))
    )


@st.composite
def claim_facts(draw, accounts, money=small, *, is_privileged=False, is_full_cover=False, count_max=3):
    names = [account.account_id for account in accounts]
    cover = st.none() if is_full_cover else st.none() | st.frozensets(st.sampled_from(names))
    return tuple(
        ClaimFacts(
            claim_id=f"k{index}",
            rank=draw(st.integers(1, 3)),
            quota_left_minor=draw(money),
            accounts=draw(cover),
            is_stayed=draw(st.sampled_from((False, False, True))),
            is_swept_by_us=draw(st.sampled_from((True, True, False))),
            floor_minor=draw(st.none() | money) if is_privileged else None,
        )
        for index in range(draw(st.integers(0, count_max)))
    )


@st.composite
def pools(draw, money=small, **claims):
    accounts = draw(account_facts(money))
    return PoolFacts(
        currency="CNY",
        allowance_minor=draw(money),
        excess_in_minor=draw(st.just(0) | money),
        taken_minor=draw(st.just(0) | money),
        reserve_minor=draw(st.just(0) | money),
        accounts=accounts,
        claims=draw(claim_facts(accounts, money, **claims)),
    )


every_pool = pools() | pools(is_privileged=True) | pools(money=amounts, is_privileged=True)
