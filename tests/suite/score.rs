//! The worked example of the scoring, from a sheet as a unit sends it to the total.

use crate::common::Yuedu;
use crate::workbook::{FormBook, GOOD};

const PROJECT: &str = "county = \"清河县\"
[[unit]]
name = \"青石镇纪委\"
kind = \"township\"
";

/// Two tasks in place of the profile's main list; 进村入户下访 of the base list is the third that falls due in April.
const LIST: &str = "title = \"乡镇纪委日常监督任务清单\"
kind = \"township\"
[[task]]
number = 1
title = \"到岗到位\"
text = \"村干部按规定到岗到位\"
frequency = \"weekly\"
content = \"作风建设方面\"
[[task]]
number = 2
title = \"村务公开\"
text = \"村务公开开展情况\"
frequency = \"monthly\"
content = \"政治纪律方面\"
";

const FOCUS: &str = "[[focus]]
number = 1
title = \"春耕备耕\"
content = \"政治纪律方面\"
for = \"all\"
[[focus]]
number = 2
title = \"清明祭扫\"
content = \"政治纪律方面\"
for = \"township\"
";

/// A record of April that does no task.
fn plain(n: usize) -> [String; 5] {
    let [_, method, progress, problem, handling] = GOOD.map(|text| text.replace("2026年3月", "2026年4月"));
    ["脱贫攻坚方面".to_owned(), method, progress, problem.replace("4天", &format!("{n}天")), handling]
}

/// Nine records: a problem whose deadline passes, an unlisted method, a blank problem, a day without its year, a role
/// without a name, and four without a fault.
fn sheet() -> FormBook {
    let measure = "2026年4月5日，青石镇纪委副书记周敏约谈青石镇大坪村会计唐国强，限2026年4月20日前补签值班承诺书。";
    let form = FormBook::six("青石镇纪委", "2026-04").with(|form| form.contact.clear());
    let form = form.record(plain(1)).set(1, "清明祭扫").set(5, measure);
    let form = form.record(plain(2)).set(2, "走访了解");
    let form = form.record(plain(3)).set(4, "").set(5, "");
    let form =
        form.record(plain(5)).set(4, "4月3日检查发现，青石镇大坪村会计唐国强未按值班表在岗值班，签到册空白5天。");
    let form =
        form.record(plain(6)).set(4, "2026年4月3日检查发现，青石镇大坪村1名村干部未按值班表在岗值班，签到册空白6天。");
    (7..=10).fold(form, |form, n| form.record(plain(n)).set(4, "无").set(5, "无"))
}

pub(crate) fn county() -> Yuedu {
    Yuedu::new()
        .file("yuedu.toml", PROJECT)
        .file("checklists/township.toml", LIST)
        .file("重点/2026-04.toml", FOCUS)
        .file("报送/2026-04/青石镇.xlsx", sheet().bytes())
        .file("收件登记.csv", "收到日期,单位,月份,文件,摘要,结论\n2026-04-27,青石镇纪委,2026-04,青石镇.xlsx,,退回\n")
        .file(
            "加减分.csv",
            "月份,单位,项目,分值,理由,依据文号,登记人,日期\n\
             2026-04,青石镇纪委,加分,2,做法被市纪委监委推介,市纪通〔2026〕8号,何晓芸,2026-04-28\n",
        )
}

fn row(county: &Yuedu) -> String {
    let run = county.run_with(&["summarize", "--month", "2026-04"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let row = run.stdout.lines().find(|line| line.contains("青石镇纪委")).expect("the unit is ranked");
    row.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_worked_example_comes_to_88_and_a_half() {
    assert_eq!(row(&county()), "1 青石镇纪委 18 13.5 26 15 14 2 88.5 良好 迟报 2 天，退回未重报");
}

#[test]
fn what_the_clerk_accepts_and_closes_in_time_is_given_back() {
    let county = county();
    county.put(
        "认定.csv",
        "月份,单位,文件,工作表,行,规则,认定人,理由,日期\n\
         2026-04,青石镇纪委,青石镇.xlsx,,8,person-no-name,何晓芸,已电话核实,2026-04-28\n\
         2026-04,青石镇纪委,,,1,focus-not-done,何晓芸,县里统一推迟,2026-04-28\n",
    );
    county.put(
        "销号.csv",
        "问题编号,月份,单位,销号日期,依据,登记人\n2026-04-01-01,2026-04,青石镇纪委,2026-04-20,现场核实,何晓芸\n",
    );
    assert_eq!(row(&county), "1 青石镇纪委 18 13.5 28 17 15 2 93.5 优秀 迟报 2 天，退回未重报");
}

#[test]
fn a_county_prices_for_itself() {
    let county = county();
    county.put(
        "yuedu.toml",
        format!("{PROJECT}[scoring]\nlate-per-day = 2.5\ntask-due = 0\n[rules]\nproblem-blank = \"off\"\n"),
    );
    assert_eq!(row(&county), "1 青石镇纪委 15 14 26 18 14 2 89 良好 迟报 2 天，退回未重报");
}
