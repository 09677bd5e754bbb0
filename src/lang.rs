//! The two languages of every text that a person reads.

/// A language of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// 中文.
    Zh,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// The text of this language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// A message that can be said in both languages. `Display` of an error that
/// implements it is the English text.
pub trait Explain {
    /// What happened, where, and what to do.
    fn explain(&self, lang: Lang) -> String;
}
