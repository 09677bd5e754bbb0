//! Progress bars on stderr; none where stderr is no terminal.

use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};

use crate::lang::Lang;
use crate::progress::{Progress, Stage};

/// Draws a bar per stage.
pub(super) struct Bars {
    lang: Lang,
    bar: Mutex<ProgressBar>,
}

impl Bars {
    /// Bars with labels in a language.
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            bar: Mutex::new(ProgressBar::hidden()),
        }
    }

    fn with(&self, act: impl FnOnce(&mut ProgressBar)) {
        if let Ok(mut bar) = self.bar.lock() {
            act(&mut bar);
        }
    }
}

impl Progress for Bars {
    fn begin(&self, stage: Stage, total: u64) {
        let style = ProgressStyle::with_template("{prefix} {bar:40} {percent:>3}% {eta}");
        self.with(|bar| {
            // `new` draws on stderr, and nothing where that is no terminal.
            *bar = ProgressBar::new(total).with_prefix(stage.label(self.lang));
            if let Ok(style) = style {
                bar.set_style(style);
            }
        });
    }

    fn advance(&self, units: u64) {
        self.with(|bar| bar.inc(units));
    }

    fn end(&self) {
        self.with(|bar| bar.finish_and_clear());
    }
}
