//! What the system knows of the process: how much memory it has held, how long it has
//! kept cores busy. Both as Linux tells them; `None` elsewhere.

use std::fs;

/// The most memory that the process has held so far, in bytes.
pub(super) fn peak() -> Option<u64> {
    high_water(&fs::read_to_string("/proc/self/status").ok()?)
}

/// How long the threads that are there have run on a core, in seconds. On a busy machine
/// this tells more than the clock.
pub(super) fn cpu() -> Option<f64> {
    let mut nanoseconds = 0;
    for thread in fs::read_dir("/proc/self/task").ok()? {
        let path = thread.ok()?.path().join("schedstat");
        nanoseconds += on_core(&fs::read_to_string(path).ok()?)?;
    }
    Some(nanoseconds as f64 / 1e9)
}

fn high_water(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim_end().parse().ok()?;
    Some(kibibytes * 1024)
}

/// The first of its numbers: nanoseconds.
fn on_core(schedstat: &str) -> Option<u64> {
    schedstat.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{high_water, on_core};

    #[test]
    fn the_line_is_found_among_others() {
        let status = "VmSize:\t  9 kB\nVmHWM:\t    2048 kB\nVmRSS:\t 7 kB\n";
        assert_eq!(high_water(status), Some(2 << 20));
        for none in ["", "VmRSS:\t7 kB\n", "VmHWM:\tmuch kB\n", "VmHWM:\t7\n"] {
            assert_eq!(high_water(none), None);
        }
    }

    #[test]
    fn the_first_number_is_the_time() {
        assert_eq!(on_core("123456789 42 7\n"), Some(123_456_789));
        assert_eq!(on_core(""), None);
    }
}
