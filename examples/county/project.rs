//! The county's `yuedu.toml` and its focus items.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::roster::Unit;

const HEAD: &str = r#"# 清河县（虚构）日常监督“月度管理”项目文件。单位、村名、人名、电话全部是编的。
# 看一看：yuedu status --month 2026-03 --project examples/qinghe
# 汇总：  yuedu summarize --month 2026-03 --project examples/qinghe

profile = "dongan"
county = "清河县"

# 每月 25 日（含当日）前报送；2 月因春节提前到 12 日。
[deadline]
day = 25
"2026-02" = "2026-02-12"

# 应报单位名册：表上写全称或 aliases 里的任一名称都认得。
"#;

/// The project file and the focus items, one file a month.
pub(crate) fn files(units: &[Unit]) -> BTreeMap<String, Vec<u8>> {
    let mut toml = String::from(HEAD);
    for unit in units {
        let list = |words: &[String]| words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
        let _ = write!(
            toml,
            "\n[[unit]]\nname = \"{}\"\nkind = \"{}\"\naliases = [{}]\nphone = \"{}\"\nsupervises = [{}]\n",
            unit.name,
            unit.kind,
            list(&unit.aliases),
            unit.phone,
            list(&unit.supervises)
        );
    }
    let focus = [
        ("重点/2026-01.toml", include_str!("focus-2026-01.toml")),
        ("重点/2026-02.toml", include_str!("focus-2026-02.toml")),
        ("重点/2026-03.toml", include_str!("focus-2026-03.toml")),
    ];
    let mut files: BTreeMap<String, Vec<u8>> =
        focus.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect();
    files.insert("yuedu.toml".to_owned(), toml.into_bytes());
    files
}
