//! A line that tells how far a long reading is: bytes, rows, rate, time left. On a terminal only, and gone when it is done.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressStyle};

use crate::intake::progress::progress;

/// Time between two looks; what is done sooner shows nothing.
const EVERY: Duration = Duration::from_millis(400);

/// Does the work, and meanwhile shows how far its reading is.
pub(super) fn during<T>(work: impl FnOnce() -> T) -> T {
    let (done, is_done) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || show(&is_done));
        let result = work();
        drop(done);
        result
    })
}

fn show(is_done: &mpsc::Receiver<()>) {
    let mut bar = None;
    while is_done.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
        let now = progress();
        if now.all == 0 {
            continue;
        }
        let bar = bar.get_or_insert_with(|| {
            let line = "{bar:24} {bytes}/{total_bytes} · {msg} · {binary_bytes_per_sec} · {eta}";
            let style = ProgressStyle::with_template(line).unwrap_or_else(|_| ProgressStyle::default_bar());
            // What went by before the first look counts in the rate, too.
            ProgressBar::new(now.all).with_style(style).with_elapsed(EVERY)
        });
        bar.set_length(now.all);
        bar.set_position(now.bytes);
        bar.set_message(format!("{} 行 rows", HumanCount(now.rows)));
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
}
