//! The command line of `living-circle`.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Many small pieces come and go on all threads: the system's allocator keeps a third more.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    living_circle::cli::main()
}
