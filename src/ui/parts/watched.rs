use leptos::prelude::*;

/// A value that screens follow: a signal that says when, beside plain data that says what. A signal of every type costs
/// several times the code.
pub struct Watched<T: 'static> {
    changes: Trigger,
    held: StoredValue<T, LocalStorage>,
}

impl<T> Clone for Watched<T> {
    fn clone(&self) -> Watched<T> {
        *self
    }
}

impl<T> Copy for Watched<T> {}

impl<T> Watched<T> {
    /// Holds this first.
    pub fn new(held: T) -> Watched<T> {
        Watched { changes: Trigger::new(), held: StoredValue::new_local(held) }
    }

    /// Reads it and follows it.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.changes.track();
        self.held.with_value(read)
    }

    /// Reads it, once.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.held.with_value(read)
    }

    /// Follows it without reading it.
    pub fn track(self) {
        self.changes.track();
    }

    /// Changes it in place. Nothing happens where what owned it is gone.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        if self.held.try_update_value(change).is_some() {
            self.changes.notify();
        }
    }

    /// Holds something else. Nothing happens where what owned it is gone.
    pub fn set(self, held: T) {
        self.update(|old| *old = held);
    }
}

impl<T: Clone> Watched<T> {
    /// A copy of it, followed.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy of it, once.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}
