//! Adding what several ask for at the same time: it goes to the disk in one transaction, which takes a good deal less time
//! than one for each. Nobody waits for company: what comes while another transaction is under way goes with the next.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::connection::Connection;
use super::row::Row;
use super::{IdbStore, RESPONSES};
use crate::browser::listen::Once;
use crate::store::Fault;

/// Rows of a transaction, beyond which nobody joins it: the next ones are read meanwhile.
const ENOUGH: usize = 1000;

/// How adding goes on, of all clones of a store.
#[derive(Debug, Default)]
pub(super) struct Adding {
    /// The responses last added were all here already.
    pub(super) were_here: Cell<bool>,
    waiting: RefCell<Vec<Waiting>>,
    is_under_way: Cell<bool>,
}

/// Rows of one who asked, and whether they were added: all of them, or none.
#[derive(Debug, Clone)]
struct Waiting {
    rows: Rc<[Row]>,
    added: Once<Result<bool, Fault>>,
}

impl Adding {
    /// Those whose turn it is.
    fn next(&self) -> Vec<Waiting> {
        let waiting = &mut *self.waiting.borrow_mut();
        let mut rows = 0;
        let enough = |one: &Waiting| {
            rows += one.rows.len();
            rows > ENOUGH
        };
        let end = waiting.iter().position(enough).unwrap_or(waiting.len());
        waiting.drain(..end.max(1).min(waiting.len())).collect()
    }
}

impl IdbStore {
    /// Adds responses, or, where one of them is there already, none. Says whether they were added.
    pub(super) async fn add_together(&self, rows: &Rc<[Row]>) -> Result<bool, Fault> {
        let mine = Waiting { rows: Rc::clone(rows), added: Once::new() };
        self.2.waiting.borrow_mut().push(mine.clone());
        if !self.2.is_under_way.replace(true) {
            let (connection, adding) = (Rc::clone(&self.0), Rc::clone(&self.2));
            // Goes on for the others when this one has its answer.
            spawn_local(async move {
                loop {
                    let next = adding.next();
                    if next.is_empty() {
                        adding.is_under_way.set(false);
                        return;
                    }
                    add(&connection, &next).await;
                }
            });
        }
        mine.added.await
    }
}

async fn add(connection: &Connection, all: &[Waiting]) {
    let rows: Vec<_> = all.iter().map(|one| Rc::clone(&one.rows)).collect();
    let added = connection.add_all_new(RESPONSES, &rows).await;
    if added.is_ok() || all.len() == 1 {
        all.iter().for_each(|one| one.added.give(added.clone()));
        return;
    }
    // What finds no room for all may find some for one.
    for (one, rows) in all.iter().zip(rows) {
        one.added.give(connection.add_all_new(RESPONSES, &[rows]).await);
    }
}
