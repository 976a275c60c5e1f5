use time::format_description::well_known::Rfc3339;

use super::row::Status;
use super::*;
use crate::base::counted::DIGESTED;
use crate::format::inventory_file;
use crate::opening::Step;

const AT: &str = "2026-11-22T08:30:00Z";

fn instant(text: &str) -> OffsetDateTime {
    OffsetDateTime::parse(text, &Rfc3339).unwrap()
}

fn opened(files: &[(&str, &[u8])]) -> Opening {
    let mut opening = Opening::default();
    for (id, (name, bytes)) in (1..).zip(files) {
        opening.add(id, name, bytes);
    }
    assert!(matches!(opening.step(), Step::Done));
    opening
}

/// A row that is valid for as many days after [`AT`].
fn row(sha256: char, days: i64) -> Row {
    let from = instant(AT) - time::Duration::days(400);
    let until = instant(AT) + time::Duration::days(days);
    let mut row = Row {
        status: Status::Unknown,
        days_left: None,
        expired: false,
        name: "Alice Example".into(),
        subject: "CN=Alice Example".into(),
        emails: vec!["alice@example.com".into()],
        issuer_name: "Example CA".into(),
        issuer: "CN=Example CA".into(),
        serial: "0a".into(),
        not_before: crate::model::certificate::rfc3339(from),
        not_after: crate::model::certificate::rfc3339(until),
        key: "RSA, 2048 bits".into(),
        signature: "sha256WithRSAEncryption".into(),
        uses: vec!["clientAuth".into()],
        ca: false,
        weak: Vec::new(),
        revoked: false,
        files: vec!["alice.crt".into()],
        private_key: Vec::new(),
        sha256: sha256.to_string().repeat(64),
        seen: None,
        was: None,
    };
    row.judge(instant(AT));
    row
}

fn csv_of(row: Row) -> String {
    let text = csv::write([row].into_iter());
    text.lines().nth(1).unwrap().to_owned()
}

fn ics_of(row: Row) -> String {
    ics::write([row].into_iter(), instant(AT))
}

#[test]
fn a_status_ends_with_its_last_instant() {
    let status = |days| row('a', days).status;
    assert_eq!(status(-1), Status::Expired);
    assert_eq!(status(0), Status::Expiring30);
    assert_eq!(status(30), Status::Expiring30);
    assert_eq!(status(31), Status::Expiring60);
    assert_eq!(status(60), Status::Expiring60);
    assert_eq!(status(90), Status::Expiring90);
    assert_eq!(status(91), Status::Valid);
    let mut early = row('a', 100);
    early.not_before = Some("2026-11-23T00:00:00Z".into());
    early.judge(instant(AT));
    assert_eq!(early.status, Status::NotYetValid);
    early.revoked = true;
    early.judge(instant(AT));
    assert_eq!(early.status, Status::Revoked);
    let mut undated = row('a', 100);
    undated.not_after = Some("some day".into());
    undated.judge(instant(AT));
    assert_eq!((undated.status, undated.days_left), (Status::Unknown, None));
}

#[test]
fn a_certificate_whose_file_was_taken_away_is_still_a_row() {
    let cert = include_bytes!("../../tests/vectors/pem-openssl-cert.pem");
    let mut opening = opened(&[("cert.pem", cert)]);
    let store = opening.store();
    opening.remove(1);
    let row = Table::new(&opening, &store, instant(AT)).row(0).unwrap();
    assert_eq!((row.files.len(), row.name.is_empty()), (0, false));
}

