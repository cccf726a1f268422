//! Any county whatever: units, sheets and registers by chance, through the whole program. The sums hold, every score
//! follows from its rows, equal totals share a rank, and neither a second run nor another number of threads changes a byte.

use std::collections::BTreeMap;
use std::process::Command;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::cells::{self, Sheet};
use crate::common::Yuedu;
use crate::workbook::{FormBook, GOOD};

const MONTH: &str = "2026-03";
const ITEMS: [(&str, f64); 5] =
    [("报送及时", 20.0), ("填报规范", 15.0), ("内容具体", 30.0), ("任务完成", 20.0), ("整改闭环", 15.0)];

/// One sheet that a unit sends: what each record is like, whether the head is whole, the day of receipt.
#[derive(Debug, Clone)]
struct Sent {
    records: Vec<u8>,
    whole: bool,
    /// None: nobody wrote it into the register.
    day: Option<u8>,
    returned: bool,
}

/// One unit: its kind, its sheets, what the clerk added or took away.
#[derive(Debug, Clone)]
struct Unit {
    dispatched: bool,
    sent: Vec<Sent>,
    bonuses: Vec<u8>,
    minus: u8,
}

fn sent() -> impl Strategy<Value = Sent> {
    (vec(0_u8..11, 0..7), any::<bool>(), proptest::option::weighted(0.8, 18_u8..31), any::<bool>())
        .prop_map(|(records, whole, day, returned)| Sent { records, whole, day, returned })
}

fn unit() -> impl Strategy<Value = Unit> {
    (any::<bool>(), vec(sent(), 0..3), vec(1_u8..6, 0..3), 0_u8..5)
        .prop_map(|(dispatched, sent, bonuses, minus)| Unit { dispatched, sent, bonuses, minus })
}

fn name(n: usize, unit: &Unit) -> String {
    let word = ["青石", "白水", "枫树", "柳林", "龙塘", "竹溪"][n % 6];
    if unit.dispatched {
        format!("县纪委监委派驻县{word}局纪检监察组")
    } else {
        format!("{word}镇纪委")
    }
}

fn form(unit: &str, sent: &Sent) -> FormBook {
    let form = FormBook::six(unit, MONTH);
    let form = if sent.whole { form } else { form.with(|form| form.contact.clear()) };
    sent.records.iter().enumerate().fold(form, |form, (n, kind)| {
        let mut texts = GOOD.map(str::to_owned);
        texts[3] = texts[3].replace("4天", &format!("{}天", n + 2));
        let form = form.record(texts);
        match kind {
            0 => form.set(4, "近期检查发现，个别干部纪律意识淡薄。"),
            1 => form.set(4, ""),
            2 => form.set(2, "走访了解"),
            3 => form.set(2, "会议监督、信访监督"),
            4 => form.set(1, "环境卫生方面"),
            5 => form.set(4, "无").set(5, "无"),
            6 => form.set(5, "2026年3月5日，青石镇纪委副书记周敏约谈青石镇大坪村会计唐国强，限2026年3月10日前整改。"),
            7 => form.set(1, "零报告"),
            8 => form.set(1, "村干部等到岗到位履职"),
            9 => form.set(3, "近日检查。"),
            _ => form,
        }
    })
}

fn county(units: &[Unit]) -> Yuedu {
    let mut yuedu = Yuedu::new();
    let mut project = String::from("county = \"清河县\"\n");
    let mut receipts = String::from("收到日期,单位,月份,文件,摘要,结论\n");
    let mut points = String::from("月份,单位,项目,分值,理由,依据文号,登记人,日期\n");
    for (n, unit) in units.iter().enumerate() {
        let name = name(n, unit);
        let kind = if unit.dispatched { "dispatched" } else { "township" };
        project += &format!("[[unit]]\nname = \"{name}\"\nkind = \"{kind}\"\n");
        for (k, sent) in unit.sent.iter().enumerate() {
            let file = format!("报送/{MONTH}/{n}-{k}.xlsx");
            yuedu = yuedu.file(&file, form(&name, sent).bytes());
            if let Some(day) = sent.day {
                let verdict = if sent.returned { "退回" } else { "合格" };
                receipts += &format!("2026-03-{day},{name},{MONTH},{file},,{verdict}\n");
            }
        }
        for bonus in &unit.bonuses {
            points += &format!("{MONTH},{name},加分,{bonus},推介,市纪通〔2026〕8号,何晓芸,2026-03-30\n");
        }
        if unit.minus > 0 {
            points += &format!("{MONTH},{name},内容具体,-{},雷同,,何晓芸,2026-03-30\n", unit.minus);
        }
    }
    yuedu.file("yuedu.toml", project).file("收件登记.csv", receipts).file("加减分.csv", points)
}

fn summarized(yuedu: &Yuedu) -> Vec<u8> {
    let run = yuedu.run_with(&["summarize", "--month", MONTH]);
    run.assert_calm();
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stdout.contains("三项都对得上"), "{}", run.stdout);
    yuedu.read(&format!("汇总/{MONTH} 月度汇总.xlsx"))
}

/// The same on a single core, and so with a single thread; none where cores cannot be chosen.
fn on_one_core(yuedu: &Yuedu) -> Option<Vec<u8>> {
    let one = yuedu.command(&["summarize", "--month", MONTH]);
    let mut pinned = Command::new("taskset");
    pinned.args(["-c", "0"]).arg(one.get_program()).args(one.get_args()).current_dir(yuedu.path(""));
    pinned.output().ok().filter(|output| output.status.success())?;
    Some(yuedu.read(&format!("汇总/{MONTH} 月度汇总.xlsx")))
}

