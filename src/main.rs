//! kaohe (考核): the command line. Everything is in the library.

/// Intake makes and drops small pieces on all cores by the million.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    kaohe::cli::main()
}