#[test]
fn slices_of_a_table_look_at_each_certificate_once() {
    const SLICES: usize = 20;
    let cert: &[u8] = include_bytes!("../../tests/vectors/pem-openssl-cert.pem");
    let other = include_bytes!("../../tests/vectors/pem-openssl-other-certificate.pem");
    let before = opened(&[("cert.pem", cert)]);
    let store = before.store();
    let saved = inventory_file::write(Table::new(&before, &store, instant(AT)).rows(), instant(AT));
    let opening = opened(&[
        ("cert.pem", cert),
        ("other.pem", other),
        ("saved.json", saved.as_bytes()),
    ]);
    let store = opening.store();
    DIGESTED.set(0);
    let index = Arc::new(Index::of(&opening, &store));
    for _ in 0..SLICES {
        assert_eq!(Table::indexed(&store, index.clone(), instant(AT)).len(), 2);
    }
    assert_eq!(DIGESTED.get(), store.held.len());
}

#[test]
fn every_certificate_is_a_row_and_says_where_its_key_is() {
    let opening = opened(&[
        (
            "key.pem",
            include_bytes!("../../tests/vectors/pkcs8-openssl-rsa.pem"),
        ),
        (
            "cert.pem",
            include_bytes!("../../tests/vectors/pem-openssl-cert.pem"),
        ),
        (
            "other.pem",
            include_bytes!("../../tests/vectors/pem-openssl-other-certificate.pem"),
        ),
    ]);
    let store = opening.store();
    let table = Table::new(&opening, &store, instant(AT));
    let rows: Vec<Row> = table.rows().collect();
    let cells: Vec<_> = rows
        .iter()
        .map(|row| (row.files.join(" "), row.private_key.join(" ")))
        .collect();
    let cells: Vec<_> = cells.iter().map(|(file, key)| (&**file, &**key)).collect();
    assert_eq!(cells, [("cert.pem", "key.pem"), ("other.pem", "")]);
    assert!(
        rows.iter()
            .all(|row| row.seen.is_none() && row.was.is_none())
    );
    assert_eq!(table.since(), None);
}

#[test]
fn a_saved_table_comes_back_and_says_what_changed() {
    let cert: &[u8] = include_bytes!("../../tests/vectors/pem-openssl-cert.pem");
    let other: &[u8] = include_bytes!("../../tests/vectors/pem-openssl-other-certificate.pem");
    let opening = opened(&[("cert.pem", cert)]);
    let store = opening.store();
    let saved = inventory_file::write(
        Table::new(&opening, &store, instant(AT)).rows(),
        instant(AT),
    );

    // Alone it is the same table.
    let opening = opened(&[("saved.json", saved.as_bytes())]);
    let again = opening.store();
    let table = Table::new(&opening, &again, instant(AT));
    let rows: Vec<Row> = table.rows().collect();
    assert_eq!(
        rows,
        Table::new(&opened(&[("cert.pem", cert)]), &store, instant(AT))
            .rows()
            .collect::<Vec<_>>()
    );
    assert_eq!(table.since(), Some(AT));

    // Years later it has expired.
    let table = Table::new(&opening, &again, instant("2066-11-22T00:00:00Z"));
    let later = table.row(0).unwrap();
    assert_eq!(
        (later.status, later.was),
        (Status::Expired, Some(rows[0].status))
    );

    // Beside another certificate that one is new, and the saved one is missed.
    let opening = opened(&[("saved.json", saved.as_bytes()), ("other.pem", other)]);
    let store = opening.store();
    let table = Table::new(&opening, &store, instant(AT));
    let seen: Vec<_> = table.rows().map(|row| row.seen).collect();
    assert_eq!(seen, [Some(Seen::New), Some(Seen::Missing)]);

    // Beside its own it is neither.
    let opening = opened(&[("saved.json", saved.as_bytes()), ("cert.pem", cert)]);
    let store = opening.store();
    let table = Table::new(&opening, &store, instant(AT));
    assert_eq!(table.rows().map(|row| row.seen).collect::<Vec<_>>(), [None]);
}

