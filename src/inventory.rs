//! Certificates at a glance: one row a certificate, whatever brought it, judged for one instant.
//!
//! ```text
//! Store.held ─────────┐                    ┌─▶ csv    RFC 4180
//!                     ├─▶ Table ─▶ Row … ──┼─▶ ics    RFC 5545
//! Store.tables ───────┘                    └─▶ json   RFC 8259 ─▶ given again: Store.tables
//! ```
//!
//! A table that was saved brings its rows back, and says of each row what changed since. Certificates are told apart by
//! their SHA-256. Thousands of rows are nothing unusual, so they are made in slices, and only when somebody asks.

pub mod csv;
pub mod ics;
pub mod row;

use std::collections::{HashMap, HashSet};

use time::OffsetDateTime;

use crate::model::store::Store;
use crate::opening::Opening;
use row::{Row, Seen};

/// The rows of a store and of the tables given beside it.
pub struct Table<'a> {
    store: &'a Store,
    names: HashMap<u32, &'a str>,
    earlier: HashMap<&'a str, &'a Row>,
    /// What only a saved table knows, in its order.
    absent: Vec<&'a Row>,
    at: OffsetDateTime,
}

impl<'a> Table<'a> {
    /// The table as it is at an instant.
    pub fn new(opening: &'a Opening, store: &'a Store, at: OffsetDateTime) -> Self {
        let mut table = Self {
            store,
            names: opening
                .files()
                .map(|file| (file.id, file.name.as_str()))
                .collect(),
            earlier: HashMap::new(),
            absent: Vec::new(),
            at,
        };
        if store.tables.is_empty() {
            return table;
        }
        let held = store.held.iter();
        let mut there: HashSet<String> = held.map(|held| held.certificate.sha256()).collect();
        for row in newest_first(store) {
            table.earlier.entry(&row.sha256).or_insert(row);
            if there.insert(row.sha256.clone()) {
                table.absent.push(row);
            }
        }
        table
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.store.held.len() + self.absent.len()
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// When the table that changes are counted from was saved: the newest, where several were given.
    pub fn since(&self) -> Option<&'a str> {
        let tables = self.store.tables.iter();
        tables.map(|saved| saved.made_at.as_str()).max()
    }

    /// The rows, from the files first, then those that only a saved table has.
    pub fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        (0..self.len()).map(|index| self.row(index))
    }

    /// The rows with these SHA-256, in their order.
    pub fn select(&self, wanted: &[String]) -> impl Iterator<Item = Row> {
        let mut rows: HashMap<String, Row> =
            self.rows().map(|row| (row.sha256.clone(), row)).collect();
        wanted.iter().filter_map(move |sha256| rows.remove(sha256))
    }

    /// One row; `index` is less than [`Table::len`].
    pub fn row(&self, index: usize) -> Row {
        match self.store.held.get(index) {
            Some(held) => {
                let mut row = Row::of(held, &|id| self.names[&id].to_owned(), self.at);
                if !self.store.tables.is_empty() {
                    row.compare(self.earlier.get(row.sha256.as_str()).copied());
                }
                row
            }
            None => {
                let earlier = self.absent[index - self.store.held.len()];
                let mut row = earlier.clone();
                row.judge(self.at);
                row.compare(Some(earlier));
                // A table alone is brought back whole: nothing is missed where nothing else was given.
                let others = !self.store.held.is_empty();
                row.seen = others.then_some(Seen::Missing);
                row
            }
        }
    }
}

/// Every saved row, the newest table's first. RFC 3339 in UTC sorts as text.
fn newest_first(store: &Store) -> impl Iterator<Item = &Row> {
    let mut tables: Vec<_> = store.tables.iter().collect();
    tables.sort_by(|one, other| other.made_at.cmp(&one.made_at));
    tables.into_iter().flat_map(|saved| &saved.certificates)
}

#[cfg(test)]
mod tests;
