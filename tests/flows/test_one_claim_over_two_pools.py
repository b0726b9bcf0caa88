"""Two debtors owe one sum: whatever their accounts hold together, a click sends no more than the claim."""


def test_a_click_sends_from_both_pools_up_to_the_claim(world):
    court, bank = world.court(), world.bank()
    first, second = court.names(), court.names()
    case = court.opens_case(first, second, amount="8000.00")
    accounts = [court.finds_account(debtor, bank) for debtor in (first, second)]
    for debtor, account in zip((first, second), accounts, strict=True):
        court.serves(case, debtor, [account], quota="8000.00")
    world.delivers()
    bank.reads()
    for account in accounts:
        bank.accepts(account, "7500.00")  # 5,000.00 each is above the living allowance

    preview = court.previews(case)
    assert preview["total"] == "8000.00"
    assert court.clicks(case, preview["preview"])["total"] == "8000.00"
    assert world.books.claim_of(case).in_transit == 8_000_00
