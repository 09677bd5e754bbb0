//! The command line of `living-circle`.

use std::process::ExitCode;

/// Many small pieces come and go on all threads: the system's allocator keeps a third more.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    living_circle::cli::main()
}
