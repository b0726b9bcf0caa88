"""Problems of who asks: not known, not allowed, or asking for what is not theirs; and our own failures."""

from livefreeze.base.words.entry import Words

PROBLEMS: dict[str, Words] = {
    # One sentence for every fault of a signature: the details would help only a forger.
    "SIGNATURE_INVALID": Words(
        401,
        "The signature is not valid",
        "签名无效",
        "The request must be signed by a current key of this bank, within five minutes of its timestamp.",
        "请求须由该银行的有效密钥签名，且与时间戳相差不超过五分钟。",
    ),
    "TOKEN_INVALID": Words(
        401,
        "The token is not valid",
        "令牌无效",
        'Send the header "Authorization: Bearer …" with a token that is neither expired nor withdrawn.',
        "请发送请求头“Authorization: Bearer …”，且令牌未过期、未撤销。",
    ),
    # One sentence whether the code is wrong, over or for nobody: who is known here is nobody's business.
    "CODE_WRONG": Words(
        422,
        "The code is not right",
        "验证码不正确",
        "The code is wrong or no longer good. After five tries or ten minutes, ask for a new one.",
        "验证码错误或已失效。输错五次或超过十分钟后，请重新获取。",
    ),
    "ROLE_NOT_ALLOWED": Words(
        403,
        "Your role may not do this",
        "您的角色无此权限",
        "Only these roles may do this: {roles}.",
        "仅以下角色可执行此操作：{roles}。",
    ),
    "APPROVAL_BY_EDITOR": Words(
        403,
        "Who wrote it may not approve it",
        "编写人不得审批",
        "Another person must approve: you wrote or changed this document.",
        "须由他人审批：您编写或修改过该文件。",
    ),
    # The same words for what does not exist and what is another's, so that nobody can probe.
    "NOT_FOUND": Words(
        404,
        "Unknown",
        "未找到",
        "Nothing of that name is known here.",
        "此处没有该名称或编号的内容。",
    ),
    "NOT_DECIDED": Words(
        503,
        "Not decided",
        "尚未答复",
        "Nothing was decided and nothing changed; send the same request again in a moment.",
        "未作出任何决定，也未发生任何变更，请稍后重发同一请求。",
    ),
    "NOT_READY": Words(
        503,
        "Not ready",
        "尚未就绪",
        "The database does not answer, or its schema is not the newest: run livefreeze init.",
        "数据库无响应，或数据库结构不是最新版本：请运行 livefreeze init。",
    ),
    "INTERNAL": Words(
        500,
        "Something failed here",
        "系统内部错误",
        "The failure is on our side and was recorded; send the same request again later.",
        "错误在我方并已记录，请稍后重发同一请求。",
    ),
}
