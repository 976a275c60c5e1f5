//! The inventory as the page asks for it: its rows in slices, and those that are chosen as a file.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::format::inventory_file;
use crate::inventory::row::Row;
use crate::inventory::{Table, csv, ics};

/// How many rows cross at once: few enough that the page never stops for them.
const SLICE: usize = 250;

/// Rows of the inventory, from one of them on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Slice {
    /// The rows.
    pub rows: Vec<Row>,
    /// How many rows there are in all.
    pub total: usize,
    /// When the inventory was saved that changes are counted from: RFC 3339; null where none was given.
    pub since: Option<String>,
}

/// Rows that are wanted as a file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// The format of the file.
    pub kind: TableFormat,
    /// The instant for which the rows are judged, in milliseconds since 1970.
    pub at: i64,
    /// SHA-256 of each row, in the order they are wanted.
    pub rows: Vec<String>,
}

/// The files an inventory can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TableFormat {
    /// RFC 4180.
    Csv,
    /// RFC 5545.
    Ics,
    /// RFC 8259, to be given again later.
    Json,
}

impl Slice {
    /// The rows from this one on.
    pub fn of(table: &Table<'_>, from: usize) -> Self {
        let until = table.len().min(from.saturating_add(SLICE));
        Self {
            rows: (from..until).filter_map(|index| table.row(index)).collect(),
            total: table.len(),
            since: table.since().map(str::to_owned),
        }
    }
}

impl Selection {
    /// The selected rows of a table as the text of a file.
    pub fn write(&self, table: &Table<'_>, at: OffsetDateTime) -> String {
        let rows = table.select(&self.rows);
        match self.kind {
            TableFormat::Csv => csv::write(rows),
            TableFormat::Ics => ics::write(rows, at),
            TableFormat::Json => inventory_file::write(rows, at),
        }
    }
}
