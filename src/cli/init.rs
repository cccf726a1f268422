//! `yuedu init`: a project folder that explains itself. Registers hold the county's records, so an existing one is
//! never replaced, not even with `--force`.

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::output::{make_folder, print, say, show, write_whole};
use super::{Exit, Global};
use crate::config::{Settings, no_profile};
use crate::register::Registers;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 项目文件夹（默认：当前文件夹）
    #[arg(value_name = "文件夹")]
    pub dir: Option<PathBuf>,
    /// 采用的内置清单（默认：dongan）
    #[arg(long, value_name = "名称")]
    pub profile: Option<String>,
}

/// The folders, with what each is for.
const FOLDERS: [(&str, &str); 6] = [
    ("checklists", "要改任务清单才用，里面有示例"),
    ("重点", "每月的重点工作，里面有示例"),
    ("下发", "空白表"),
    ("报送", "收到的表，一个月一个文件夹，如 报送/2026-03/"),
    ("退回", "退回的表"),
    ("汇总", "汇总与排名"),
];

const PROJECT: &str = include_str!("starter/yuedu.toml");
const README: &str = include_str!("starter/readme.txt");
const FOCUS: &str = include_str!("starter/focus.txt");
const CHECKLIST: &str = include_str!("starter/checklist.txt");

/// Old Notepad and Excel take a file without this mark for GBK.
const BOM: &str = "\u{feff}";

pub(crate) fn execute(global: &Global, options: &Options) -> anyhow::Result<Exit> {
    let profile = match options.profile.as_deref() {
        Some(name) if Settings::profiles().any(|known| known == name) => name,
        Some(name) => bail!("{}", no_profile(name)),
        None => Settings::profiles().next().unwrap_or_default(),
    };
    let root = options.dir.clone().or_else(|| global.project.clone()).unwrap_or_else(|| PathBuf::from("."));
    let project = root.join("yuedu.toml");
    if project.symlink_metadata().is_ok() && !global.force {
        bail!("“{}”已经存在，没有覆盖；确要重写它，请加 --force（登记簿不会被改动）", show(&project));
    }
    for (folder, _) in FOLDERS {
        make_folder(&root.join(folder))?;
    }
    // The project file comes last: where something stands in the way before, init can simply be run again.
    let mut kept = Vec::new();
    for (register, titles) in Registers::heads() {
        let path = root.join(register);
        if path.symlink_metadata().is_ok() {
            kept.push(register);
        } else {
            write_whole(&path, format!("{BOM}{}\r\n", titles.join(",")).as_bytes(), false)?;
        }
    }
    for (name, text) in [("说明.txt", README), ("重点/示例.txt", FOCUS), ("checklists/示例.txt", CHECKLIST)] {
        let path = root.join(name);
        if path.symlink_metadata().is_ok() && !global.force {
            kept.push(name);
        } else {
            write_whole(&path, format!("{BOM}{text}").as_bytes(), true)?;
        }
    }
    write_whole(&project, PROJECT.replace("{profile}", profile).as_bytes(), true)?;
    print(&report(&root, &kept))?;
    say(global, "下一步：用记事本打开 yuedu.toml，写上县名和名册。");
    Ok(Exit::Order)
}

/// What was written, and what to do next.
fn report(root: &Path, kept: &[&str]) -> String {
    let mut lines = vec![format!("已在“{}”建好项目：", show(root))];
    lines.push("  yuedu.toml　县名、名册、期限、规则、评分".to_owned());
    if !kept.contains(&"说明.txt") {
        lines.push("  说明.txt　每月怎么用、登记簿怎么记".to_owned());
    }
    lines.extend(FOLDERS.map(|(folder, purpose)| format!("  {folder}/　{purpose}")));
    let registers = Registers::heads().map(|(file, _)| file).into_iter().filter(|file| !kept.contains(file));
    let registers: Vec<&str> = registers.collect();
    if !registers.is_empty() {
        lines.push(format!("  {}　登记簿，只有栏名", registers.join("、")));
    }
    if !kept.is_empty() {
        lines.push(format!("  {}　原来就有，没有改动", kept.join("、")));
    }
    lines.join("\n") + "\n"
}
