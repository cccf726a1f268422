//! What realistic cells say was done, and what they only seem to say.

use super::*;
use crate::text::Lexicon;

fn word(deed: &Deed) -> String {
    let act = match deed.act {
        Act::Check => "检查",
        Act::Round => "轮次",
        Act::Problem => "问题",
        Act::Rectified => "整改",
        Act::Clue => "线索",
        Act::Petition => "信访",
        Act::Request => "诉求",
        Act::Suggestion => "建议书",
        Act::System => "制度",
        Act::FiledCase => "立案件",
        Act::FiledPerson => "立案人",
        Act::Reminder => "提醒",
        Act::Talk => "约谈",
        Act::Criticism => "批评",
        Act::SelfCriticism => "检讨",
        Act::Warning => "警示",
        Act::Admonition => "诫勉",
        Act::Notice => "通报",
        Act::Inquiry => "函询",
        Act::FirstForm => "形态一",
        Act::Sanction => "处分",
        Act::Reassignment => "组织",
        Act::Transfer => "司法",
    };
    let times = if deed.times { "次" } else { "" };
    let figure = match deed.figure {
        Figure::Exact(number) => number.to_string(),
        Figure::About => "约".to_owned(),
        Figure::Longer => "累计".to_owned(),
        Figure::Month => "全月".to_owned(),
        Figure::All => "全部".to_owned(),
        Figure::Unsaid => "?".to_owned(),
    };
    format!("{act}{times}{figure}")
}

