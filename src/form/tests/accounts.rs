//! Whatever lies in a sheet, no row and no cell is lost.

use super::*;

/// A fixed stream of numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap() % below
    }
}

#[test]
fn whatever_lies_in_a_sheet_the_accounts_hold() {
    let words = [
        "序号",
        "监督内容",
        "监督方式",
        "监督开展情况",
        "发现问题",
        "处理情况",
        "备注",
        "填报单位：青石镇纪委  填报人：",
        "负责人",
        TITLE,
        "填表说明：略",
        "合计",
        "注：略",
        "零报告",
        "作风建设方面",
        "专项检查监督",
        "1",
        "2026年3月",
        "",
        "（）：",
        "：",
        "单位负责人：\n李强",
        "填报单位",
        "3月份",
    ];
    let mut dice = Dice(7);
    let mut found = 0;
    for _ in 0..300 {
        let mut sheet = sheet::Sheet { name: "三月".to_owned(), ..Default::default() };
        for (col, title) in (0..).zip(SIX) {
            // Most headers stand as they should, some are torn.
            if dice.roll(8) > 0 {
                sheet.cells.insert(Pos::new(4, col), sheet::Value::Text(title.to_owned()));
            }
        }
        for _ in 0..dice.roll(60) {
            let pos = Pos::new(dice.roll(16), dice.roll(8));
            let word = words[dice.roll(24) as usize];
            let value = match dice.roll(12) {
                0 => sheet::Value::Error("#REF!".to_owned()),
                1 => sheet::Value::Uncalculated,
                2 => sheet::Value::Number(3.0, "3".to_owned()),
                _ if word.is_empty() => continue,
                _ => sheet::Value::Text(word.to_owned()),
            };
            sheet.cells.insert(pos, value);
        }
        for _ in 0..dice.roll(8) {
            let first = Pos::new(dice.roll(14), dice.roll(7));
            let last = Pos::new(first.row + dice.roll(4), first.col + dice.roll(3));
            sheet.merges.push(sheet::Merge { first, last });
        }
        sheet.hidden_rows.extend([dice.roll(16), dice.roll(16)]);
        sheet.hidden_cols.insert(dice.roll(8));
        for pos in sheet.cells.keys() {
            *sheet.counted.entry(pos.row).or_insert(0) += 1;
        }
        let filled = u32::try_from(sheet.cells.len()).unwrap();
        let forms = find(&sheet::Book { sheets: vec![sheet] }, &spec(), &Lexicon::default());
        forms.iter().for_each(accounts_hold);
        if !forms.is_empty() {
            found += 1;
            assert_eq!(forms.iter().map(|form| form.account.cells_read).sum::<u32>(), filled);
        }
    }
    assert!(found > 150, "{found}");
}
