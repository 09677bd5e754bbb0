//! What shells and `man` read is what they can read.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod program;

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use program::{names, program, run, text};

const COMMANDS: [&str; 5] = ["report", "isochrone", "network", "completions", "man"];

/// Runs another program on a text, where it is there: whether it took it, and what
/// it said.
fn tried(name: &str, arguments: &[&str], input: &[u8]) -> Option<(bool, String)> {
    let child = Command::new(name)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        eprintln!("skipped: there is no {name} here");
        return None;
    };
    child.stdin.take().unwrap().write_all(input).unwrap();
    let ended = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    Some((ended.status.success(), said))
}

#[test]
fn every_shell_gets_every_command() {
    for lang in ["zh", "en"] {
        for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
            let ended = run(&["completions", shell, "--lang", lang]);
            assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
            for word in COMMANDS.into_iter().chain(["walker"]) {
                assert!(ended.stdout.contains(word), "{shell}: {word}");
            }
            // Those three tell what a command is for, too.
            if ["zsh", "fish", "powershell"].contains(&shell) {
                let about = ["walk network", "步行网络"][usize::from(lang == "zh")];
                assert!(ended.stdout.contains(about), "{shell}");
            }
            if ["bash", "zsh", "fish"].contains(&shell)
                && let Some(taken) = tried(shell, &["-n"], ended.stdout.as_bytes())
            {
                assert_eq!(taken, (true, String::new()), "{shell}");
            }
        }
    }
}

/// Bash completes commands and options by the script.
#[test]
fn bash_completes_what_is_typed() {
    let script = run(&["completions", "bash", "--lang", "en"]).stdout;
    for (typed, expected) in [
        ("rep", "report"),
        ("report --walk", "--walker"),
        ("report --walker eld", "elderly"),
        ("report --facilities-from t", "table"),
        ("report --out-frame cg", "cgcs2000"),
        ("man iso", "isochrone"),
        ("network --lang z", "zh"),
    ] {
        let words: Vec<&str> = typed.split(' ').collect();
        let last = words.last().unwrap();
        let before = words.iter().rev().nth(1).unwrap_or(&"living-circle");
        let asked = format!(
            "{script}\nCOMP_WORDS=(living-circle {typed}); COMP_CWORD={}\n\
             _living__circle living-circle {last} {before}\necho \"got ${{COMPREPLY[*]}}\" >&2\n",
            words.len()
        );
        let Some((_, said)) = tried("bash", &[], asked.as_bytes()) else {
            return;
        };
        assert_eq!(said.trim(), format!("got {expected}"));
    }
}

#[test]
fn there_is_one_page_a_command_in_both_languages() {
    for (lang, heading) in [("zh", ".SH 示例"), ("en", ".SH EXAMPLES")] {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("man1");
        let ended = run(&["man", "--out", text(&out), "--lang", lang]);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""));
        let mut expected: Vec<String> = COMMANDS
            .iter()
            .map(|command| format!("living-circle-{command}.1"))
            .collect();
        expected.push("living-circle.1".to_owned());
        expected.sort();
        let mut found = names(&out);
        found.retain(|name| expected.contains(name));
        assert_eq!(found, expected);
        for command in COMMANDS {
            let page = fs::read_to_string(out.join(format!("living-circle-{command}.1"))).unwrap();
            assert!(page.contains(heading), "{command}");
            let shown = run(&["man", command, "--lang", lang]);
            assert_eq!(shown.stdout, page);
        }
        let page = fs::read(out.join("living-circle-report.1")).unwrap();
        if let Some((taken, said)) = tried("groff", &["-man", "-Kutf8", "-Tutf8", "-ww"], &page) {
            // Without a Chinese locale it does not break lines between 汉字.
            let rest = said.lines().filter(|line| !line.contains("break line"));
            assert_eq!((taken, rest.count()), (true, 0), "{said}");
        }
    }
}

#[test]
fn a_page_that_is_not_there_is_an_error() {
    let ended = run(&["man", "rapport", "--lang", "zh"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.contains("没有“rapport”这个命令"));
    let ended = run(&["completions", "tcsh"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
}

/// `living-circle man | head` is no failure.
#[test]
fn a_closed_pipe_is_success() {
    for arguments in [&["man"][..], &["completions", "bash"]] {
        let mut child = std::process::Command::new(program().get_program())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert_eq!((ended.status.code(), ended.stderr.len()), (Some(0), 0));
    }
}
