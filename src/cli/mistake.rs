//! What clap objects to in the arguments → one Chinese line, and the usage of the command meant.

use std::error::Error as _;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What is wrong with the arguments and what to write instead.
pub(crate) fn describe(error: &clap::Error) -> String {
    let usage = one(error, ContextKind::Usage);
    let usage = usage.trim().strip_prefix("Usage:").unwrap_or(&usage).trim();
    let mut text = wrong(error);
    if !usage.is_empty() {
        text.push_str("\n用法：");
        text.push_str(usage);
    }
    text.push_str("\n详细说明：加 --help");
    text
}

fn wrong(error: &clap::Error) -> String {
    let arg = one(error, ContextKind::InvalidArg);
    let value = one(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} 后面少了值{}", choices(error)),
        ErrorKind::InvalidValue => {
            format!("{arg} 不能写“{value}”{}{}", guess(error, ContextKind::SuggestedValue), choices(error))
                .replace("？；", "？")
        }
        ErrorKind::ValueValidation => {
            let why = error.source().map(|why| format!("：{why}")).unwrap_or_default();
            format!("{arg} 不能写“{value}”{why}")
        }
        ErrorKind::UnknownArgument => {
            let hint = guess(error, ContextKind::SuggestedArg);
            match one(error, ContextKind::SuggestedSubcommand) {
                other if hint.is_empty() && !other.is_empty() => format!("这里没有 {arg} 这个选项；命令 {other} 有"),
                _ if arg.starts_with('-') => format!("没有 {arg} 这个选项{hint}"),
                _ => format!("多出了“{arg}”：这个命令不用写它{hint}"),
            }
        }
        ErrorKind::InvalidSubcommand => {
            let name = one(error, ContextKind::InvalidSubcommand);
            if Path::new(&name).exists() {
                return format!("“{name}”是文件或文件夹，前面还少一个命令；要检查它，写：yuedu validate \"{name}\"");
            }
            match guess(error, ContextKind::SuggestedSubcommand) {
                hint if hint.is_empty() => format!("没有“{name}”这个命令；全部命令见 yuedu --help"),
                hint => format!("没有“{name}”这个命令{hint}"),
            }
        }
        ErrorKind::MissingSubcommand => "少了命令；全部命令见 yuedu --help".into(),
        ErrorKind::MissingRequiredArgument => format!("少了 {arg}"),
        ErrorKind::ArgumentConflict => match one(error, ContextKind::PriorArg) {
            prior if prior.is_empty() || prior == arg => format!("{arg} 只能写一次"),
            prior => format!("{arg} 不能和 {prior} 同时用"),
        },
        ErrorKind::NoEquals => format!("{arg} 和值之间要写等号"),
        ErrorKind::TooManyValues => format!("{arg} 的值写多了：“{value}”多余"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{arg} 的值的个数不对"),
        ErrorKind::InvalidUtf8 => "参数里有认不出的字符：请用中文或英文重新输入".into(),
        _ => "参数写得不对".into(),
    }
}

/// `，是 --month 吗？`, or nothing.
fn guess(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::Strings(names)) if names.is_empty() => String::new(),
        Some(ContextValue::Strings(names)) => format!("，是 {} 吗？", names.join(" 或 ")),
        Some(ContextValue::String(name)) => format!("，是 {name} 吗？"),
        _ => String::new(),
    }
}

/// `；可以写：bash、zsh`, or nothing.
fn choices(error: &clap::Error) -> String {
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => format!("；可以写：{}", values.join("、")),
        _ => String::new(),
    }
}

