//! `yuedu validate`: reads what came in, says what falls short and how to put it right. Writes nothing but `--out`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::{Exit, Global, month_of, output};
use crate::calendar::Month;
use crate::register::Registers;
use crate::report::{self, Format, plain_line};
use crate::run;
use crate::verdict::{self, FileState, Inbox};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 文件或文件夹（默认：项目的 报送/月份）
    #[arg(value_name = "路径")]
    pub paths: Vec<PathBuf>,
    /// 月份，如 2026-03（默认：报送/ 下最新的月份）
    #[arg(long, value_name = "月份", value_parser = month_of)]
    pub month: Option<Month>,
    /// text 文字（默认），json，csv
    #[arg(long, value_name = "格式", default_value = "text")]
    pub format: Format,
    /// 写入文件，不显示在屏幕上
    #[arg(long, value_name = "文件")]
    pub out: Option<PathBuf>,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        &Format::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

pub(crate) fn execute(global: &Global, options: &Options) -> anyhow::Result<Exit> {
    let project = global.load_to_check()?;
    let registers = Registers::load(&project)?;
    let month = match options.month {
        None if options.paths.is_empty() => run::months(&project).pop(),
        month => month,
    };
    if let Some(out) = &options.out {
        output::spare_input(&project, &options.paths, out)?;
    }
    let inbox = run::inbox(&project, &registers, &options.paths, month, &BTreeMap::new())?;
    let colored = options.out.is_none() && options.format == Format::Text && output::colored(global);
    let text = report::write(options.format, &project.settings, &inbox, colored)?;
    match &options.out {
        None => output::print(&text)?,
        Some(path) => {
            output::write_whole(path, text.as_bytes(), global.force)?;
            output::say(global, &format!("已写入 {}", output::show(path)));
        }
    }
    for (_, note) in verdict::without_effect(&registers, &inbox) {
        output::say(global, &plain_line(&note));
    }
    Ok(if in_order(&inbox) { Exit::Order } else { Exit::Findings })
}

/// Whether everything was read and nothing is an error.
fn in_order(inbox: &Inbox) -> bool {
    inbox.files.iter().all(|file| {
        matches!(file.state, FileState::Form | FileState::NoForm)
            && file
                .findings
                .iter()
                .chain(file.forms.iter().flat_map(|form| &form.findings))
                .all(|finding| !finding.counts_as_error())
    })
}
