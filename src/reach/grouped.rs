//! Lists by number, one behind the other in one piece of memory.

/// For every number a list.
pub(super) struct Grouped<T> {
    first: Vec<u32>,
    list: Vec<T>,
}

impl<T> Grouped<T> {
    /// What stands beside each number below `count`, of pairs by number, ascending.
    pub fn of(count: usize, pairs: impl IntoIterator<Item = (u32, T)>) -> Self {
        let mut first = vec![0; count + 1];
        let list = pairs.into_iter().map(|(number, it)| {
            first[number as usize + 1] += 1;
            it
        });
        let list = list.collect();
        for number in 1..first.len() {
            first[number] += first[number - 1];
        }
        Self { first, list }
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.first.len() - 1
    }

    /// The list of a number.
    pub fn at(&self, number: u32) -> &[T] {
        let number = number as usize;
        &self.list[self.first[number] as usize..self.first[number + 1] as usize]
    }
}
