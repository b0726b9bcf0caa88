"""Problems of inquiries: what a court may not ask, and what a bank's answer does not fit."""

from livefreeze.base.words.entry import Words

PROBLEMS: dict[str, Words] = {
    "CASE_CLOSED": Words(
        409,
        "The case is closed",
        "案件已结案",
        "This case is closed; nothing new can be asked in it.",
        "该案已结案，不能再发起查询。",
    ),
    "ID_NUMBER_INVALID": Words(
        422,
        "The identity number is not valid",
        "身份证号码无效",
        "The check digit of the debtor's identity number does not fit (GB 11643). Mend the number before asking banks.",
        "被执行人的身份证号码校验码不符（GB 11643），请先更正后再查询。",
    ),
    "PERIOD_INVALID": Words(
        422,
        "The period is not valid",
        "查询期间无效",
        "The period must begin before it ends, and end today at the latest.",
        "查询期间的起始日须早于截止日，截止日不得晚于今日。",
    ),
    "PERIOD_TOO_LONG": Words(
        422,
        "The period is too long",
        "查询期间过长",
        "A history may be asked for three years at most; shorten the period.",
        "查询期间最长为三年，请缩短期间。",
    ),
    "INQUIRY_NOT_ALONE": Words(
        422,
        "An answer to an inquiry stands alone",
        "查询答复须单独发送",
        "Send each inquiry.answered and account.opened in a message of its own.",
        "每个 inquiry.answered 与 account.opened 须单独作为一份报文发送。",
    ),
    "INQUIRY_OTHER_PERSON": Words(
        422,
        "The answer is about another person",
        "答复对象与查询对象不符",
        "The inquiry asks about another identity number. Nothing of this answer was kept.",
        "查询对象的身份证号码与答复不符，该答复内容未予保存。",
    ),
    "INQUIRY_CONTRADICTED": Words(
        409,
        "Another answer was given before",
        "与先前答复不一致",
        "Event {earlier} answered this part with other content. To replace it, name that event in corrects.",
        "事件 {earlier} 已就该部分作出不同内容的答复；如需更正，请在 corrects 中注明该事件的编号。",
    ),
    "INQUIRY_CORRECTED": Words(
        409,
        "The answer was corrected before",
        "该答复此前已更正",
        "The event in corrects was replaced already; name the one that stands in its place.",
        "corrects 所指事件已被更正，请注明当前有效的事件编号。",
    ),
    "INQUIRY_DELETED": Words(
        409,
        "The term of the inquiry is over",
        "查询保存期限已届满",
        "The answers to this inquiry were deleted after their term; nothing more is taken.",
        "该查询的答复已到期删除，不再接收新的内容。",
    ),
    "INQUIRY_NOT_STANDING": Words(
        409,
        "The inquiry does not stand",
        "该查询不是持续查询",
        "New accounts are told only while a standing inquiry lasts.",
        "仅在持续查询有效期间报告新开账户。",
    ),
}
