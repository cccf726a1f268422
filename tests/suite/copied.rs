//! Copied text (照搬照抄): against the months before, against other units, and where it is told.

use serde_json::Value;

use crate::common::{Run, Yuedu, findings, rules};
use crate::package;
use crate::workbook::FormBook;

const PROJECT: &str = r#"
county = "清河县"
[[unit]]
name = "青石镇纪委"
kind = "township"
[[unit]]
name = "白水镇纪委"
kind = "township"
"#;

const POND: &str = "将村集体鱼塘承包款3200元存放家中，未缴入村级账户，也未向村民公示。";

/// A sheet with one problem and its handling.
fn sheet(unit: &str, month: &str, problem: &str, handling: &str) -> Vec<u8> {
    let progress = format!("{month}-05，到有关村查看账目，核对账户流水。");
    let cells = ["作风建设方面", "专项检查监督", &progress, problem, handling];
    FormBook::six(unit, month).record(cells.into_iter().map(str::to_owned)).bytes()
}

fn county() -> Yuedu {
    let january = format!("2026年1月6日，青石镇大坪村会计唐国强{POND}");
    Yuedu::new().file("yuedu.toml", PROJECT).file(
        "报送/2026-01/青石.xlsx",
        sheet("青石镇纪委", "2026-01", &january, "2026年1月7日，青石镇纪委副书记周敏约谈大坪村会计唐国强。"),
    )
}

fn copied(run: &Run) -> Vec<Value> {
    run.assert_calm();
    let forms = run.json();
    let all = forms.iter().flat_map(|form| form["findings"].as_array().cloned().unwrap_or_default());
    all.filter(|finding| finding["rule"] == "copied-text").collect()
}

const JSON: [&str; 3] = ["validate", "--format", "json"];

#[test]
fn another_unit_s_text_is_named_with_file_row_and_likeness() {
    let problem = format!("2026年2月10日，白水镇井头村会计李文{POND}");
    let handling = "2026年2月11日，白水镇纪委书记何平责令白水镇井头村会计李文退出3200元。";
    let county = county().file("报送/2026-02/白水.xlsx", sheet("白水镇纪委", "2026-02", &problem, handling));
    let run = county.run_with(&JSON);
    let found = copied(&run);
    assert_eq!(found.len(), 1, "{found:#?}");
    let message = "与 报送/2026-01/青石.xlsx 第 4 行的发现问题 100% 相同（时间、数字、人名不比），请核对是不是照搬";
    assert_eq!((found[0]["message"].as_str(), found[0]["level"].as_str()), (Some(message), Some("warning")));
    assert_eq!((found[0]["field"].as_str(), found[0]["cell"].as_str()), (Some("problem"), Some("E4")));
    assert_eq!(run.json()[0]["status"], "accepted", "likeness costs nothing by itself");
    let text = county.run_with(&["validate"]);
    assert!(text.stdout.contains(message), "{text:#?}");
    let csv = county.run_with(&["validate", "--format", "csv"]);
    assert!(csv.stdout.contains("copied-text,提醒"), "{csv:#?}");
    // One sheet asked for by its path is compared with the months before all the same.
    let alone = county.run_with(&["validate", "报送/2026-02/白水.xlsx", "--format", "json"]);
    assert_eq!(copied(&alone).len(), 1);
    // Nothing is compared where the county has switched it off.
    county.put("yuedu.toml", format!("{PROJECT}[rules]\ncopied-text = \"off\"\n"));
    assert!(copied(&county.run_with(&JSON)).is_empty());
}

#[test]
fn two_units_of_one_month_answer_for_each_other_and_one_unit_for_its_own_past() {
    let problem = |day: &str, who: &str| format!("{day}，{who}{POND}");
    let handling = "2026年3月7日，乡镇纪委书记何平责令其退出3200元。";
    let march = |unit: &str, who: &str| sheet(unit, "2026-03", &problem("2026年3月5日", who), handling);
    let county = Yuedu::new()
        .file("yuedu.toml", PROJECT)
        .file("报送/2026-03/a.xlsx", march("青石镇纪委", "青石镇大坪村会计唐国强"))
        .file("报送/2026-03/b.xlsx", march("白水镇纪委", "白水镇井头村会计李文"));
    let both: Vec<Vec<(String, String)>> = county.run_with(&JSON).json().iter().map(findings).collect();
    assert!(both.iter().all(|found| found.contains(&("copied-text".to_owned(), "E4".to_owned()))), "{both:?}");
    // Other people, other months: a text of the unit's own, used again.
    let again = sheet("青石镇纪委", "2026-04", &problem("2026年4月5日", "青石镇石塘村出纳李文"), handling);
    county.put("报送/2026-04/a.xlsx", again);
    assert_eq!(copied(&county.run_with(&JSON)).len(), 1);
}

