"""What the sandbox bank refuses, each with a status and a sentence in English and Chinese."""

from bank_adapters import errors

WORDS: dict[str, tuple[int, str, str]] = {
    "ACCOUNT_EXISTS": (409, "There is an account of this number already.", "该账号已存在。"),
    "ACCOUNT_UNKNOWN": (404, "No account of this number is kept here.", "本行没有该账户。"),
    "AMOUNT_INVALID": (
        422,
        '{field} must be an amount of {currency} as text, such as "12.30", and at least {least}.',
        '{field} 应为 {currency} 金额的文本，如 "12.30"，且不少于 {least}。',
    ),
    "BALANCE_TOO_LOW": (409, "The account holds less than that.", "账户余额不足。"),
    "CODE_DIFFERS": (409, "This folder holds the books of bank {kept}.", "此目录保存的是银行 {kept} 的账簿。"),
    "CREDIT_NOT_REVERSIBLE": (
        409,
        "This account has no such credit, or it was recalled before.",
        "该账户没有此笔入账，或已追回。",
    ),
    "CURRENCY_DIFFERS": (422, "The account is kept in {currency}.", "该账户币种为 {currency}。"),
    "CURRENCY_UNKNOWN": (422, "This currency is not kept here.", "本行不办理该币种。"),
    "FAULT": (503, "This bank pretends to be unreachable.", "本行模拟无法连接。"),
    "FIELD_INVALID": (422, "{field}: must be {wanted}.", "{field}：填写有误，应为 {wanted}。"),
    "FIELD_UNKNOWN": (422, "{field}: there is no such field here.", "{field}：没有此字段。"),
    "INQUIRY_NOT_ANSWERED": (404, "No answer to such an inquiry was given.", "没有已答复的此项查询。"),
    "MESSAGE_REUSED": (
        409,
        "This webhook-id came before with another body.",
        "该 webhook-id 曾以不同内容出现。",
    ),
    "MESSAGE_MISDIRECTED": (422, "The message speaks of another bank.", "报文所指并非本行。"),
    "NOT_AN_OBJECT": (400, "The body must be a JSON object.", "请求正文应为 JSON 对象。"),
    "NOT_JSON_TYPE": (415, "Send application/json.", "请以 application/json 发送。"),
    "SERVICE_SILENT": (
        503,
        "The court's service gave no answer that can be trusted: {why}.",
        "执行法院系统没有可信的回应：{why}。",
    ),
    "TRANSFER_STATE": (409, "The transfer is {state}; that cannot be done now.", "该笔划款状态为 {state}。"),
    "TRANSFER_UNKNOWN": (404, "No such transfer is known here.", "本行没有此笔划款。"),
    "WITHDRAWAL_STATE": (
        409,
        "The withdrawal is {state}; that cannot be done now.",
        "该笔支取的状态为 {state}，不能办理此操作。",
    ),
    "WITHDRAWAL_UNKNOWN": (404, "No such withdrawal is known here.", "本行没有此笔支取。"),
}


class Refused(errors.Refused):
    """A request that the bank does not carry out; nothing was changed by it."""

    def __init__(self, code: str, **values: object) -> None:
        self.status, english, chinese = WORDS[code]
        super().__init__(code, english.format(**values), chinese.format(**values))
