//! The inventory: one row a certificate, whatever brought it, judged for one instant.
//!
//! ```text
//! Store.held ─────────┐                    ┌─▶ csv    RFC 4180
//!                     ├─▶ Table ─▶ Row … ──┼─▶ ics    RFC 5545
//! Store.tables ───────┘                    └─▶ json   RFC 8259 ─▶ given again: Store.tables
//! ```
//!
//! A table that was saved brings its rows back, and says of each row what changed since. Certificates are distinguished by
//! their SHA-256. Thousands of rows are nothing unusual, so they are made in slices, and only when somebody asks.

pub mod csv;
pub mod ics;
pub mod row;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use time::OffsetDateTime;

use crate::model::store::Store;
use crate::opening::Opening;
use row::{Row, Seen};

/// What the rows of a store are looked up by. It takes a look at every certificate, so it is made once for a store, however many
/// slices of its table are asked for.
pub struct Index {
    names: HashMap<u32, String>,
    /// Of each SHA-256 the newest saved row.
    earlier: HashMap<String, Place>,
    /// What only a saved table knows, in its order.
    absent: Vec<Place>,
}

/// A saved row: the number of its table in the store, and its own there.
type Place = (usize, usize);

impl Index {
    /// Of a store and of the files that it was made of.
    pub fn of(opening: &Opening, store: &Store) -> Self {
        let names = opening.files().map(|file| (file.id, file.name.clone()));
        let mut index = Self {
            names: names.collect(),
            earlier: HashMap::new(),
            absent: Vec::new(),
        };
        if store.tables.is_empty() {
            return index;
        }
        let held = store.held.iter();
        let mut there: HashSet<String> = held.map(|held| held.certificate.sha256()).collect();
        // The newest table first: RFC 3339 in UTC sorts as text.
        let mut tables: Vec<_> = store.tables.iter().enumerate().collect();
        tables.sort_by(|(_, one), (_, other)| other.made_at.cmp(&one.made_at));
        for (table, saved) in tables {
            for (number, row) in saved.certificates.iter().enumerate() {
                let place = (table, number);
                index.earlier.entry(row.sha256.clone()).or_insert(place);
                if there.insert(row.sha256.clone()) {
                    index.absent.push(place);
                }
            }
        }
        index
    }

    /// The names of files, but for those that were taken away since.
    fn names(&self, files: &[u32]) -> Vec<String> {
        let names = files.iter().filter_map(|id| self.names.get(id));
        names.cloned().collect()
    }
}

/// The rows of a store and of the tables given beside it.
pub struct Table<'a> {
    store: &'a Store,
    index: Arc<Index>,
    at: OffsetDateTime,
}

impl<'a> Table<'a> {
    /// The table as it is at an instant.
    pub fn new(opening: &Opening, store: &'a Store, at: OffsetDateTime) -> Self {
        Self::indexed(store, Arc::new(Index::of(opening, store)), at)
    }

    /// As [`Table::new`], with the index of the same store.
    pub fn indexed(store: &'a Store, index: Arc<Index>, at: OffsetDateTime) -> Self {
        Self { store, index, at }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.store.held.len() + self.index.absent.len()
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
        (0..self.len()).filter_map(|index| self.row(index))
    }

    /// The rows with these SHA-256, in their order.
    pub fn select(&self, wanted: &[String]) -> impl Iterator<Item = Row> {
        let mut rows: HashMap<String, Row> =
            self.rows().map(|row| (row.sha256.clone(), row)).collect();
        wanted.iter().filter_map(move |sha256| rows.remove(sha256))
    }

    /// One row; `None` from [`Table::len`] on.
    pub fn row(&self, index: usize) -> Option<Row> {
        let row = match self.store.held.get(index) {
            Some(held) => {
                let mut row = Row::of(held, &|files| self.index.names(files), self.at);
                if !self.store.tables.is_empty() {
                    let earlier = self.index.earlier.get(&row.sha256);
                    row.compare(earlier.and_then(|&place| self.saved(place)));
                }
                row
            }
            None => {
                let beyond = index.checked_sub(self.store.held.len())?;
                let earlier = self.saved(*self.index.absent.get(beyond)?)?;
                let mut row = earlier.clone();
                row.judge(self.at);
                row.compare(Some(earlier));
                // A table alone is brought back whole: nothing is missed where nothing else was given.
                let others = !self.store.held.is_empty();
                row.seen = others.then_some(Seen::Missing);
                row
            }
        };
        Some(row)
    }

    fn saved(&self, (table, number): Place) -> Option<&'a Row> {
        self.store.tables.get(table)?.certificates.get(number)
    }
}

#[cfg(test)]
mod tests;