#[test]
fn going_on_with_an_open_problem_is_no_copy() {
    let problem = format!("2026年1月6日，青石镇大坪村会计唐国强{POND}");
    let going_on = "2026年2月9日，青石镇纪委书记李强到大坪村会计唐国强家中催缴，限2026年2月20日前全额缴入村级账户。";
    let county = county().file("报送/2026-02/青石.xlsx", sheet("青石镇纪委", "2026-02", &problem, going_on));
    assert!(copied(&county.run_with(&JSON)).is_empty());
    // In the ledger it is the old problem's progress: one number, the new deadline, and no problem found in February.
    let run = county.run_with(&["summarize", "--month", "2026-02", "--out", "月.xlsx"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let book = package::read(&county.read("月.xlsx"));
    let ledger = &book.iter().find(|(name, _)| name == "问题台账").expect("the page is there").1;
    let values: Vec<&str> = ledger.values().map(|cell| cell.value.as_str()).collect();
    let numbers: Vec<&&str> = values.iter().filter(|value| value.starts_with("2026-0") && value.len() > 7).collect();
    assert_eq!(numbers, [&"2026-01-01-01"]);
    let told = values.iter().find(|value| value.contains("【2026年2月进展】")).expect("the progress is told");
    assert!(told.ends_with("（报送/2026-02/青石.xlsx 第4行）"), "{told}");
    // The same words once more, without new handling, are.
    let old = "2026年1月7日，青石镇纪委副书记周敏约谈大坪村会计唐国强。";
    county.put("报送/2026-02/青石.xlsx", sheet("青石镇纪委", "2026-02", &problem, old));
    assert_eq!(copied(&county.run_with(&JSON)).len(), 1);
}

/// The numbers in the ledger of February.
fn numbers(county: &Yuedu) -> Vec<String> {
    let run = county.run_with(&["summarize", "--month", "2026-02", "--out", "月.xlsx", "--force"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let book = package::read(&county.read("月.xlsx"));
    let ledger = &book.iter().find(|(name, _)| name == "问题台账").expect("the page is there").1;
    let values = ledger.values().map(|cell| cell.value.as_str());
    values.filter(|value| value.starts_with("2026-0") && value.len() > 7).map(str::to_owned).collect()
}

#[test]
fn a_later_fault_of_the_same_kind_is_a_problem_of_its_own() {
    let going_on = "2026年2月9日，青石镇纪委书记李强催办，限2026年2月20日前办结。";
    let numbers_of = |january: &str, february: &str| {
        let first = "2026年1月9日，青石镇纪委书记李强约谈本人，限2026年2月15日前办结。";
        let file = |month, problem, handling| {
            (format!("报送/{month}/青石.xlsx"), sheet("青石镇纪委", month, problem, handling))
        };
        let (one, other) = (file("2026-01", january, first), file("2026-02", february, going_on));
        numbers(&Yuedu::new().file("yuedu.toml", PROJECT).file(&one.0, one.1).file(&other.0, other.1)).len()
    };
    let told = |day: &str, what: &str| format!("2026年{day}检查发现，青石镇大坪村会计唐国强{what}");
    let claimed = |sum: &str| format!("违规报销招待费{sum}元，其中有票据没有公务函，也没有接待清单。");
    let accounts = |month: &str| format!("没有按时公布{month}月份村级财务收支明细，群众有意见。");
    // Other sums, other months; and the same ones again, on another day.
    for (first, second, problems) in [
        (told("1月5日", &claimed("3200")), told("2月5日", &claimed("1800")), 2),
        (told("1月5日", &claimed("3200")), told("2月5日", &claimed("3200")), 1),
        (told("1月5日", &accounts("11")), told("2月5日", &accounts("12")), 2),
        (told("1月5日", &accounts("11")), told("2月5日", &accounts("11")), 1),
    ] {
        assert_eq!(numbers_of(&first, &second), problems, "{first} {second}");
    }
}

/// Whatever it is short of, the same text again is the same problem; and what the neighbours write changes nothing.
#[test]
fn a_problem_told_again_is_known_however_short_and_among_however_many() {
    let going_on = "2026年2月9日，乡镇纪委书记何平催办，限2026年2月20日前退还。";
    let before = "2026年1月9日，乡镇纪委书记何平约谈本人，限2026年2月15日前退还。";
    let county = |units: usize, what: &str| {
        let mut county = Yuedu::new().file("yuedu.toml", "county = \"清河县\"\n");
        for n in 0..units {
            let unit =
                format!("{}水镇纪委", ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子", "丑"][n]);
            let problem = format!("2026年1月5日检查发现，{}水镇大坪村会计赵国强{what}", &unit[..3]);
            for (month, handling) in [("2026-01", before), ("2026-02", going_on)] {
                county = county.file(&format!("报送/{month}/{unit}.xlsx"), sheet(&unit, month, &problem, handling));
            }
        }
        numbers(&county).len()
    };
    assert_eq!(county(1, "多报3200元。"), 1);
    assert_eq!(county(12, "违规报销招待费3200元，其中3张票据没有公务函，也没有接待清单。"), 12);
}

#[test]
fn a_problem_told_again_word_for_word_costs_its_deadline_once() {
    let problem = format!("2026年1月6日，青石镇大坪村会计唐国强{POND}");
    let handling = "2026年1月7日，青石镇纪委副书记周敏约谈大坪村会计唐国强，限2026年1月28日前退出3200元。";
    let both = county()
        .file("报送/2026-01/青石.xlsx", sheet("青石镇纪委", "2026-01", &problem, handling))
        .file("报送/2026-02/青石.xlsx", sheet("青石镇纪委", "2026-02", &problem, handling));
    let costs = |month: &str| {
        let run = both.run_with(&["summarize", "--month", month, "--out", "月.xlsx", "--force"]);
        assert_eq!(run.code, 0, "{run:#?}");
        let book = package::read(&both.read("月.xlsx"));
        let page = &book.iter().find(|(name, _)| name == "扣分明细").expect("the page is there").1;
        page.values().filter(|cell| cell.value.contains("到期未销号")).count()
    };
    assert_eq!([costs("2026-01"), costs("2026-02")], [1, 0]);
}

/// A telling after the problem was put right, or closed by the register, is no progress of it: it answers for its words.
#[test]
fn what_was_put_right_in_between_is_not_gone_on_with() {
    let problem = format!("2026年1月6日，青石镇大坪村会计唐国强{POND}");
    let done = "2026年2月9日，青石镇纪委书记李强回访大坪村会计唐国强，承包款已全额缴入村级账户，已整改到位。";
    let later = "2026年3月9日，青石镇纪委书记李强约谈大坪村会计唐国强，限2026年3月20日前写出检查。";
    let march = ("报送/2026-03/青石.xlsx", sheet("青石镇纪委", "2026-03", &problem, later));
    let settled =
        county().file("报送/2026-02/青石.xlsx", sheet("青石镇纪委", "2026-02", &problem, done)).file(march.0, &march.1);
    let found = copied(&settled.run_with(&JSON));
    assert_eq!(found.iter().filter(|finding| finding["cell"] == "E4").count(), 1, "{found:#?}");
    // Without February's word it goes on with January's problem, unless the register closed that one before March.
    let open = county().file(march.0, &march.1);
    assert!(copied(&open.run_with(&JSON)).is_empty());
    let closing = |number: &str, day: &str| {
        format!("问题编号,月份,单位,销号日期,依据,登记人\n{number},2026-01,青石镇纪委,{day},已缴款,何晓芸\n")
    };
    for (number, day, copies) in [("2026-01-01-01", "2026-02-10", 1), ("2026-1-1-1", "2026-03-10", 0)] {
        open.put("销号.csv", closing(number, day));
        let found = copied(&open.run_with(&JSON));
        assert_eq!(found.iter().filter(|finding| finding["cell"] == "E4").count(), copies, "{day} {found:#?}");
    }
}

#[test]
fn that_nothing_was_found_is_said_in_the_same_words_by_everybody() {
    let nothing = "经现场查看，参训党员出勤、学习笔记、测验结果公示、资金支出凭证均规范，未发现问题。";
    let next = "下一步将继续强化节日期间值班值守、公车管理、公务接待等方面的监督。";
    let county = Yuedu::new()
        .file("yuedu.toml", PROJECT)
        .file("报送/2026-03/a.xlsx", sheet("青石镇纪委", "2026-03", nothing, next))
        .file("报送/2026-03/b.xlsx", sheet("白水镇纪委", "2026-03", nothing, next));
    assert!(copied(&county.run_with(&JSON)).is_empty());
}

#[test]
fn the_clerk_overrules_a_likeness_and_the_workbook_shows_it() {
    let problem = format!("2026年2月10日，白水镇井头村会计李文{POND}");
    let handling = "2026年2月11日，白水镇纪委书记何平责令白水镇井头村会计李文退出3200元。";
    let county = county().file("报送/2026-02/白水.xlsx", sheet("白水镇纪委", "2026-02", &problem, handling));
    let summarize = ["summarize", "--month", "2026-02", "--out", "月.xlsx", "--force"];
    let pages = |county: &Yuedu| {
        let run = county.run_with(&summarize);
        assert_eq!(run.code, 0, "{run:#?}");
        let book = package::read(&county.read("月.xlsx"));
        let shown = |title: &str| {
            let page = &book.iter().find(|(name, _)| name == title).expect("the page is there").1;
            page.values().map(|cell| cell.value.as_str()).collect::<Vec<_>>().join("\n")
        };
        (shown("月度概览"), shown("退回清单"), run)
    };
    let (overview, list, _) = pages(&county);
    assert!(overview.contains("疑似照搬") && overview.contains("白水镇纪委1条"), "{overview}");
    assert!(list.contains("待核") && list.contains("100% 相同"), "{list}");
    county.put(
        "认定.csv",
        "月份,单位,文件,工作表,行,规则,认定人,理由,日期\n2026-02,白水镇纪委,白水.xlsx,,4,copied-text,孙敏,联合检查,2026-02-26\n",
    );
    let (overview, list, run) = pages(&county);
    assert!(!overview.contains("疑似照搬") && list.contains("认定（孙敏：联合检查）"), "{overview}\n{list}");
    assert!(!run.stderr.contains("没有用上"), "{run:#?}");
    let validated = county.run_with(&JSON);
    assert!(rules(&validated.json()[0]).contains(&"copied-text".to_owned()));
    assert!(!validated.stderr.contains("没有用上"), "{validated:#?}");
}