fn deeds(text: &str) -> String {
    let facts = crate::text::read(text, &Lexicon::default());
    let names = Names::of([(text, &facts)]);
    let deeds = read(text, &facts, &names);
    for deed in &deeds {
        assert!(!deed.span.of(text).is_empty(), "{text} {deed:?}");
    }
    deeds.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn check(cases: &[(&str, &str)], told: impl Fn(&str) -> String) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, wanted)| told(text) != *wanted)
        .map(|(text, wanted)| format!("{text}\n  {} instead of {wanted}", told(text)))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn persons_are_counted_by_number_or_by_name() {
    let cases = [
        ("2026年3月18日，镇纪委约谈3人。", "约谈3"),
        ("约谈２人次，诫勉谈话两人", "约谈次2 诫勉2"),
        ("约谈了三名责任人", "约谈3"),
        ("约谈村干部5名", "约谈5"),
        ("约谈40余人次", "约谈次约"),
        ("约谈数十人", "约谈约"),
        ("批评教育近10人", "批评约"),
        ("谈话提醒3至5人", "提醒约"),
        ("2026年3月18日，青石镇纪委书记李远航约谈大坪村党支部书记唐国强、会计周小兰。", "约谈2"),
        ("我组组长江月红约谈县交通运输局副局长商志强及治超站站长安小军，责令作出书面检查。", "约谈2 检讨2"),
        ("2026年3月18日，对大坪村党支部书记唐国强进行诫勉谈话。", "诫勉1"),
        ("镇纪委书记李远航对大坪村会计周小兰批评教育，退回480元。", "批评1"),
        ("大坪村会计周小兰被约谈", "约谈1"),
        ("大坪村会计周小兰被镇纪委副书记李远航批评教育", "批评1"),
        ("大坪村会计周小兰由镇纪委副书记李远航诫勉谈话", "诫勉1"),
        ("大坪村会计周小兰接受镇纪委副书记李远航的谈话提醒", "提醒1"),
        ("给予大坪村党支部书记唐国强党内警告处分", "处分1"),
        ("给予大坪村党支部书记唐国强、会计周小兰党内严重警告处分", "处分2"),
        ("对十字村村委会主任党志学、十字村会计周小兰分别给予党内警告、诫勉谈话", "处分1 诫勉1"),
        ("对大坪村党支部书记唐国强、会计周小兰分别谈话提醒", "提醒2"),
        ("大坪村会计周小兰书面检查，石塘村文书蒋海波通报批评", "检讨1 通报1"),
        ("大坪村会计周小兰停职检查", "组织1"),
        ("对大坪村会计周小兰、石塘村文书蒋海波等5人批评教育", "批评5"),
        ("对3名党员批评教育", "批评3"),
        ("对周小兰、蒋海波二人分别提醒谈话", "提醒2"),
        ("3人被立案审查", "立案件? 立案人3"),
        ("立案2件3人", "立案件2 立案人3"),
        ("立案审查调查5人", "立案件? 立案人5"),
        ("镇纪委对大坪村会计周小兰立案审查", "立案件1 立案人1"),
        ("给予党纪政务处分4人", "处分4"),
        ("处理处分42人", "处分42"),
        ("处分3人，其中党内警告2人、政务记过1人", "处分3"),
        ("运用监督执纪第一种形态处理3人次", "形态一次3"),
        ("运用“第一种形态”批评教育帮助5人次", "形态一次5 批评次5"),
        ("将大坪村会计周小兰移送检察机关", "司法1"),
        ("约谈大坪村会计周小兰，并对其通报批评", "约谈1 通报1"),
        ("大坪村会计周小兰补交2份收据，镇纪委对其谈话提醒", "提醒1"),
        ("约谈大坪村会计周小兰；2026年3月20日再次约谈周小兰", "约谈1"),
        ("镇纪委对相关人员进行了批评教育", "批评?"),
        ("约谈有关责任人", "约谈?"),
        ("县自然资源局对宏达运输公司立案", "立案件?"),
        ("今年以来累计约谈12人次", "约谈次累计"),
        ("今年以来，镇纪委紧盯惠农补贴，3月18日约谈3人", "约谈3"),
        ("今年以来，镇纪委紧盯惠农补贴，2026年3月18日约谈3人", "约谈3"),
        ("今年以来累计立案2件，本次立案1件1人。", "立案件累计 立案件1 立案人1"),
        ("今年以来累计立案2件，约谈12人", "立案件累计 约谈累计"),
        ("今年以来共约谈12人", "约谈累计"),
        ("今年以来累计立案2件，本月共约谈6人", "立案件累计 约谈全月"),
        ("今年以来约谈12人", "约谈累计"),
        ("2026年3月5日入户，累计走访群众120余人，约谈村干部2人", "约谈2"),
        ("2026年1月1日以来累计约谈12人", "约谈累计"),
        ("截至2026年3月20日，共约谈12人", "约谈累计"),
        ("本月共约谈6人", "约谈全月"),
        ("镇纪委书记李远航、镇党委组织委员周小兰共同约谈", "约谈?"),
        ("约谈罗明远、周小兰，2件重新立案", "约谈2 立案件?"),
        ("约谈罗明远并立案审查", "约谈1 立案件1 立案人1"),
        ("大坪村会计罗明远免职并由我组立案", "组织1 立案件1 立案人1"),
        ("约谈大坪村会计罗明远，该宗违建由执法大队立案", "约谈1 立案件?"),
        ("镇党委书记李远航约谈后营子村会计周小兰", "约谈1"),
        ("镇党委书记李远航召集大坪村会计周小兰、石塘村文书蒋海波约谈", "约谈2"),
        ("约谈后，大坪村会计周小兰退回480元", "约谈?"),
        ("凤来乡卫生院院长苏明亮对其批评教育", "批评?"),
        ("谈话函询2人", "函询2"),
        ("警示谈话4人", "警示4"),
    ];
    check(&cases, deeds);
}

#[test]
fn words_that_only_sound_like_an_act_are_none() {
    let cases = [
        ("召开约谈会，形成约谈记录2份", ""),
        ("查阅《诫勉谈话记录》5份", ""),
        ("拟给予大坪村会计周小兰党内警告处分", ""),
        ("未约谈大坪村会计周小兰", ""),
        ("没有批评教育", ""),
        ("尉迟远记过处分意见报局党组研究", ""),
        ("投诉立案后22天未调查取证", ""),
        ("3宗案件立案审批日期晚于询问笔录日期", ""),
        ("严寒、闻雯各记过错一次", ""),
        ("向设备厂家发函询证6份", ""),
        ("处分决定于2026年6月26日宣布", ""),
        ("警告标志缺3块", ""),
        ("检查组5人到村", ""),
    ];
    check(&cases, deeds);
}

