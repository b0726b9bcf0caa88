"""The words that say what money was, in Chinese and English, by the sense in which they speak for or against income.

Chinese words are looked for anywhere in a text, English ones as whole words; a hyphen may be a space or nothing.
"""

from enum import IntEnum


class Sense(IntEnum):
    """What money that came in was, as its words have it; from RETURNED on none of it is income from work or age."""

    SILENT = 0
    SALARY = 1
    BONUS = 2
    PENSION = 3
    BENEFIT = 4
    PLATFORM = 5
    RETURNED = 10  # refund, reversal
    LOAN = 11
    GIFT = 12
    RENT = 13
    TRADE = 14
    CAPITAL = 15  # interest, dividend, redemption, sale
    EXPENSES = 16  # paid back what was laid out
    INSURANCE = 17
    MAINTENANCE = 18
    OWN = 19
    OTHER = 20  # the bank's mark says: something else


VOCABULARY: tuple[tuple[Sense, str, str], ...] = (
    (
        Sense.RETURNED,
        "退款 退货 退票 退费 退保 退押 押金 退税 冲正 冲回 退回 退还 撤销 返还 返现 差错 调账 红冲",
        "refund refunded refunds reversal reversed returned chargeback cashback deposit-back rebate",
    ),
    (
        Sense.LOAN,
        "贷款 放款 借款 借呗 网贷 小贷 贷 借条 借入 借支 还款 还钱 还你 欠款 归还 垫付 周转 信用卡",
        "loan loans lending credit-line borrowed borrow repayment repay repaid drawdown lent",
    ),
    (
        Sense.MAINTENANCE,
        "抚养费 扶养费 赡养费 抚育费",
        "maintenance alimony child-support",
    ),
    (
        Sense.EXPENSES,
        "报销 差旅 备用金 代垫",
        "reimbursement reimburse reimbursed expenses expense travel-costs",
    ),
    (
        Sense.OWN,
        "余额提现 零钱提现 钱包提现 零钱 余额宝 本人 自转 同名 卡卡转 调拨 互转 转存 归集 自有资金 存现 "
        "现金存 现存 atm存",
        "own-transfer own-account own-funds self-transfer internal-transfer between-own wallet cash-deposit "
        "savings",
    ),
    (
        Sense.PENSION,
        "养老金 养老保险 退休 离休 养老待遇 企业年金 职业年金 退役金",
        "pension pensions retirement annuity superannuation",
    ),
    (
        Sense.BENEFIT,
        "低保 失业金 失业保险 失业待遇 救助 补助 救济 社保待遇 社会保险待遇 生育津贴 伤残 抚恤 残疾 残补 "
        "高龄津贴 优抚 津贴发放 待遇发放 最低生活保障 工伤待遇 护理补贴 困难补贴 福利金",
        "benefit benefits unemployment social-security disability welfare subsistence jobseeker jobseekers",
    ),
    (
        Sense.BONUS,
        "奖金 年终奖 绩效 十三薪 年终 双薪 季度奖 提成 佣金 奖励 过节费",
        "bonus bonuses thirteenth 13th commission incentive",
    ),
    (
        Sense.SALARY,
        "工资 薪 代发 劳务 课时费 稿酬 稿费 人工费 工钱 劳动报酬 劳动所得 岗位津贴 月度发放 计件 工时",
        "salary salaries wage wages payroll payslip pay-slip remuneration stipend",
    ),
    (
        Sense.RENT,
        "房租 租金 租房 租赁 租客 承租 房客 月租 转租",
        "rent rental tenant lease lodger",
    ),
    (
        Sense.INSURANCE,
        "理赔 赔款 赔付 赔偿 保险金 满期 公积金 住房补",
        "claim-paid indemnity insurance compensation settlement-claim",
    ),
    (
        Sense.CAPITAL,
        "利息 结息 理财 赎回 分红 股息 红利 基金 证券 股票 银证 收益 定期 国债 售房 卖房 购房款 拆迁 彩票 "
        "中奖",
        "interest dividend dividends redemption fund securities brokerage sale-of house-sale lottery prize",
    ),
    (
        Sense.TRADE,
        "货款 货物 采购 订单 商户 收款码 扫码 二维码 收单 收银 营业 销售 发票 工程款 材料款 进货 定金 尾款 "
        "预付款 合同款 结算款 服务费 加工费 运费 买家 顾客 客户 经营 门店 店铺 批发 购买 交易款 设备款 样品 "
        "卖出 闲置 二手",
        "invoice invoices sales goods merchant order orders customer buyer pos takings turnover purchase "
        "shop contract delivery-note second-hand wholesale",
    ),
    (
        Sense.GIFT,
        "红包 礼金 生日 压岁 份子 贺礼 过年 结婚 满月 祝 新年 婚礼 随礼 心意 孝敬 家用 生活费 零花 赠与",
        "gift gifts birthday wedding present pocket-money congratulations festival donation family",
    ),
    (
        Sense.PLATFORM,
        "骑手 跑腿 配送 外卖 接单 跑单 网约车 司机 车主 车费 主播 直播 打赏 众包 兼职 零工 任务 代驾 平台 "
        "流水 提现 结算 收入 报酬 单量",
        "rider courier driver gig payout payouts earnings earned trips deliveries freelance freelancer "
        "platform task tips fares",
    ),
)
"""What texts say. The first that fits counts: what undoes a payment stands before what it was ("工资退回")."""

ROLES: tuple[tuple[Sense, str, str], ...] = (
    (
        Sense.OWN,
        "本人 财付通 支付宝 微信支付 微信零钱",
        "own-account myself alipay paypal",
    ),
    (
        Sense.PENSION,
        "养老 社保 社会保险",
        "pension pensions",
    ),
    (
        Sense.BENEFIT,
        "民政 失业 就业服务 救助 残联",
        "social-security welfare jobcentre job-centre employment-office",
    ),
    (
        Sense.RENT,
        "租客 房客 承租人",
        "tenant lodger lessee",
    ),
    (
        Sense.TRADE,
        "买家 顾客 客户 商户 收单",
        "buyer customer merchant",
    ),
    (
        Sense.GIFT,
        "朋友 亲友 亲戚 母亲 父亲 儿子 女儿 配偶 妻子 丈夫 兄弟 姐妹",
        "friend relative mother father brother sister",
    ),
    (
        Sense.LOAN,
        "贷款 小贷 消费金融",
        "loan loans lending lender",
    ),
    (
        Sense.CAPITAL,
        "证券 基金管理 理财",
        "securities broker brokerage",
    ),
    (
        Sense.PLATFORM,
        "平台 骑手 外卖 跑腿 网约车 直播 众包 出行",
        "platform gig rides couriers",
    ),
)
"""What names say. That is less than a text: a company that lets houses has employees, too. So only roles are here."""

ORGANISATION = (
    "公司 集团 厂 局 院 学校 大学 中学 小学 幼儿园 中心 银行 合作社 事务所 店 部 所 站 社 会 处 办 政府 "
    "财政 委 团 队 基金 保险 专户 人力资源 劳务 劳务派遣 单位 企业 科技 实业 商行 酒店 餐饮 工作室 协会 基金会 平台 "
    "支付 财付通 雇主 用人单位"
)
ORGANISATION_LATIN = (
    "ltd limited co company inc corp corporation gmbh ag plc llc group employer factory school "
    "university hospital bureau office fund agency services service bank ministry department works pte "
    "sa bv platform"
)
"""Parts of the names of companies, offices and the like."""