#[test]
fn a_table_that_nobody_saved_is_refused() {
    let refused = |text: &str| {
        let opening = opened(&[("saved.json", text.as_bytes())]);
        let file = opening.files().next().unwrap();
        file.error().map(|error| error.code())
    };
    let good = inventory_file::write([row('a', 1)].into_iter(), instant(AT));
    assert_eq!(refused(&good), None);
    assert_eq!(refused(&format!("\u{feff}{good}")), None);
    assert_eq!(refused(&good[..good.len() / 2]), Some("damaged"));
    assert_eq!(
        refused(&good.replace("\"version\": 1", "\"version\": 2")),
        Some("unsupported-form")
    );
    assert_eq!(
        refused(&good.replace(&"a".repeat(64), "a")),
        Some("damaged")
    );
    assert_eq!(refused(&good.replace(AT, "yesterday")), Some("damaged"));
    assert_eq!(
        refused(&good.replace("\"keyferry\"", "\"another\"")),
        Some("not-recognised")
    );
    assert_eq!(refused("{ \"keyferry\""), Some("not-recognised"));
}

#[test]
fn no_cell_begins_a_formula() {
    for start in ["=", "+", "-", "@", "＝", "＋", "－", "＠", " =", "\t=", "'"] {
        let mut hostile = row('a', 100);
        hostile.name = format!("{start}cmd|' /C calc'!A0");
        let line = csv_of(hostile);
        let name = line.rsplit(',').nth(1).unwrap().trim_matches('"');
        let guarded = name.starts_with('\'') || name.starts_with("⟨U+0009⟩");
        assert!(guarded, "{name}");
    }
    let past = csv_of(row('a', -5));
    assert!(past.contains(",,5,"), "{past}");
}

#[test]
fn cells_are_quoted_where_they_must_be() {
    let mut row = row('a', 100);
    row.name = "Example, \"Alice\"\r\nnext".into();
    let text = csv::write([row].into_iter());
    assert_eq!(text.matches("\r\n").count(), 2, "{text}");
    assert!(text.starts_with('\u{feff}'));
    assert!(
        text.contains("\"Example, \"\"Alice\"\"⟨U+000D⟩⟨U+000A⟩next\""),
        "{text}"
    );
}

#[test]
fn three_reminders_and_none_in_the_past() {
    let starts = |days| -> Vec<String> {
        let text = ics_of(row('a', days));
        let lines = text
            .lines()
            .filter_map(|line| line.strip_prefix("DTSTART;VALUE=DATE:"));
        lines.map(Into::into).collect()
    };
    assert_eq!(starts(100), ["20261202", "20270131", "20270223"]);
    assert_eq!(starts(30), ["20261122", "20261215"]);
    assert_eq!(starts(3), ["20261122"]);
    assert_eq!(starts(-1), [""; 0]);
    assert!(ics_of(row('a', 3)).contains("expires in 3 days"));
}

#[test]
fn lines_are_folded_and_text_is_escaped() {
    let mut hostile = row('a', 100);
    hostile.name = format!("a;b,c\\d\r\nEND:VCALENDAR\u{202e}{}", "é😀".repeat(40));
    let text = ics_of(hostile.clone());
    assert!(text.replace("\r\n", "").find(['\r', '\n']).is_none());
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let unfolded = text.replace("\r\n ", "");
    assert_eq!(unfolded.matches("\r\nEND:VCALENDAR").count(), 1);
    let name = "a\\;b\\,c\\\\d⟨U+000D⟩⟨U+000A⟩END:VCALENDAR⟨U+202E⟩é😀";
    assert!(
        unfolded.contains(&format!("SUMMARY:Certificate of {name}")),
        "{unfolded}"
    );
    // The same certificate a day later has the same identifiers.
    let uids = |text: &str| -> Vec<String> {
        text.replace("\r\n ", "")
            .lines()
            .filter(|line| line.starts_with("UID:"))
            .map(Into::into)
            .collect()
    };
    let later = ics::write([hostile].into_iter(), instant(AT) + time::Duration::days(1));
    assert_eq!(uids(&text), uids(&later));
    assert_eq!(uids(&text).len(), 3);
}
