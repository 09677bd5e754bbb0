//! Lines joined end to end, however they were cut.

use std::collections::{BTreeMap, BTreeSet};

use super::LonLat;

/// Joins the straight pieces of some lines into chains from fork to fork. The same for
/// every order of the lines, every direction and every way of cutting them; a piece that
/// is drawn twice is there once.
pub fn chains<'a>(lines: impl IntoIterator<Item = &'a [LonLat]>) -> Vec<Vec<LonLat>> {
    let mut beside: BTreeMap<LonLat, BTreeSet<LonLat>> = BTreeMap::new();
    for pair in lines.into_iter().flat_map(|line| line.windows(2)) {
        if pair[0] != pair[1] {
            beside.entry(pair[0]).or_default().insert(pair[1]);
            beside.entry(pair[1]).or_default().insert(pair[0]);
        }
    }
    let is_fork = |place: &LonLat| beside[place].len() != 2;
    let mut walked: BTreeSet<[LonLat; 2]> = BTreeSet::new();
    let mut chains = Vec::new();
    // From the forks and ends first; what is left are closed lines without any.
    let (forks, others): (Vec<LonLat>, Vec<LonLat>) =
        beside.keys().partition(|place| is_fork(place));
    for start in forks.into_iter().chain(others) {
        for &next in &beside[&start] {
            let mut chain = vec![start];
            let (mut last, mut at) = (start, next);
            while walked.insert([last.min(at), last.max(at)]) {
                chain.push(at);
                if is_fork(&at) {
                    break;
                }
                let on = beside[&at].iter().find(|&&place| place != last);
                let Some(&on) = on else { break };
                (last, at) = (at, on);
            }
            if chain.len() > 1 {
                chains.push(chain);
            }
        }
    }
    chains
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: i32, lat: i32) -> LonLat {
        LonLat { lon, lat }
    }

    #[test]
    fn lines_are_joined_however_they_are_cut() {
        let line = [at(0, 0), at(1, 0), at(2, 1), at(3, 1)];
        let spur = [at(2, 1), at(2, 5)];
        let whole = chains([&line[..], &spur[..]]);
        let backward: Vec<LonLat> = line[..3].iter().rev().copied().collect();
        let cut = chains([&spur[..], &line[2..], &backward[..], &line[1..3]]);
        assert_eq!(whole, cut);
        assert_eq!(
            whole,
            [
                vec![at(0, 0), at(1, 0), at(2, 1)],
                vec![at(2, 1), at(2, 5)],
                vec![at(2, 1), at(3, 1)]
            ]
        );
    }

    #[test]
    fn a_closed_line_comes_back() {
        let ring = [at(1, 1), at(0, 0), at(2, 0), at(1, 1)];
        let other = [at(2, 0), at(1, 1), at(0, 0), at(2, 0)];
        assert_eq!(chains([&ring[..]]), chains([&other[..]]));
        assert_eq!(chains([&ring[..]])[0].len(), 4);
        assert!(chains([&ring[..0]]).is_empty());
    }
}
