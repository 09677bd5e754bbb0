//! What was typed wrongly, told in Chinese; clap tells it in English.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::help;

/// The error in Chinese, of what was typed for a command.
pub(super) fn told_in_chinese(error: &Error, command: &str) -> String {
    let hint = |argument: &str| hint(command, argument);
    let of = |kind| error.get(kind).map(words).unwrap_or_default();
    let (argument, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个选项"),
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", of(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => {
            format!("缺少命令（{}）", of(ContextKind::ValidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::ArgumentConflict => format!("“{argument}”不能重复或同时使用"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => {
            format!("“{argument}”后面缺少值{}", hint(&argument))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("“{value}”不能用于“{argument}”{}", hint(&argument))
        }
        _ => format!("命令有误：{error}"),
    };
    let command = if command.is_empty() {
        "report"
    } else {
        command
    };
    format!("错误：{what}\n\n用 living-circle --help 或 living-circle {command} --help 查看用法")
}

/// What the argument of the command is for.
fn hint(command: &str, argument: &str) -> String {
    let name = argument.split(' ').next().unwrap_or_default();
    let id = name.trim_start_matches('-').replace('-', "_");
    help::in_chinese(command, &id).map_or_else(String::new, |text| format!("：{text}"))
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(list) => list.join("、"),
        other => other.to_string(),
    }
}
