//! Pieces that are drawn more than once.

use super::segment::{Point, Segment};

/// The pieces between the same nodes and of one class, wherever there are several; by
/// their places in the list of all.
pub(super) struct Repeated {
    /// Group by group.
    members: Vec<u32>,
    /// Where each group ends.
    ends: Vec<usize>,
}

impl Repeated {
    /// Finds them. Few pieces leave one node, so each is compared with few others.
    pub fn of(list: &[Segment], nodes: usize) -> Self {
        let (first, mut leaving) = by_lower_end(list, nodes);
        let mut found = Self {
            members: Vec::new(),
            ends: Vec::new(),
        };
        for node in first.windows(2) {
            let own = &mut leaving[node[0] as usize..node[1] as usize];
            if own.len() < 2 {
                continue;
            }
            let key = |number: u32| (list[number as usize].b, list[number as usize].class);
            own.sort_unstable_by_key(|&number| (key(number), number));
            let same = own.chunk_by(|&one, &other| key(one) == key(other));
            for group in same.filter(|group| group.len() > 1) {
                found.members.extend_from_slice(group);
                found.ends.push(found.members.len());
            }
        }
        found
    }

    /// The groups.
    fn groups(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let bounds = starts.zip(&self.ends);
        bounds.map(|(from, &to)| &self.members[from..to])
    }

    /// All public pieces but one of each group. Ascending.
    pub fn public_again(&self, list: &[Segment]) -> Vec<u32> {
        let public = |number: &&u32| !list[**number as usize].private;
        let of_group = |group: &'_ [u32]| -> Vec<u32> {
            group.iter().filter(public).skip(1).copied().collect()
        };
        let mut again: Vec<u32> = self.groups().flat_map(of_group).collect();
        again.sort_unstable();
        again
    }

    /// Takes all of them out of the list.
    pub fn taken_from(self, list: &mut Vec<Segment>) -> Vec<Segment> {
        let mut numbers = self.members;
        numbers.sort_unstable();
        let taken = numbers.iter().map(|&number| list[number as usize]);
        let taken: Vec<Segment> = taken.collect();
        if !taken.is_empty() {
            let (mut number, mut next) = (0, numbers.iter().peekable());
            list.retain(|_| {
                number += 1;
                next.next_if_eq(&&(number - 1)).is_none()
            });
        }
        taken
    }
}

/// The pieces by their lower end: for every node where its own begin, and after the last
/// one where they end.
fn by_lower_end(list: &[Segment], nodes: usize) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0_u32; nodes + 1];
    let slot = |point: Point| point as usize;
    for segment in list {
        first[slot(segment.a)] += 1;
    }
    let mut sum = 0;
    for first in &mut first {
        sum += *first;
        *first = sum;
    }
    let mut leaving = vec![0; list.len()];
    for (number, segment) in list.iter().enumerate().rev() {
        let first = &mut first[slot(segment.a)];
        *first -= 1;
        leaving[*first as usize] = number as u32;
    }
    (first, leaving)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Direction, Surface, WalkClass, WalkKind, WheelAccess};

    fn piece(a: Point, b: Point, kind: WalkKind, private: bool) -> Segment {
        let class = WalkClass {
            kind,
            surface: Surface::Firm,
            wheelchair: WheelAccess::Unsaid,
            stroller_ramp: false,
        };
        Segment {
            a,
            b,
            class,
            direction: Direction::Both,
            way: 1,
            private,
        }
    }

    #[test]
    fn pieces_of_one_class_between_the_same_nodes_are_found() {
        let (street, steps) = (WalkKind::Street, WalkKind::Steps);
        let mut list = vec![
            piece(2, 5, street, false),
            piece(0, 1, street, false),
            piece(2, 5, steps, false),
            piece(2, 5, street, true),
            piece(2, 4, street, false),
            piece(2, 5, street, false),
            piece(0, 1, steps, false),
        ];
        let repeated = Repeated::of(&list, 6);
        assert_eq!(repeated.groups().collect::<Vec<_>>(), [[0, 3, 5]]);
        assert_eq!(repeated.public_again(&list), [5]);
        let taken = repeated.taken_from(&mut list);
        assert_eq!((taken.len(), list.len()), (3, 4));
        assert!(taken.iter().all(|piece| (piece.a, piece.b) == (2, 5)));
        let none = Repeated::of(&list, 6);
        assert!(none.public_again(&list).is_empty());
        assert!(none.taken_from(&mut list).is_empty());
    }
}
