//! What the columns of tables are called.

use std::cell::Cell;
use std::sync::LazyLock;

use serde::Deserialize;

use super::PlacesError;
use crate::notice::{Notice, Notices};
use crate::spelling::nearest;
use crate::table::{self, Source, Table, folded};

/// What a table is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Role {
    Blocks,
    Facilities,
    Zones,
    Gates,
}

/// A column that some table may have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    key: String,
    tables: Vec<Role>,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnFile {
    column: Vec<Column>,
}

/// A test reads the file; an unreadable one would know no words.
static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
    toml::from_str::<ColumnFile>(include_str!("columns.toml"))
        .map_or_else(|_| Vec::new(), |file| file.column)
});

/// A header of the user's, and what it means.
#[derive(Clone, Debug)]
struct Header {
    word: String,
    meaning: String,
    at: String,
    used: Cell<bool>,
}

/// The headers that the user explains, beside those that are known.
#[derive(Clone, Debug, Default)]
pub struct Headers(Vec<Header>);

/// Names of the two columns of the table that explains headers.
const HEADER: [&str; 2] = ["header", "表头"];
const MEANING: [&str; 2] = ["meaning", "含义"];

impl Headers {
    /// Reads a table that explains headers: `header,meaning` (表头,含义), a row each.
    ///
    /// # Errors
    /// Where it cannot be read, or a meaning is none that any table has.
    pub fn read(source: &Source) -> Result<(Self, Notices), PlacesError> {
        let (mut table, notices) = table::read(source)?;
        for names in [HEADER, MEANING] {
            if let [key, zh] = names
                && table.require(key).is_err()
                && table.require(zh).is_ok()
            {
                table.rename(zh, key)?;
            }
            table.require(names[0])?;
        }
        let mut headers = Vec::new();
        for row in table.rows() {
            let (Some(header), Some(meaning)) =
                (table.text(row, "header"), table.text(row, "meaning"))
            else {
                continue;
            };
            let word = folded(meaning);
            if !COLUMNS.iter().any(|column| column.is(&word)) {
                let keys = COLUMNS.iter().flat_map(Column::all);
                return Err(PlacesError::UnknownMeaning {
                    at: table.address(row, Some("meaning")),
                    meaning: meaning.to_owned(),
                    nearest: nearest(&word, keys).map(str::to_owned),
                });
            }
            headers.push(Header {
                word: folded(header),
                meaning: word,
                at: table.address(row, Some("header")).to_string(),
                used: Cell::new(false),
            });
        }
        Ok((Self(headers), notices))
    }

    /// Lets the columns of a table be known by the names of the program.
    pub(super) fn name(&self, table: &mut Table, role: Role) -> Result<(), PlacesError> {
        let known = || {
            COLUMNS
                .iter()
                .filter(|column| column.tables.contains(&role))
        };
        for own in &self.0 {
            let found = table
                .columns()
                .iter()
                .find(|column| folded(column) == own.word);
            let Some(found) = found.cloned() else {
                continue;
            };
            if let Some(column) = known().find(|column| column.is(&own.meaning)) {
                table.rename(&found, &column.key)?;
                own.used.set(true);
            }
        }
        let coordinates = table.frame().columns();
        for column in known() {
            if table.require(&column.key).is_ok() {
                continue;
            }
            let written = match &*column.key {
                "lon" => Some(coordinates[0]),
                "lat" => Some(coordinates[1]),
                _ => None,
            };
            let words = written.into_iter().chain(column.all());
            let taken = |name: &str| known().any(|column| column.key == name);
            let found = words.into_iter().find_map(|word| {
                let mut names = table.columns().iter();
                names
                    .find(|name| folded(name) == *word && !taken(name))
                    .cloned()
            });
            if let Some(found) = found {
                table.rename(&found, &column.key)?;
            }
        }
        Ok(())
    }

    /// Notes every header that no table has.
    pub fn note_unused(&self, notices: &mut Notices) {
        for own in self.0.iter().filter(|own| !own.used.get()) {
            notices.note(Notice::UnusedHeader, own.at.clone());
        }
    }
}

impl Column {
    fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.key).chain(self.words.iter().map(String::as_str))
    }

    fn is(&self, word: &str) -> bool {
        self.all().any(|own| own == word)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_one_meaning_a_table_and_is_written_as_it_is_compared() {
        assert!(!COLUMNS.is_empty());
        for role in [Role::Blocks, Role::Facilities, Role::Zones, Role::Gates] {
            let columns = COLUMNS
                .iter()
                .filter(|column| column.tables.contains(&role));
            let mut words: Vec<&str> = columns.flat_map(Column::all).collect();
            assert!(words.iter().all(|word| folded(word) == *word), "{words:?}");
            let count = words.len();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), count, "{role:?}");
        }
    }

    fn named(header: &str, role: Role, headers: &Headers) -> Vec<String> {
        let text = format!(
            "{header}\n{}\n",
            "1,".repeat(header.matches(',').count()) + "1"
        );
        let (mut table, _) = table::parse("a.csv", text.as_bytes()).unwrap();
        headers.name(&mut table, role).unwrap();
        table.columns().to_vec()
    }

    #[test]
    fn columns_are_known_by_their_chinese_names() {
        let none = Headers::default();
        assert_eq!(
            named(
                "编号,名称,类别,经度,纬度,建筑面积（㎡）,用地面积(平方米),床位数,ＣＬＡＳＳ",
                Role::Facilities,
                &none
            ),
            [
                "id", "name", "category", "lon", "lat", "floor_m2", "land_m2", "beds", "class"
            ]
        );
        // Of two words for one the better is read; hectares are none.
        assert_eq!(
            named("ID,面积,用地面积,人口,X,Y", Role::Blocks, &none),
            ["id", "面积", "area_m2", "population", "lon", "lat"]
        );
        assert_eq!(
            named("id,面积（公顷）", Role::Blocks, &none),
            ["id", "面积（公顷）"]
        );
    }

    #[test]
    fn the_user_explains_other_headers() {
        let home = tempfile::tempdir().unwrap();
        let read = |text: &str| {
            let path = home.path().join("表头.csv");
            std::fs::write(&path, text).unwrap();
            Headers::read(&Source::from(path))
        };
        let (headers, _) = read("表头,含义\n宗地号,编号\n业态,category\n无此列,名称\n").unwrap();
        assert_eq!(
            named("宗地号,业态,x,y", Role::Facilities, &headers),
            ["id", "category", "lon", "lat"]
        );
        let mut notices = Notices::default();
        headers.note_unused(&mut notices);
        let (notice, seen) = notices.iter().next().unwrap();
        assert_eq!((notice, seen.count), (&Notice::UnusedHeader, 1));
        assert!(seen.example.contains("A4"), "{}", seen.example);
        let wrong = read("header,meaning\na,populaton\n")
            .unwrap_err()
            .to_string();
        assert!(
            wrong.contains("(B2)") && wrong.contains("'population'"),
            "{wrong}"
        );
        assert!(
            read("a,b\n1,2\n")
                .unwrap_err()
                .to_string()
                .contains("'header'")
        );
    }
}
