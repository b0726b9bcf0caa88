"""Who is in the story: roles instead of people, and numbers that are formally valid but nobody's."""

COURT, COURT_NAME = "demo-court", "某某市人民法院"
BANKS_CODE = "demo-bank"  # one process plays them all, and numbers them so
BANK, LATE_BANK, OTHER_BANK = BANKS = tuple(f"{BANKS_CODE}-{number:04}" for number in (1, 2, 3))
BANK_NAMES = {BANK: "某某银行", LATE_BANK: "某某商业银行", OTHER_BANK: "某某储蓄银行"}
STAFF = ("clerk", "judge", "finance", "auditor")  # of the court; each login is called like its role

DEBTOR_NAME = "被执行人甲"
DEBTOR_ID_NUMBER = "330281190001010012"  # born on the first day of 1900: the check digit fits, the person never was
CREDITOR_NAME = "申请执行人乙"
EMPLOYER_NAME = "某某公司"
CASE_FUND_NAME = "某某市人民法院案款专户"

CASE_NUMBER = "(2026)浙0281执1234号"
NOTICE_NUMBER = "(2026)浙0281执1234号之一"
