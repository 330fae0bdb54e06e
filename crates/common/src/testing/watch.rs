//! A value that one thread changes while another waits for it to be so.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A value shared by threads; each change wakes those that wait for one.
#[derive(Default)]
pub struct Watch<T>(Arc<(Mutex<T>, Condvar)>);

impl<T> Clone for Watch<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Watch<T> {
    /// Shares a value.
    pub fn new(value: T) -> Self {
        Self(Arc::new((Mutex::new(value), Condvar::new())))
    }

    /// Changes the value, and wakes those that wait.
    pub fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let result = change(&mut self.lock());
        self.0.1.notify_all();
        result
    }

    /// Looks at the value.
    pub fn look<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.lock())
    }

    /// Waits until `found` gives something for the value, for `limit` at most.
    pub fn wait<R>(&self, limit: Duration, mut found: impl FnMut(&T) -> Option<R>) -> Option<R> {
        let mut result = None;
        let (_guard, _) = self
            .0
            .1
            .wait_timeout_while(self.lock(), limit, |value| {
                result = found(value);
                result.is_none()
            })
            .unwrap_or_else(PoisonError::into_inner);
        result
    }

    fn lock(&self) -> MutexGuard<'_, T> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