#[test]
fn matters_are_counted_by_their_own_number() {
    let cases = [
        ("开展监督检查8次，发现问题3个，约谈2人，移送问题线索1条", "检查8 问题3 约谈2 线索1"),
        ("开展3次监督检查", "检查3"),
        ("开展2轮交叉监督", "轮次2"),
        ("今年已开展2轮次交叉监督,发现并整改42个问题", "轮次2 整改42 问题42"),
        (
            "发现问题线索26条，立案25件25人，发出纪检监察建议书18份，推动建章立制48项",
            "线索26 立案件25 立案人25 建议书18 制度48",
        ),
        ("发现3条违纪问题线索", "线索3"),
        ("线索三条", "线索3"),
        ("将唐国强的问题线索移送县纪委监委", "线索?"),
        ("比对线索417条", ""),
        ("将3台疑点农机线索移送县农业农村局核查", ""),
        ("我组下发监督建议书（驻农纪建〔2026〕3号）", "建议书1"),
        ("下发《监督建议书》（驻交纪建〔2026〕5号）", "建议书1"),
        ("发出监察建议书2份（驻交纪建〔2026〕5号、6号）", "建议书2"),
        ("制发纪检监察建议书12份，推动职能部门建立完善制度机制20余项", "建议书12 制度约"),
        ("修订财务制度3项", "制度3"),
        ("检查3项制度执行情况", ""),
        ("查阅制度12项", ""),
        ("办理群众信访件3件", "信访3"),
        ("收到信访举报11件次", "信访次11"),
        ("办理网络信访1件", "信访1"),
        ("接待来信来访40余件（次）", ""),
        ("收到信访举报40余件（次）", "信访次约"),
        ("抽查信访件5件", ""),
        ("协调解决群众诉求467件", "诉求467"),
        ("反映的7条诉求均已书面答复", "诉求7"),
        ("记录诉求81条", ""),
        ("2026年3月5日检查发现问题5个：一是…", "问题5"),
        ("查出问题十二处", "问题12"),
        ("未发现问题", ""),
        ("问题3：迎宾社区用为民服务资金买工作服16套", ""),
        ("3个问题均已整改", "整改全部"),
        ("已全部整改", "整改全部"),
        ("限2026年3月31日前全部整改", ""),
        ("已整改2个", "整改2"),
        ("2026年3月5日电话0746-4210001，第3次检查", ""),
        ("东纪发〔2026〕3号线索", ""),
        ("由医务科每周抽查一次", ""),
        ("对巡察反馈的6项整改任务进行复核", ""),
        ("对照县委巡察反馈的11条问题逐条核查", ""),
        ("发现三个方面具体问题", ""),
        ("信访办工作人员任小龙4件信访件逾期", ""),
        ("向两个社区下发纪律检查建议书（东纪建〔2026〕3号）", "建议书1"),
        ("逾期由白岩乡纪委立案", ""),
        ("对省委巡视、县委巡察反馈涉及县财政局的11个问题进行回头看", ""),
        ("对新一轮高标准农田建设项目施工现场进行检查", ""),
        ("镇纪委向镇党委发出监督建议书", "建议书?"),
        ("学习监察建议书范本", ""),
    ];
    check(&cases, deeds);
}

fn state(money: &Money, text: &str) -> String {
    let mark = match money.state {
        State::Counted => "",
        State::About => "约",
        State::Part => "分",
        State::Price => "价",
        State::Ordered => "责令",
    };
    format!("{}{mark}", money.written.of(text))
}

fn told(text: &str, of: impl Fn(&str, &crate::text::Facts) -> Vec<Money>) -> String {
    let facts = crate::text::read(text, &Lexicon::default());
    of(text, &facts).iter().map(|money| state(money, text)).collect::<Vec<_>>().join(" ")
}

#[test]
fn sums_that_a_problem_is_about() {
    let cases = [
        ("违规报销招待费3200元", "3200元"),
        ("村集体山塘租金3,600元存放个人账户，3,600元至今未缴", "3,600元"),
        ("统一订购试卷132套，每套28元，合计3696元", "28元价 3696元"),
        ("分别收取1344元、256元，共计1600元", "1344元分 256元分 1600元"),
        ("代收医保费共8740元，其中4户1520元未上缴", "8740元 1520元分"),
        ("机耕路项目（预算4.8万元）缺审议记录", "4.8万元价"),
        ("涉及资金40余万元", "40余万元约"),
        ("套取2000元和3000元", "2000元 3000元"),
        ("扣发补贴200元", ""),
        ("每人每月多发240元", "240元价"),
        ("将老人套餐由12元调至15元", "12元价 15元价"),
        ("评估价为68万元，成交价54万元", "68万元价 54万元"),
    ];
    check(&cases, |text| told(text, |text, facts| involved(text, facts, false)));
}

