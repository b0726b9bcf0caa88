"""Problems of state: the request is well formed, but what it asks for cannot be done now."""

from livefreeze.base.words.entry import Words

PROBLEMS: dict[str, Words] = {
    "MESSAGE_REUSED": Words(
        409,
        "The message id was used for another body",
        "消息编号已用于其他内容",
        "The id {message_id} came before with another body; give every new message a new id.",
        "消息编号 {message_id} 此前已用于不同内容，新消息请使用新编号。",
    ),
    "REFERENCE_REUSED": Words(
        409,
        "The reference was used for something else",
        "业务编号已用于其他事项",
        "The reference {reference} already names another matter with other content; use a new one.",
        "业务编号 {reference} 已对应内容不同的另一事项，请使用新编号。",
    ),
    "WITHDRAWAL_STATE": Words(
        409,
        "The withdrawal is past that",
        "支取状态不允许此操作",
        "The withdrawal is {status}, so this cannot be done with it any more.",
        "该笔支取当前状态为 {status}，不能再执行此操作。",
    ),
    "ORDER_STATE": Words(
        409,
        "The freeze order is not in that state",
        "冻结裁定状态不允许此操作",
        "The freeze order is {status}, so this cannot be done with it.",
        "该冻结裁定当前状态为 {status}，不能执行此操作。",
    ),
    "TRANSFER_AMOUNT_DIFFERS": Words(
        422,
        "The transfer has another amount",
        "划转金额不符",
        "The transfer was instructed with another amount; report exactly the one that was instructed.",
        "与指令金额不符，请按指令金额回报。",
    ),
    "TRANSFER_STATE": Words(
        409,
        "The transfer is not in that state",
        "划转状态不允许此操作",
        "The transfer is {status}, so this cannot be done with it.",
        "该笔划转当前状态为 {status}，不能执行此操作。",
    ),
    "ACCOUNT_NOT_FROZEN": Words(
        409,
        "No freeze order covers the account",
        "该账户没有冻结裁定",
        "No freeze order is in force on this account, so there is nothing to decide.",
        "该账户没有生效的冻结裁定，无需裁定。",
    ),
    "QUOTA_BELOW_SETTLED": Words(
        422,
        "The quota is below what was settled",
        "限额低于已划扣金额",
        "{settled} {currency} are settled already; the quota cannot be less.",
        "已划扣 {settled} {currency}，限额不能低于该数额。",
    ),
    "CASE_FUND_MISSING": Words(
        409,
        "The court has no case fund account",
        "法院尚未登记案款专户",
        "Register the court's case fund account in this currency first, and have it approved.",
        "请先登记法院该币种的案款专户并经审批。",
    ),
    "PROPOSAL_CHANGED": Words(
        409,
        "The document was changed meanwhile",
        "文件已被修改",
        "The document is not the one whose digest you sent; read it again before you approve.",
        "文件与您提交的摘要不符，请重新阅读后再审批。",
    ),
    "PROPOSAL_STATE": Words(
        409,
        "The proposal is closed",
        "该提案已办结",
        "The proposal is {status}; make a new one.",
        "该提案当前状态为 {status}，请新建提案。",
    ),
    "PREVIEW_STALE": Words(
        409,
        "The preview is out of date",
        "预览已过期",
        "Something moved since the preview; look at a new one, then run that.",
        "预览之后情况已有变化，请查看新的预览后再执行。",
    ),
    "ALREADY_EXISTS": Words(
        409,
        "It exists already",
        "已存在",
        "Something of that name exists already, with other content.",
        "该名称或编号已存在，且内容不同。",
    ),
}
