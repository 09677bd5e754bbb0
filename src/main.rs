//! The command line of `living-circle`.

use std::process::ExitCode;

fn main() -> ExitCode {
    living_circle::cli::main()
}