#[test]
fn sums_that_came_back() {
    let cases = [
        ("3200元已于2026年3月20日退还", "3200元"),
        ("追缴补贴2.37万元", "2.37万元"),
        ("责令退还违规收受礼金2400元，2026年10月16日已清退完毕", "2400元"),
        ("责令其于2026年1月30日前追回补助3000元", "3000元责令"),
        ("5400元限2026年6月8日前退缴", "5400元责令"),
        ("责令退回540元，1月8日已退回", "540元"),
        ("黄树林、黄英俊各退赔10800元", "10800元价"),
        ("扣发绩效300元", ""),
        ("收缴油费80元", "80元"),
        ("2000元、3000元合计5000元于2026年3月5日上缴财政", "2000元分 3000元分 5000元"),
        ("8万元于2026年9月3日退回，8万元9月3日到账", "8万元"),
        ("约3000元已退还", "3000元约"),
        ("罚款500元", ""),
        ("工资4.6万元于2026年3月20日发放到位", ""),
    ];
    check(&cases, |text| told(text, recovered));
}

#[test]
fn any_text_is_read_and_every_span_lies_inside_it() {
    let words = Lexicon::default();
    let pieces = [
        "约谈",
        "立案",
        "诫勉",
        "谈话提醒",
        "党内警告处分",
        "处分",
        "检讨",
        "第一种形态",
        "张建国",
        "会计",
        "县教育局",
        "对",
        "由",
        "被",
        "给予",
        "其",
        "等",
        "分别",
        "3",
        "１２",
        "两",
        "十",
        "余",
        "约",
        "数",
        "人",
        "人次",
        "件",
        "（次）",
        "条",
        "份",
        "项",
        "次",
        "轮",
        "元",
        "万元",
        "线索",
        "建议书",
        "〔2026〕5号",
        "（",
        "）",
        "《",
        "》",
        "问题",
        "发现",
        "均已整改",
        "整改",
        "信访件",
        "诉求",
        "制度",
        "完善",
        "共计",
        "其中",
        "每",
        "责令",
        "退还",
        "已",
        "前",
        "未",
        "拟",
        "本月共",
        "今年以来",
        "2026年3月5日",
        "、",
        "，",
        "。",
        "；",
        "\n",
        " ",
        "🙂",
        "e\u{301}",
        "\u{200b}",
        "-",
        "/",
        ".",
    ];
    let mut state = 11u64;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..3000 {
        let length = draw(20);
        let text: String = (0..length).map(|_| pieces[draw(pieces.len())]).collect();
        let facts = crate::text::read(&text, &words);
        let names = Names::of([(text.as_str(), &facts)]);
        let deeds = read(&text, &facts, &names);
        let mut spans: Vec<Span> = deeds.iter().flat_map(|deed| deed.written.into_iter().chain([deed.span])).collect();
        let sums = involved(&text, &facts, true).into_iter().chain(recovered(&text, &facts));
        spans.extend(sums.flat_map(|sum| [sum.span, sum.written]));
        for span in spans {
            assert!(span.start < span.end && text.get(span.start..span.end).is_some(), "{text:?} {span:?}");
        }
    }
}

#[test]
fn the_longest_cell_takes_no_longer_than_its_length() {
    let words = Lexicon::default();
    for piece in [
        "约谈",
        "约谈张建国、",
        "3人",
        "对",
        "立案",
        "整改",
        "3200元",
        "退还3200元、",
        "其中1元",
        "线索3条",
        "共计9元",
        "未",
    ] {
        let best = |length: usize| {
            let text: String = piece.chars().cycle().take(length).collect();
            let facts = crate::text::read(&text, &words);
            let names = Names::of([(text.as_str(), &facts)]);
            let time = || {
                let start = std::time::Instant::now();
                let found = read(&text, &facts, &names).len()
                    + involved(&text, &facts, true).len()
                    + recovered(&text, &facts).len();
                assert!(found <= length);
                start.elapsed()
            };
            (0..3).map(|_| time()).min().unwrap_or_default()
        };
        let (short, long) = (best(500).max(std::time::Duration::from_millis(5)), best(4_000));
        assert!(long < short * 40, "{piece}: {short:?} {long:?}");
    }
}
