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
    "ALREADY_SENT": Words(
        409,
        "The form was sent already",
        "表单已提交",
        "This form was sent a moment ago. Look at what became of it before you send another.",
        "该表单刚刚已提交，请先查看结果，再决定是否重新提交。",
    ),
}
