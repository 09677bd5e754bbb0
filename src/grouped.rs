//! Lists by number, one behind the other in one piece of memory.

/// For every number a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grouped<T> {
    /// For every list its beginning, and the end.
    first: Vec<u32>,
    list: Vec<T>,
}

impl<T> Default for Grouped<T> {
    fn default() -> Self {
        Self {
            first: vec![0],
            list: Vec::new(),
        }
    }
}

impl<T> Grouped<T> {
    /// What stands beside each number below `count`, in the order of the pairs.
    pub fn gathered(count: usize, pairs: impl Iterator<Item = (u32, T)> + Clone) -> Self
    where
        T: Copy,
    {
        let mut first = vec![0; count + 1];
        for (number, _) in pairs.clone() {
            first[number as usize + 1] += 1;
        }
        for number in 1..first.len() {
            first[number] += first[number - 1];
        }
        let Some((_, any)) = pairs.clone().next() else {
            return Self {
                first,
                list: Vec::new(),
            };
        };
        let mut next = first.clone();
        let mut list = vec![any; first[count] as usize];
        for (number, it) in pairs {
            let place = &mut next[number as usize];
            list[*place as usize] = it;
            *place += 1;
        }
        Self { first, list }
    }

    /// Adds the list of the next number.
    pub fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.list.extend(list);
        self.first.push(self.list.len() as u32);
    }

    /// Lists as long as these, of what is made of every element.
    pub fn map<U>(&self, of: impl Fn(&T) -> U) -> Grouped<U> {
        Grouped {
            first: self.first.clone(),
            list: self.list.iter().map(of).collect(),
        }
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.first.len() - 1
    }

    /// The list of a number.
    #[inline]
    pub fn at(&self, number: u32) -> &[T] {
        let number = number as usize;
        &self.list[self.first[number] as usize..self.first[number + 1] as usize]
    }
}
