//! No input is overwritten by an output.

use std::path::{Path, PathBuf};

use crate::lang::{Explain, Lang};

/// An output that is one of the inputs.
#[derive(Debug)]
pub(super) struct Overwrites(PathBuf);

impl Explain for Overwrites {
    fn explain(&self, lang: Lang) -> String {
        let path = self.0.display();
        lang.pick(
            format!("{path}：输出会覆盖这个输入文件；请为输出另指定一处"),
            format!(
                "{path}: the output would overwrite this input; name another place for the output"
            ),
        )
    }
}

/// Refuses outputs that are inputs, by whatever path they are named.
pub(super) fn check<'a>(
    inputs: impl IntoIterator<Item = &'a Path>,
    outputs: &[PathBuf],
) -> Result<(), Overwrites> {
    let inputs: Vec<PathBuf> = inputs
        .into_iter()
        .filter_map(|input| input.canonicalize().ok())
        .collect();
    let same = |output: &&PathBuf| {
        output
            .canonicalize()
            .is_ok_and(|output| inputs.contains(&output))
    };
    match outputs.iter().find(same) {
        Some(output) => Err(Overwrites(output.clone())),
        None => Ok(()),
    }
}
