"""Problems that only people meet, on pages: forms and log-ins. Programs never get one of these."""

from livefreeze.base.words.entry import Words

PROBLEMS: dict[str, Words] = {
    "FORM_EXPIRED": Words(
        400,
        "The form has expired",
        "表单已失效",
        "This page was open for too long, or you logged in anew. Open it again and send it once more.",
        "页面打开过久或您已重新登录，请重新打开后再提交。",
    ),
    "LOGIN_REFUSED": Words(
        403,
        "Not logged in",
        "登录失败",
        "Login and password do not fit together. Look at both and try again.",
        "登录名与密码不匹配，请核对后重试。",
    ),
    "LOGIN_LOCKED": Words(
        429,
        "Too many attempts",
        "尝试次数过多",
        "There were too many wrong attempts. Try again in {minutes} minutes, or ask your administrator for a new link.",
        "错误尝试次数过多，请在 {minutes} 分钟后重试，或请管理员重新发送设置链接。",
    ),
    "CODE_REFUSED": Words(
        403,
        "The code is not right",
        "验证码不正确",
        "This code is not right, or was used already. Wait for the next one that your app shows.",
        "验证码不正确或已使用，请等待应用显示下一个验证码。",
    ),
    "PASSWORD_WEAK": Words(
        422,
        "The password is too easy to guess",
        "密码过于简单",
        "Take at least {length_min} characters, without your login, and nothing that others guess first.",
        "密码至少 {length_min} 个字符，不得包含登录名，也不得使用常见密码。",
    ),
    "PASSWORD_WRONG": Words(
        403,
        "The password is wrong",
        "密码错误",
        "This is not your password.",
        "密码不正确。",
    ),
    "INVITATION_OVER": Words(
        410,
        "The link is over",
        "链接已失效",
        "This link was used, or is too old. Ask your administrator for a new one.",
        "该链接已使用或已过期，请向管理员索取新链接。",
    ),
    "ALREADY_SENT": Words(
        409,
        "The form was sent already",
        "表单已提交",
        "This form was sent a moment ago. Look at what became of it before you send another.",
        "该表单刚刚已提交，请先查看结果，再决定是否重新提交。",
    ),
    "ASKED_ALREADY": Words(
        409,
        "Somebody has asked for this already",
        "该事项已有人提出",
        "The same waits for a second person; look among the approvals.",
        "同一事项正等待第二人审批，请查看审批列表。",
    ),
    "MESSAGE_NOT_DEAD": Words(
        409,
        "The message was not given up",
        "该消息并非死信",
        "Only a message that was given up can be replayed; this one is delivered, or will be by itself.",
        "只能重放已放弃投递的消息；该消息已送达或将自动投递。",
    ),
    "KEY_REFUSED": Words(
        422,
        "This is no public key",
        "不是公钥",
        "Give the bank's public key, whpk_…. A shared secret is added on the machine itself: livefreeze bank key add.",
        "请填写银行的公钥 whpk_…。共享密钥须在服务器上用命令 livefreeze bank key add 添加。",
    ),
    "URL_UNDELIVERABLE": Words(
        422,
        "Messages cannot be delivered there",
        "无法向该地址投递",
        "The address must begin with https:// and name a host.",
        "地址须以 https:// 开头并包含主机名。",
    ),
    "ONE_TENANT": Words(
        422,
        "A user belongs to one court or one bank",
        "用户只能属于一家法院或一家银行",
        "Choose the court or the bank, not both; neither makes an operator.",
        "请选择法院或银行之一；均不选则为运维人员。",
    ),
}
