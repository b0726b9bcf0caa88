"""What the sandbox bank refuses, each with a status and a sentence in English and Chinese."""

WORDS: dict[str, tuple[int, str, str]] = {
    "ACCOUNT_EXISTS": (409, "There is an account {account} already.", "账户 {account} 已存在。"),
    "ACCOUNT_UNKNOWN": (404, "No account {account} is kept here.", "本行没有账户 {account}。"),
    "AMOUNT_INVALID": (
        422,
        "{field}: {value} is not an amount of {currency} in plain text, such as \"12.30\".",
        "{field}：{value} 不是 {currency} 的有效金额，应为文本，如 \"12.30\"。",
    ),
    "BALANCE_TOO_LOW": (409, "The account holds less than that.", "账户余额不足。"),
    "BOOKING_NOT_REVERSIBLE": (
        409,
        "No credit {transaction_reference} of this account can be recalled.",
        "该账户没有可追回的入账 {transaction_reference}。",
    ),
    "CODE_DIFFERS": (409, "This folder holds the books of bank {code}.", "此目录保存的是银行 {code} 的账簿。"),
    "CURRENCY_DIFFERS": (422, "The account is kept in {currency}.", "该账户币种为 {currency}。"),
    "CURRENCY_UNKNOWN": (422, "The currency {currency} is not kept here.", "本行不办理币种 {currency}。"),
    "FIELD_INVALID": (422, "{field}: {reason}.", "{field}：填写有误（{reason}）。"),
    "KEY_INVALID": (422, "This is not a public key whpk_….", "这不是 whpk_… 公钥。"),
    "MESSAGE_REUSED": (
        409,
        "This webhook-id came before with another body.",
        "该 webhook-id 曾以不同内容出现。",
    ),
    "NOT_JSON": (400, "The body is not a JSON object: {reason}.", "请求正文不是 JSON 对象：{reason}。"),
    "NOT_JSON_TYPE": (415, "Send application/json.", "请以 application/json 发送。"),
    "NOT_REACHED": (
        503,
        "The court's service gave no answer: {reason}.",
        "执行法院系统没有回应：{reason}。",
    ),
    "SIGNATURE_INVALID": (401, "The signature does not verify.", "签名无效。"),
    "UNREACHABLE": (503, "This bank pretends to be unreachable.", "本行模拟无法连接。"),
    "WITHDRAWAL_STATE": (
        409,
        "The withdrawal is {state}; that cannot be done now.",
        "该笔支取的状态为 {state}，不能办理此操作。",
    ),
    "WITHDRAWAL_UNKNOWN": (404, "No withdrawal {reference} is known here.", "本行没有支取 {reference}。"),
}


class Refused(Exception):
    """A request that the bank does not carry out; nothing was changed by it."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.status, english, chinese = WORDS[code]
        self.error = english.format(**values)
        self.error_zh = chinese.format(**values)
        super().__init__(self.error)

    def as_document(self) -> dict[str, str]:
        """The answer's body: code and both sentences."""
        return {"code": self.code, "error": self.error, "error_zh": self.error_zh}
