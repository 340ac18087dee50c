//! kaohe (考核): the command line. Everything is in the library.

fn main() -> std::process::ExitCode {
    kaohe::cli::main()
}