/// A page as the rows under its titles.
struct Page<'a> {
    sheet: &'a Sheet,
    head: u32,
}

impl<'a> Page<'a> {
    fn of(pages: &'a BTreeMap<String, Sheet>, name: &str) -> Page<'a> {
        let sheet = &pages[name];
        Page { sheet, head: sheet.title("填报单位").0 }
    }

    fn text(&self, row: u32, title: &str) -> &'a str {
        self.sheet.text(row, self.sheet.column(self.head, title).unwrap_or_else(|| panic!("no {title}")))
    }

    fn number(&self, row: u32, title: &str) -> f64 {
        self.text(row, title).parse().unwrap_or(0.0)
    }

    fn rows(&self, unit: &str) -> Vec<u32> {
        (self.head + 1..=self.sheet.rows()).filter(|row| self.text(*row, "填报单位") == unit).collect()
    }
}

fn holds(units: &[Unit], bytes: &[u8]) {
    let sheets = cells::xlsx(bytes).expect("the summary is a workbook");
    let pages: BTreeMap<String, Sheet> = sheets.into_iter().map(|sheet| (sheet.name.clone(), sheet)).collect();
    let [ranking, costs, receipts, detail] =
        ["得分排名", "扣分明细", "报送情况", "监督明细"].map(|name| Page::of(&pages, name));
    let (mut records, mut valid) = (0.0, 0.0);
    // Per kind: (rank, total, place in the roster), in the order of the page.
    let mut groups: BTreeMap<bool, Vec<(u32, f64, f64, usize)>> = BTreeMap::new();
    for (n, unit) in units.iter().enumerate() {
        let name = name(n, unit);
        let row = receipts.rows(&name)[0];
        records += receipts.number(row, "收到记录");
        valid += receipts.number(row, "有效记录");
        let mine = detail.rows(&name);
        let counted = mine.iter().filter(|row| detail.text(**row, "计入") == "是").count();
        assert_eq!(receipts.number(row, "有效记录"), counted as f64);
        let row = ranking.rows(&name)[0];
        let sum = |item: &str, title: &str| -> f64 {
            let rows = costs.rows(&name).into_iter().filter(|row| costs.text(*row, "项目") == item);
            rows.map(|row| costs.number(row, title)).sum()
        };
        let left = ITEMS.map(|(item, full)| (item, (full - sum(item, "扣分")).max(0.0)));
        for (item, left) in left {
            assert_eq!(ranking.number(row, item), left, "{name} {item}");
        }
        let missing = unit.sent.is_empty();
        let bonus =
            if missing { 0.0 } else { unit.bonuses.iter().map(|bonus| f64::from(*bonus)).sum::<f64>().min(5.0) };
        let total = left.iter().map(|(_, left)| left).sum::<f64>() + bonus;
        assert_eq!((ranking.number(row, "加分"), ranking.number(row, "总分")), (bonus, total), "{name}");
        groups.entry(unit.dispatched).or_default().push((row, ranking.number(row, "名次"), total, n));
    }
    for group in groups.values_mut() {
        for (_, rank, total, _) in &*group {
            let ahead = group.iter().filter(|(.., other, _)| other > total).count();
            assert_eq!(*rank, ahead as f64 + 1.0, "as many stand before a unit as have more");
        }
        group.sort_unstable_by_key(|(row, ..)| *row);
        assert!(group.is_sorted_by(|a, b| (a.1, a.3) <= (b.1, b.3)), "by rank, equal ones as in the roster: {group:?}");
    }
    let overview = &pages["月度概览"];
    for (title, sum) in [("收到记录", records), ("有效记录", valid)] {
        let (row, column) = overview.title(title);
        assert_eq!(overview.number(row, column + 1), sum, "{title}");
    }
    let all: Vec<u32> = (detail.head + 1..=detail.sheet.rows()).collect();
    let of = |word: &str| all.iter().filter(|row| detail.text(**row, "计入") == word).count() as f64;
    let written = all.iter().filter(|row| detail.number(**row, "行") > 0.0).count() as f64;
    assert_eq!((of("是"), of("是") + of("否")), (valid, written), "what is counted and what is not are all");
    let page = &pages["口径说明"];
    let (head, _) = page.title("核对项");
    let differences: Vec<&str> = (head + 1..head + 12).map(|row| page.text(row, 6)).filter(|t| !t.is_empty()).collect();
    assert_eq!(differences, ["0", "0", "0"]);
}

/// Every case is drawn from the same seed: a run tells of the program and not of chance.
fn cases(cases: u32) -> ProptestConfig {
    let rng_seed = RngSeed::Fixed(20_260_325);
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(10))]

    #[test]
    fn in_any_county_the_sums_hold_and_no_two_runs_differ(units in vec(unit(), 1..6)) {
        // Without a single file there is nothing to count.
        prop_assume!(units.iter().any(|unit| !unit.sent.is_empty()));
        let yuedu = county(&units);
        let bytes = summarized(&yuedu);
        holds(&units, &bytes);
        prop_assert!(summarized(&county(&units)) == bytes, "another folder");
        if let Some(one) = on_one_core(&yuedu) {
            prop_assert!(one == bytes, "one thread and several");
        }
    }
}
