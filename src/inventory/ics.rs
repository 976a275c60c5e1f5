//! Reminders for a calendar: RFC 5545.
//!
//! ```text
//! VCALENDAR { VERSION, PRODID, VEVENT { UID, DTSTAMP, DTSTART, DTEND, SUMMARY, DESCRIPTION, VALARM { … } } × 3 a row }
//! ```
//!
//! Each reminder is an event of its own, on a day of its own. Three alarms of one event would be less text and would not
//! arrive: Outlook keeps one alarm an event, and Google Calendar none that is more than four weeks ahead. An event shows
//! wherever alarms do not. The alarm rings at nine in the morning of the day before, which is where all-day events ring
//! by default.
//!
//! A UID comes from the certificate's SHA-256, so that a file taken in again replaces its events and adds none. Lines end
//! in CRLF and are folded at 75 octets, never inside a character (section 3.1); text is escaped (section 3.3.11).

use time::{Date, Duration, OffsetDateTime};

use super::row::{Row, Status};
use crate::base::hidden::shown;

/// Days before the last one.
const REMINDERS: [i64; 3] = [90, 30, 7];

/// The reminders of all rows that expire after `at`.
pub fn write(rows: impl Iterator<Item = Row>, at: OffsetDateTime) -> String {
    let mut calendar = Calendar::default();
    calendar.line("BEGIN", "VCALENDAR");
    calendar.line("VERSION", "2.0");
    calendar.line("PRODID", "-//Keyferry//Certificate reminders//EN");
    calendar.line("CALSCALE", "GREGORIAN");
    for row in rows.filter(|row| !row.expired && row.status != Status::Revoked) {
        let Some(expiry) = row.expiry() else {
            continue;
        };
        for (ahead, on) in reminders(expiry.date(), at.date()) {
            calendar.event(&row, ahead, on, expiry.date(), at);
        }
    }
    calendar.line("END", "VCALENDAR");
    calendar.0
}

/// How many days ahead, and on which day. Those that are past are left out; where all are, the last is today.
fn reminders(expiry: Date, today: Date) -> Vec<(i64, Date)> {
    let all = REMINDERS.map(|ahead| (ahead, expiry.saturating_sub(Duration::days(ahead))));
    let to_come: Vec<_> = all.into_iter().filter(|(_, on)| *on >= today).collect();
    match (to_come.is_empty(), all.last()) {
        (true, Some((ahead, _))) => vec![(*ahead, today)],
        _ => to_come,
    }
}

/// The text so far.
#[derive(Default)]
struct Calendar(String);

impl Calendar {
    fn event(&mut self, row: &Row, ahead: i64, on: Date, expiry: Date, at: OffsetDateTime) {
        let left = (expiry - on).whole_days();
        let holder = [Some(&row.name), row.emails.first(), Some(&row.serial)]
            .into_iter()
            .flatten()
            .find(|name| !name.trim().is_empty());
        let holder = holder.map(String::as_str).unwrap_or_default();
        let days = match left {
            0 => "today".to_owned(),
            1 => "in 1 day".to_owned(),
            _ => format!("in {left} days"),
        };
        let summary = format!("Certificate of {} expires {days}", shown(holder));
        self.line("BEGIN", "VEVENT");
        self.line("UID", &format!("{}-{ahead}@keyferry", row.sha256));
        self.line("DTSTAMP", &stamp(at));
        self.line("DTSTART;VALUE=DATE", &day(on));
        self.line(
            "DTEND;VALUE=DATE",
            &day(on.saturating_add(Duration::days(1))),
        );
        self.line("SUMMARY", &text(&summary));
        self.line("DESCRIPTION", &text(&description(row)));
        // Nobody is busy because of it.
        self.line("TRANSP", "TRANSPARENT");
        self.line("BEGIN", "VALARM");
        self.line("ACTION", "DISPLAY");
        self.line("TRIGGER", "-PT15H");
        self.line("DESCRIPTION", &text(&summary));
        self.line("END", "VALARM");
        self.line("END", "VEVENT");
    }

    /// A line, folded: what goes on begins with a blank, which counts.
    fn line(&mut self, name: &str, value: &str) {
        let mut width = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if width + c.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

fn description(row: &Row) -> String {
    let lines = [
        ("Expires", row.not_after.clone().unwrap_or_default()),
        ("Subject", row.subject.clone()),
        ("User", row.emails.join(", ")),
        ("Issued by", row.issuer.clone()),
        ("Serial number", row.serial.clone()),
        ("File", row.files.join(", ")),
        ("Private key in", row.private_key.join(", ")),
        ("SHA-256", row.sha256.clone()),
    ];
    let lines = lines.iter().filter(|(_, value)| !value.is_empty());
    let lines: Vec<String> = lines
        .map(|(name, value)| format!("{name}: {}", shown(value)))
        .collect();
    lines.join("\n")
}

/// TEXT (section 3.3.11).
fn text(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c => escaped.push(c),
        }
    }
    escaped
}

fn day(date: Date) -> String {
    let (year, month, day) = date.to_calendar_date();
    format!("{year:04}{:02}{day:02}", u8::from(month))
}

/// DATE-TIME in UTC (section 3.3.5, form 2).
fn stamp(at: OffsetDateTime) -> String {
    let (hour, minute, second) = at.to_hms();
    format!("{}T{hour:02}{minute:02}{second:02}Z", day(at.date()))
}
