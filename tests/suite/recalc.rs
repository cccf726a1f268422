//! Live figures: LibreOffice recalculates the whole workbook, and nothing changes. The copy that it gets has
//! every stored result spoiled first, so that a recalculation that does not take place cannot pass.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::Yuedu;
use crate::package::{self, Book};
use crate::workbook::FormBook;

/// Recalculate on load, always; without it LibreOffice shows what the file stores.
const ALWAYS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// LibreOffice, where the machine has it.
fn office() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let names = ["soffice", "soffice.exe", "libreoffice"];
    std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name))).find(|file| file.is_file())
}

/// The workbook as LibreOffice computes it.
fn recalculated(office: &Path, bytes: &[u8]) -> Book {
    let folder = tempfile::TempDir::new().expect("a temporary folder can be made");
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir_all(at("profile/user")).expect("a folder can be made");
    std::fs::write(at("profile/user/registrymodifications.xcu"), ALWAYS).expect("a file can be written");
    std::fs::write(at("book.xlsx"), spoiled(bytes)).expect("a file can be written");
    let status = Command::new(office)
        .arg(format!("-env:UserInstallation=file://{}", at("profile").display()))
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .args([at("out"), at("book.xlsx")])
        .env("HOME", folder.path())
        .output()
        .expect("LibreOffice starts");
    let out = std::fs::read(at("out/book.xlsx")).unwrap_or_else(|error| panic!("{error}: {status:?}"));
    package::read(&out)
}

/// The same workbook with a wrong result in every formula cell.
fn spoiled(bytes: &[u8]) -> Vec<u8> {
    package::changed(bytes, |name, xml| {
        if !name.starts_with("xl/worksheets/sheet") {
            return xml;
        }
        let mut spoiled = String::with_capacity(xml.len());
        for (n, piece) in xml.split("</f><v>").enumerate() {
            match piece.split_once("</v>").filter(|_| n > 0) {
                Some((_, rest)) => spoiled.push_str(&format!("</f><v>-987</v>{rest}")),
                None => spoiled.push_str(piece),
            }
        }
        spoiled
    })
}

/// Every formula of ours against what came back.
fn compare(bytes: &[u8], office: &Path) -> usize {
    let ours = package::read(bytes);
    let spoilt = package::read(&spoiled(bytes));
    let theirs = recalculated(office, bytes);
    let mut faults = Vec::new();
    let mut formulas = 0;
    for (((sheet, cells), (other, after)), (_, wrong)) in ours.iter().zip(&theirs).zip(&spoilt) {
        assert_eq!(sheet, other);
        for (name, cell) in cells.iter().filter(|(_, cell)| cell.formula.is_some()) {
            formulas += 1;
            assert_eq!(wrong[name].value, "-987", "{sheet}!{name} was not spoiled");
            let got = after.get(name).cloned().unwrap_or_default();
            let same = match (cell.value.parse::<f64>(), got.value.parse::<f64>()) {
                (Ok(a), Ok(b)) if !cell.is_text && !got.is_text => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
                _ => cell.value == got.value,
            };
            if !same {
                let formula = cell.formula.as_deref().unwrap_or_default();
                faults.push(format!("{sheet}!{name} ={formula}: stored “{}”, computed “{}”", cell.value, got.value));
            }
        }
    }
    assert!(faults.is_empty(), "{} of {formulas} formulas differ:\n{}", faults.len(), faults.join("\n"));
    formulas
}

#[test]
fn recalculating_the_workbook_changes_nothing() {
    let Some(office) = office() else {
        println!("skipped: no LibreOffice on this machine");
        return;
    };
    let county = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/qinghe");
    let yuedu = Yuedu::new().tree(&county);
    for month in ["2026-01", "2026-03"] {
        let run = yuedu.run_with(&["summarize", "--month", month]);
        assert_eq!(run.code, 0, "{run:?}");
        let formulas = compare(&yuedu.read(&format!("汇总/{month} 月度汇总.xlsx")), &office);
        println!("{month}: {formulas} formulas");
        assert!(formulas > 500, "only {formulas} formulas in {month}");
    }
}

/// Without a roster the units are named by the sheets, and a name may look like a pattern or a comparison.
#[test]
fn strange_names_change_nothing_either() {
    let Some(office) = office() else {
        println!("skipped: no LibreOffice on this machine");
        return;
    };
    let mut yuedu = Yuedu::new();
    for (n, unit) in ["甲*镇纪委", "甲乙镇纪委", "<>镇纪委", "\"引号\"镇纪委", "=1+1", "某单位"].into_iter().enumerate()
    {
        let form = FormBook::six(unit, "2026-03").good().good().set(2, "专项检查监督、会议监督");
        yuedu = yuedu.file(&format!("报送/2026-03/{n}.xlsx"), form.bytes());
    }
    let run = yuedu.run_with(&["summarize", "--month", "2026-03"]);
    assert_eq!(run.code, 0, "{run:?}");
    compare(&yuedu.read("汇总/2026-03 月度汇总.xlsx"), &office);
}
