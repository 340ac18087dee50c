//! The command line: flags in, library calls, text out. The only room that knows clap and prints.

use std::process::ExitCode;

use clap::Parser;

mod allocate;
mod alone;
pub mod args;
mod batch;
mod check;
mod compare;
mod explain;
mod flags;
mod forms;
mod handbook;
mod list;
mod measure;
mod merge;
mod monitor;
mod new;
mod partial;
mod progress;
mod run;
mod score;
mod sql;
mod targets;
mod templates;
mod verify;

use args::{Cli, Described, Verb};
use run::{Console, Failure};

use crate::output::interrupt;

/// Exit code of a run that did nothing [D7].
const NOTHING_DONE: u8 = 2;

/// Parses the command line and runs it.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let console = Console::new(&cli.common);
    // Without it a signal ends the program at once, as it does everywhere else.
    let _ = interrupt::listen();
    let outcome = match cli.verb {
        Verb::New(args) => new::run(&args, &console),
        Verb::Check(args) => check::run(&args, &console),
        Verb::Forms(args) => forms::run(&args, &console),
        Verb::Measure(args) => measure::run(&args, &console),
        Verb::Merge(args) => merge::run(&args, &console),
        Verb::Sql(args) => sql::run(&args, &console),
        Verb::Score(args) => score::run(&args, &console),
        Verb::Verify(args) => verify::run(&args, &console),
        Verb::Monitor(args) => monitor::run(&args, &console),
        Verb::Explain(args) => explain::run(&args, &console),
        Verb::Allocate(args) => allocate::run(&args, &console),
        Verb::Targets(args) => targets::run(&args, &console),
        Verb::Compare(args) => compare::run(&args, &console),
        Verb::List(args) => list::list(&args, &console),
        Verb::Show(args) => list::show(&args, &console),
        Verb::Handbook(args) => handbook::run(&args, &console),
        Verb::Schema(args) => schema(args.what),
        Verb::Completions(args) => completions(args.shell),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            console.fail(&failure);
            ExitCode::from(if interrupt::came() { interrupt::EXIT } else { NOTHING_DONE })
        }
    }
}

fn schema(what: Described) -> Result<u8, Failure> {
    use crate::definition::schema::{Kind, schema};
    let value = match what {
        Described::Assessment => schema(Kind::Assessment),
        Described::Criteria => schema(Kind::Criteria),
        Described::Catalogue => schema(Kind::Catalogue),
        Described::Targets => schema(Kind::Targets),
        Described::Allocation => schema(Kind::Allocation),
        Described::Scorebook => crate::report::json::scorebook_schema().to_value(),
    };
    let mut text = serde_json::to_vec_pretty(&value).map_err(anyhow::Error::from)?;
    text.push(b'\n');
    Console::print(&text)?;
    Ok(0)
}

fn completions(shell: clap_complete::Shell) -> Result<u8, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut <Cli as clap::CommandFactory>::command(), "kaohe", &mut text);
    Console::print(&text)?;
    Ok(0)
}
