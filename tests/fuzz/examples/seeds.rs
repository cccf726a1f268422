//! Small files to begin from, made by code: `seeds/package`, `seeds/sheet` and `seeds/form` in the folder that is
//! named as the only argument.

use std::io;
use std::path::Path;
use std::{env, fs};

use yuedu::doors::package_of;

const TITLES: &str = "序号\t监督内容\t监督方式\t监督开展情况\t发现问题\t处理情况";
const HEAD: &str = "清河县纪委监委3月份日常监督工作明细表\t>\t>\n填报单位：青石镇纪委 填报人：周敏\t>\t>";

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).unwrap_or_else(|| "tests/fuzz/seeds".into());
    let put = |target: &str, name: usize, bytes: &[u8]| -> io::Result<()> {
        let folder = Path::new(&folder).join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(name.to_string()), bytes)
    };
    let sheets = sheets();
    for (at, sheet) in sheets.iter().enumerate() {
        put("sheet", at, sheet.as_bytes())?;
        put("package", at, &package_of(sheet.as_bytes()))?;
    }
    for (at, bytes) in old(&sheets).iter().enumerate() {
        put("package", sheets.len() + at, bytes)?;
    }
    for (at, form) in forms().iter().enumerate() {
        put("form", at, form.as_bytes())?;
    }
    Ok(())
}

fn sheets() -> Vec<String> {
    let sheet = |rows: &str, behind: &str| format!("<worksheet><sheetData>{rows}</sheetData>{behind}</worksheet>");
    vec![
        sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"2\"><v>46084</v></c></row>", ""),
        sheet("<row><c t=\"inlineStr\"><is><t>无</t></is></c><c t=\"str\"><f>A1</f><v>x</v></c></row>", ""),
        sheet("<row r=\"2\" hidden=\"1\"><c r=\"C2\" t=\"e\"><v>#N/A</v></c><c r=\"D2\" t=\"b\"><v>1</v></c></row>", ""),
        sheet("", "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>"),
    ]
}

/// The marks of the other kinds, for the fuzzer to go on from.
fn old(sheets: &[String]) -> Vec<Vec<u8>> {
    let ods = format!("PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet{}", sheets[0]);
    let mut compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    compound.resize(1536, 0);
    vec![ods.into_bytes(), compound, b"<html><table>".to_vec()]
}

fn forms() -> Vec<String> {
    let record = "1\t作风建设方面\t会议监督\t2026年3月3日检查\t无\t无";
    vec![
        format!("{HEAD}\n{TITLES}\n{record}\n2\t|\t|\t再查\n填表说明：1.监督内容"),
        format!("{HEAD}\n序号\t监督内容\t监督方式\t监督开展情况\t>\t>\n|\t|\t|\t开展情况\t发现问题\t处理情况\n{record}"),
        format!("{HEAD}\n{TITLES}\n{record}\n{TITLES}\n!{record}\n合计\t\t\t2"),
        format!("{TITLES}\n1\t零报告\t\t本月没有，周敏"),
    ]
}