fn one(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::{Arg, ArgAction, Command};

    use super::*;

    fn sample() -> Command {
        let option = |name: &'static str| Arg::new(name).long(name).value_name("值");
        Command::new("yuedu").override_usage("yuedu [选项] <命令>").subcommand_required(true).subcommand(
            Command::new("validate")
                .override_usage("yuedu validate [选项]")
                .arg(option("month").required(true))
                .arg(option("shell").value_parser(["bash", "zsh"]))
                .arg(option("day").value_parser(|text: &str| match text {
                    "1" => Ok(1),
                    _ => Err("写成 2026-03-24".to_string()),
                }))
                .arg(option("even").require_equals(true))
                .arg(option("pair").num_args(2))
                .arg(option("some").num_args(2..=3))
                .arg(option("this").conflicts_with("other"))
                .arg(option("other"))
                .arg(Arg::new("quiet").long("quiet").action(ArgAction::SetTrue)),
        )
    }

    #[test]
    fn every_kind_of_mistake_is_told_in_chinese() {
        let good = ["validate", "--month", "3"];
        let with = |more: &[&'static str]| [&good[..], more].concat();
        let cases: &[(Vec<&str>, ErrorKind, &str)] = &[
            (vec!["validat"], ErrorKind::InvalidSubcommand, "没有“validat”这个命令，是 validate 吗？"),
            (vec!["src"], ErrorKind::InvalidSubcommand, "“src”是文件或文件夹"),
            (vec!["完全不同"], ErrorKind::InvalidSubcommand, "没有“完全不同”这个命令；"),
            (vec![], ErrorKind::MissingSubcommand, "少了命令"),
            (vec!["validate"], ErrorKind::MissingRequiredArgument, "少了 --month <值>"),
            (vec!["validate", "--mont", "3"], ErrorKind::UnknownArgument, "没有 --mont 这个选项，是 --month 吗？"),
            (vec!["--month"], ErrorKind::UnknownArgument, "没有 --month 这个选项"),
            (with(&["三月"]), ErrorKind::UnknownArgument, "多出了“三月”"),
            (with(&["--shell", "bsh"]), ErrorKind::InvalidValue, "不能写“bsh”，是 bash 吗？可以写：bash、zsh"),
            (with(&["--day"]), ErrorKind::InvalidValue, "--day <值> 后面少了值"),
            (with(&["--day", "2"]), ErrorKind::ValueValidation, "--day <值> 不能写“2”：写成 2026-03-24"),
            (with(&["--even", "2"]), ErrorKind::NoEquals, "--even=<值> 和值之间要写等号"),
            (with(&["--pair", "1"]), ErrorKind::WrongNumberOfValues, "值的个数不对"),
            (with(&["--some", "1"]), ErrorKind::TooFewValues, "值的个数不对"),
            (with(&["--quiet=1"]), ErrorKind::TooManyValues, "“1”多余"),
            (with(&["--this", "1", "--other", "2"]), ErrorKind::ArgumentConflict, "不能和 --other <值> 同时用"),
            (with(&["--month", "4"]), ErrorKind::ArgumentConflict, "--month <值> 只能写一次"),
        ];
        let mut kinds = BTreeSet::new();
        for (args, kind, says) in cases {
            let args = std::iter::once("yuedu").chain(args.iter().copied());
            let error = sample().try_get_matches_from(args).unwrap_err();
            assert_eq!(error.kind(), *kind, "{error}");
            kinds.insert(format!("{kind:?}"));
            let text = describe(&error);
            assert!(text.contains(says), "{kind:?}: {text}");
            for english in ["error", "Usage", "unexpected", "argument", "For more", "tip", "similar"] {
                assert!(!text.contains(english), "{kind:?} says {english}: {text}");
            }
        }
        // Every kind that arguments can bring about; InvalidUtf8 needs bytes, the rest are no mistakes.
        assert_eq!(kinds.len(), 11, "{kinds:?}");
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_text_are_told_too() {
        use std::ffi::OsString;
        use std::os::unix::ffi::OsStringExt;
        let args = [OsString::from("yuedu"), "validate".into(), "--month".into(), OsString::from_vec(vec![0xd6, 0xd0])];
        let error = sample().try_get_matches_from(args).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidUtf8);
        assert!(describe(&error).starts_with("参数里有认不出的字符"));
    }
}
