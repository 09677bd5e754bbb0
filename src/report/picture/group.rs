//! Which requirements stand on one slide together.

use crate::lang::Lang;
use crate::study::Study;

/// More rows are not read on a slide.
const ROWS: usize = 14;

/// The requirements of one slide.
pub(super) struct Group {
    /// Its part of the file's name: `15min`, `500m`, `other`.
    pub key: String,
    /// What it is, for a title.
    pub title: String,
    /// The requirements, as indices into the pack.
    pub requirements: Vec<usize>,
}

/// The tiers of the pack, the widest first, then what has no tier; with other limits
/// (`--within`) one group a limit. What does not fit on one slide goes on on the next.
pub(super) fn groups(study: &Study, lang: Lang) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (number, (requirement, answer)) in study.answered().enumerate() {
        let (key, title) = match requirement.tier {
            Some(tier) => (
                format!("{tier}min"),
                lang.pick(
                    format!("{tier} 分钟生活圈"),
                    format!("The {tier}-minute circle"),
                ),
            ),
            None if study.settings.within.is_empty() => (
                "other".to_owned(),
                lang.pick("其他要求", "Other requirements").to_owned(),
            ),
            None => {
                let limit = answer.limit.to_string();
                (
                    limit.replace(' ', ""),
                    lang.pick(format!("{limit} 以内"), format!("Within {limit}")),
                )
            }
        };
        match groups.iter_mut().find(|group| group.key == key) {
            Some(group) => group.requirements.push(number),
            None => groups.push(Group {
                key,
                title,
                requirements: vec![number],
            }),
        }
    }
    groups.iter().flat_map(slides).collect()
}

fn slides(group: &Group) -> Vec<Group> {
    let parts = group.requirements.chunks(ROWS);
    let several = parts.len() > 1;
    let part = |(number, requirements): (usize, &[usize])| {
        let number = number + 1;
        let (key, title) = if several {
            (
                format!("{}_{number}", group.key),
                format!("{} ({number}/{})", group.title, parts.len()),
            )
        } else {
            (group.key.clone(), group.title.clone())
        };
        Group {
            key,
            title,
            requirements: requirements.to_vec(),
        }
    };
    parts.clone().enumerate().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_goes_on_on_the_next_slide() {
        let group = |count| Group {
            key: "15min".to_owned(),
            title: "15".to_owned(),
            requirements: (0..count).collect(),
        };
        let keys = |count| {
            let slides = slides(&group(count));
            let shown: Vec<usize> = slides
                .iter()
                .flat_map(|slide| slide.requirements.clone())
                .collect();
            assert_eq!(shown, group(count).requirements);
            slides
                .into_iter()
                .map(|slide| slide.key)
                .collect::<Vec<_>>()
        };
        assert_eq!(keys(14), ["15min"]);
        assert_eq!(keys(16), ["15min_1", "15min_2"]);
    }
}
