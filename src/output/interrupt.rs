//! Breaking off (Ctrl-C) while a folder is written: the writing ends, what was written is deleted, an earlier result stays.
//!
//! Outside of that a signal ends the program at once, as it would have without this module.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// Exit code of a program that was broken off, as shells have it.
pub const EXIT: u8 = 130;

/// Whether a signal ends the program: while nothing is written, and where one came already.
static ENDS: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| Arc::new(AtomicBool::new(true)));
/// Whether a signal came while a folder was written.
static CAME: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// Listens for signals from now on.
///
/// # Errors
/// Where the system does not let a program do so.
pub fn listen() -> io::Result<()> {
    for signal in [SIGINT, SIGTERM] {
        // In this order: what the first one asks is not yet what the second one sets.
        flag::register_conditional_shutdown(signal, EXIT.into(), Arc::clone(&ENDS))?;
        flag::register(signal, Arc::clone(&ENDS))?;
        flag::register(signal, Arc::clone(&CAME))?;
    }
    Ok(())
}

/// While it lives, a signal ends the writing and not the program.
pub(super) struct Writing(());

impl Writing {
    pub(super) fn begin() -> Self {
        ENDS.store(false, Ordering::SeqCst);
        Self(())
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        ENDS.store(true, Ordering::SeqCst);
    }
}

/// True if a signal came while a folder was written.
pub fn came() -> bool {
    CAME.load(Ordering::Relaxed)
}
