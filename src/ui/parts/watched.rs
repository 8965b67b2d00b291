use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::*;

/// A value that lives as long as what owned the signals when it was made, behind a handle that is copied freely. Leptos has
/// the same for each type anew; here the arena holds one type, and a phone downloads its code once.
pub struct Kept<T: 'static> {
    held: StoredValue<Rc<dyn Any>, LocalStorage>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Kept<T> {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T> Kept<T> {
    /// Holds this first.
    pub fn new(value: T) -> Kept<T> {
        Kept { held: hold(Rc::new(RefCell::new(value))), of: PhantomData }
    }

    /// Reads it.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        match self.cell() {
            Some(cell) => read(&cell.borrow()),
            // A view outlived its value: nothing sound can follow.
            None => std::process::abort(),
        }
    }

    /// Reads it; `None` where what owned it is gone.
    pub fn try_with<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
        self.cell().map(|cell| read(&cell.borrow()))
    }

    /// Changes it in place; `None` where what owned it is gone.
    pub fn update<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.cell().map(|cell| change(&mut cell.borrow_mut()))
    }

    #[inline(never)]
    fn cell(self) -> Option<Rc<RefCell<T>>> {
        held(self.held)?.downcast().ok()
    }
}

fn hold(value: Rc<dyn Any>) -> StoredValue<Rc<dyn Any>, LocalStorage> {
    StoredValue::new_local(value)
}

fn held(value: StoredValue<Rc<dyn Any>, LocalStorage>) -> Option<Rc<dyn Any>> {
    value.try_get_value()
}

/// A value that screens follow: a signal that says when, beside plain data that says what. A signal of every type costs
/// several times the code.
pub struct Watched<T: 'static> {
    changes: Trigger,
    kept: Kept<T>,
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
        Watched { changes: Trigger::new(), kept: Kept::new(held) }
    }

    /// Reads it and follows it.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.track();
        self.kept.with(read)
    }

    /// Reads it, once.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.kept.with(read)
    }

    /// Follows it without reading it.
    pub fn track(self) {
        self.changes.track();
    }

    /// Changes it in place. Nothing happens where what owned it is gone.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        if self.kept.update(change).is_some() {
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
