//! `yuedu template`: one blank form a unit, or one a kind where there is no roster.

use std::path::PathBuf;

use anyhow::bail;

use super::{Exit, Global, month_of, output};
use crate::calendar::Month;
use crate::config::{Project, Settings, UnitKind};
use crate::form::Layout;
use crate::{run, template};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 月份，如 2026-03（默认：报送/ 下最新的月份；没有名册时可以不写，月份留空）
    #[arg(long, value_name = "月份", value_parser = month_of)]
    pub month: Option<Month>,
    /// 只发这个单位（可重复）
    #[arg(long, value_name = "单位")]
    pub unit: Vec<String>,
    /// 表的栏数：six 六栏（默认），four 四栏（到监督开展情况为止）
    #[arg(long, value_name = "栏数", default_value = "six", value_parser = ["six", "four"])]
    pub layout: String,
    /// 写到这个文件夹（默认：下发/月份）
    #[arg(long, value_name = "文件夹")]
    pub out: Option<PathBuf>,
}

/// One form to be drawn.
struct Sheet<'a> {
    unit: Option<usize>,
    kind: UnitKind,
    whose: &'a str,
}

pub(crate) fn execute(global: &Global, options: &Options) -> anyhow::Result<Exit> {
    let project = global.load()?;
    let settings = &project.settings;
    let layout = if options.layout == "four" { Layout::Four } else { Layout::Six };
    let month = month(&project, options)?;
    let (sheets, idle) = sheets(&project, options, month)?;

    let folder = folder(&project, options, month);
    let names = template::file_names(month, &sheets.iter().map(|sheet| sheet.whose).collect::<Vec<_>>());
    let paths: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
    let replace = global.force || is_own(&project, options);
    if let Some(there) = paths.iter().find(|path| !replace && path.exists()) {
        bail!("“{}”已经存在，一份也没有写；确要覆盖，请加 --force", output::show(there));
    }
    for (sheet, path) in sheets.iter().zip(&paths) {
        let bytes = template::draw(settings, sheet.unit, sheet.kind, month, layout)?;
        output::write_whole(path, &bytes, replace)?;
    }

    let mut text: String = paths.iter().map(|path| format!("{}\n", output::show(path))).collect();
    text.push_str(&format!("写出空白表 {} 份", paths.len()));
    if !idle.is_empty() {
        text.push_str(&format!("；{}本月不用报，没有发", idle.join("、")));
    }
    output::print(&format!("{text}\n"))?;
    if settings.units.is_empty() {
        output::say(
            global,
            &format!("每类单位只写一份，填报单位留空。要给每个单位各发一份，{}。", roster_advice(&project)),
        );
    }
    Ok(Exit::Order)
}

/// The month asked for, else the newest of 报送/. Without a roster the form may leave it open.
fn month(project: &Project, options: &Options) -> anyhow::Result<Option<Month>> {
    let month = options.month.or_else(|| run::months(project).last().copied());
    if month.is_none() && !project.settings.units.is_empty() {
        bail!("发哪个月的表？请写 --month，如 --month 2026-03");
    }
    Ok(month)
}

/// The forms to be drawn, and the names of units that owe nothing for the month.
fn sheets<'a>(
    project: &'a Project,
    options: &Options,
    month: Option<Month>,
) -> anyhow::Result<(Vec<Sheet<'a>>, Vec<&'a str>)> {
    let settings = &project.settings;
    if settings.units.is_empty() {
        if let Some(name) = options.unit.first() {
            bail!("没有名册，找不到“{name}”：{}", roster_advice(project));
        }
        let kinds = UnitKind::ALL.map(|kind| Sheet { unit: None, kind, whose: kind.chinese() });
        return Ok((kinds.into(), Vec::new()));
    }
    let mut wanted: Vec<usize> = Vec::new();
    for name in &options.unit {
        wanted.push(named(settings, name)?);
    }
    let mut sheets = Vec::new();
    let mut idle = Vec::new();
    for (index, unit) in settings.units.iter().enumerate() {
        if !wanted.is_empty() && !wanted.contains(&index) {
            continue;
        }
        if month.is_some_and(|month| !unit.owes(month)) {
            idle.push(unit.name.as_str());
        } else {
            sheets.push(Sheet { unit: Some(index), kind: unit.kind, whose: &unit.name });
        }
    }
    if sheets.is_empty() {
        bail!("没有要发的表：{}本月都不用报（名册里的 from、to、exempt）", idle.join("、"));
    }
    Ok((sheets, idle))
}

/// Where the roster is to be written.
fn roster_advice(project: &Project) -> &'static str {
    match project.written {
        true => "请在 yuedu.toml 里写上各单位",
        false => "先运行 yuedu init 建项目，在 yuedu.toml 里写上各单位",
    }
}

fn named(settings: &Settings, name: &str) -> anyhow::Result<usize> {
    if let Some(index) = settings.unit_named(name) {
        return Ok(index);
    }
    let hint = match settings.nearest_unit(name) {
        Some(near) => format!("，是“{}”吗？", near.name),
        None => "；名册在 yuedu.toml".to_string(),
    };
    bail!("名册里没有“{name}”{hint}")
}

fn folder(project: &Project, options: &Options, month: Option<Month>) -> PathBuf {
    match &options.out {
        Some(out) => out.clone(),
        None => {
            let issued = project.root.join("下发");
            month.map_or_else(|| issued.clone(), |month| issued.join(month.to_string()))
        }
    }
}

/// Blank forms under 下发/ are the program's own, and are made anew without asking.
fn is_own(project: &Project, options: &Options) -> bool {
    let Some(out) = &options.out else { return true };
    match (out.canonicalize(), project.root.join("下发").canonicalize()) {
        (Ok(out), Ok(issued)) => out.starts_with(issued),
        _ => false,
    }
}
