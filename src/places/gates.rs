//! Gates of blocks from a table.

use super::headers::Role;
use super::rows::{note_unknown_columns, read, shape};
use super::{Headers, PlacesError};
use crate::notice::Notices;
use crate::plane::LonLat;
use crate::table::{Address, Source, Table, folded};

const COLUMNS: [&str; 5] = ["block", "lon", "lat", "state", "name"];

/// Whom a gate of a table lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GateState {
    /// Everybody.
    Open,
    /// Those who live behind it.
    Resident,
    /// Nobody.
    Closed,
}

/// The words of the states, folded; the first is the key.
const WORDS: [(GateState, &[&str]); 3] = [
    (
        GateState::Open,
        &["open", "开放", "对外开放", "常开", "开", "公共", "public"],
    ),
    (
        GateState::Resident,
        &[
            "resident",
            "residents",
            "居民",
            "仅居民",
            "限居民",
            "居民通行",
            "业主",
            "刷卡",
            "门禁",
            "private",
        ],
    ),
    (
        GateState::Closed,
        &[
            "closed",
            "关闭",
            "封闭",
            "常闭",
            "锁闭",
            "关",
            "不通行",
            "locked",
        ],
    ),
];

impl GateState {
    fn of(word: &str) -> Option<Self> {
        let word = folded(word);
        let mut states = WORDS.iter();
        states
            .find(|(_, words)| words.contains(&&*word))
            .map(|(state, _)| *state)
    }
}

/// A gate of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct TableGate {
    /// The id of the block.
    pub block: String,
    /// Where it stands.
    pub at: LonLat,
    /// Whom it lets in.
    pub state: GateState,
    /// Its row.
    pub row: Address,
}

/// Reads gates, sorted by block and place.
///
/// # Errors
/// Where the table or one of its cells cannot be used; the message names the cell.
pub fn gates(source: &Source, headers: &Headers) -> Result<(Vec<TableGate>, Notices), PlacesError> {
    let (table, mut notices) = read(source, Role::Gates, headers)?;
    let gates = from_table(&table, &mut notices)?;
    Ok((gates, notices))
}

fn from_table(table: &Table, notices: &mut Notices) -> Result<Vec<TableGate>, PlacesError> {
    table.require("block")?;
    table.require("state")?;
    note_unknown_columns(table, &COLUMNS, notices);
    let mut gates = Vec::with_capacity(table.rows().len());
    for row in table.rows() {
        let block = table.text(row, "block").ok_or_else(|| PlacesError::NoId {
            at: table.address(row, Some("block")),
        })?;
        let word = table.text(row, "state").unwrap_or_default();
        let state = GateState::of(word).ok_or_else(|| PlacesError::GateState {
            at: table.address(row, Some("state")),
            word: word.to_owned(),
        })?;
        gates.push(TableGate {
            block: block.to_owned(),
            at: shape(table, row)?.inner_place(),
            state,
            row: table.address(row, None),
        });
    }
    gates.sort_by(|one, other| {
        let key = |gate: &TableGate| (gate.at, gate.state);
        one.block
            .cmp(&other.block)
            .then_with(|| key(one).cmp(&key(other)))
    });
    let contradict = |[one, other]: &&[TableGate; 2]| {
        one.block == other.block && one.at == other.at && one.state != other.state
    };
    match gates.array_windows().find(contradict) {
        Some([one, other]) => Err(PlacesError::GateTwice {
            at: one.row.clone(),
            again: other.row.clone(),
        }),
        None => Ok(gates),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::table;

    fn read(text: &str) -> Result<Vec<TableGate>, String> {
        let (mut table, mut notices) = table::parse("g.csv", text.as_bytes()).unwrap();
        let named = Headers::default().name(&mut table, Role::Gates);
        named.map_err(|error| error.to_string())?;
        from_table(&table, &mut notices).map_err(|error| error.to_string())
    }

    #[test]
    fn a_gate_has_one_state() {
        let twice = |state: &str| {
            read(&format!(
                "block,lon,lat,state\nb,116,36,open\nb,116,36,{state}\n"
            ))
        };
        assert_eq!(twice("open").unwrap().len(), 2);
        let refused = twice("closed").unwrap_err();
        assert!(
            refused.contains("line 2") && refused.contains("line 3"),
            "{refused}"
        );
    }

    #[test]
    fn gates_are_read_in_both_languages() {
        let gates = read(
            "街坊编号,经度,纬度,状态,名称\nb,116,36,仅居民,南门\na,116.2,36,开放,\na,116.1,36, Closed ,\n",
        )
        .unwrap();
        let told: Vec<_> = gates
            .iter()
            .map(|gate| (&*gate.block, gate.at.lon, gate.state))
            .collect();
        assert_eq!(
            told,
            [
                ("a", 1_161_000_000, GateState::Closed),
                ("a", 1_162_000_000, GateState::Open),
                ("b", 1_160_000_000, GateState::Resident),
            ]
        );
    }

    #[test]
    fn a_bad_gate_is_named() {
        let header = "block,lon,lat,state";
        for (text, told) in [
            ("block,lon,lat,state\na,1,1,ajar", "'ajar'"),
            ("block,lon,lat,state\na,1,1,", "column state"),
            ("block,lon,lat,state\n,1,1,open", "no id"),
            ("block,lon,lat,state\na,,,open", "no position"),
            ("block,lon,lat\na,1,1", "'state' is missing"),
            ("lon,lat,state\n1,1,open", "'block' is missing"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(told), "{header} {text}: {error}");
        }
    }
}
