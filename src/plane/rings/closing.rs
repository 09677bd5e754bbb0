//! Pieces that close to rings, and those that do not.

use super::{Piece, numbered, places};

/// The pieces without loose ends: what hangs on a ring by one end is taken off,
/// and where an odd number of pieces still meets, everything connected with it,
/// since it cannot be told which piece is too many. Whether anything was left out.
pub(super) fn closed(pieces: Vec<Piece>) -> (Vec<Piece>, bool) {
    let places = places(&pieces);
    let ends: Vec<[usize; 2]> = pieces
        .iter()
        .map(|piece| numbered(piece, &places))
        .collect();
    let mut at = vec![Vec::new(); places.len()];
    for (piece, ends) in ends.iter().enumerate() {
        for &end in ends {
            at[end].push(piece);
        }
    }
    let graph = Graph { ends, at };
    let mut stays = vec![true; pieces.len()];
    let degrees = graph.peel(&mut stays);
    graph.leave_odd(&degrees, &mut stays);
    let all = pieces.len();
    let kept: Vec<Piece> = pieces
        .into_iter()
        .zip(stays)
        .filter_map(|(piece, stays)| stays.then_some(piece))
        .collect();
    let open = kept.len() < all;
    (kept, open)
}

/// The ends of each piece, and the pieces at each end.
struct Graph {
    ends: Vec<[usize; 2]>,
    at: Vec<Vec<usize>>,
}

impl Graph {
    /// Takes off pieces with a loose end until there is none. How many pieces
    /// stay at each end.
    fn peel(&self, stays: &mut [bool]) -> Vec<usize> {
        let mut degrees: Vec<usize> = self.at.iter().map(Vec::len).collect();
        let mut loose: Vec<usize> = (0..degrees.len())
            .filter(|&end| degrees[end] == 1)
            .collect();
        while let Some(end) = loose.pop() {
            // Both ends of a piece may have become loose: then it is gone already.
            let Some(&piece) = self.at[end].iter().find(|&&piece| stays[piece]) else {
                continue;
            };
            stays[piece] = false;
            for end in self.ends[piece] {
                degrees[end] -= 1;
                if degrees[end] == 1 {
                    loose.push(end);
                }
            }
        }
        degrees
    }

    /// Leaves out whatever is connected with an end where an odd number meets.
    fn leave_odd(&self, degrees: &[usize], stays: &mut [bool]) {
        let mut odd: Vec<usize> = (0..degrees.len())
            .filter(|&end| degrees[end] % 2 == 1)
            .collect();
        while let Some(end) = odd.pop() {
            for &piece in &self.at[end] {
                if std::mem::take(&mut stays[piece]) {
                    odd.extend(self.ends[piece]);
                }
            }
        }
    }
}
