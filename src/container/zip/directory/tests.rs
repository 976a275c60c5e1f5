//! Directories that lie, cut and moved, of an archive that our own writer made.

use super::*;
use crate::container::zip::{archive, parse};

/// Two entries, `a` and `b`.
fn two() -> Vec<u8> {
    let files: [(&str, &[u8]); 2] = [("a", b"first"), ("b", b"second")];
    archive(files).expect("two files fit").to_vec()
}

/// Where the archive of [`two`] has what, from its end: the records are 47 bytes each.
const END: usize = END_LENGTH;
const SECOND: usize = END + RECORD_LENGTH + 1;
const FIRST: usize = SECOND + RECORD_LENGTH + 1;

fn signatures(archive: &[u8]) -> Vec<usize> {
    let places = 0..archive.len();
    places
        .filter(|at| archive[*at..].starts_with(&RECORD))
        .collect()
}

/// The names and packed bytes of all entries; `None` where there is no directory, or an entry is not where it says.
fn read(archive: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let entries = entries(archive, &signatures(archive))?;
    let read = |entry: &Entry| Some((entry.name.clone(), entry.packed(archive)?.to_vec()));
    entries.iter().map(read).collect()
}

/// With other bytes so far from the end.
fn changed(mut archive: Vec<u8>, from_end: usize, bytes: &[u8]) -> Vec<u8> {
    let at = archive.len() - from_end;
    archive[at..at + bytes.len()].copy_from_slice(bytes);
    archive
}

/// The archive of [`two`] with ZIP64's end, of this many records, and the other end all ones.
fn zip64(records: u64) -> Vec<u8> {
    let mut archive = two();
    let place = archive.len() - FIRST;
    archive.truncate(archive.len() - END);
    let end = archive.len() as u64;
    archive.extend(ZIP64_END);
    archive.extend(44_u64.to_le_bytes());
    archive.extend([45, 0, 45, 0]);
    archive.extend([0; 8]);
    for number in [records, records, end - place as u64, place as u64] {
        archive.extend(number.to_le_bytes());
    }
    archive.extend(LOCATOR);
    archive.extend([0; 4]);
    archive.extend(end.to_le_bytes());
    archive.extend(1_u32.to_le_bytes());
    archive.extend(super::END);
    archive.extend([0; 4]);
    archive.extend([0xff; 12]);
    archive.extend([0; 2]);
    archive
}

fn expected() -> Option<Vec<(String, Vec<u8>)>> {
    Some(vec![
        ("a".into(), b"first".to_vec()),
        ("b".into(), b"second".to_vec()),
    ])
}

#[test]
fn bytes_around_the_archive() {
    assert_eq!(read(&two()), expected());
    let before = [b"#!/bin/sh\nPK\x03\x04".as_slice(), &two()].concat();
    assert_eq!(read(&before), expected());
    let after = [two().as_slice(), b"PK\x05\x06 and so on, which is no end"].concat();
    assert_eq!(read(&after), expected());
    let comment = [&[40, 0], [b'c'; 40].as_slice()].concat();
    let mut commented = two();
    commented.truncate(commented.len() - 2);
    commented.extend(comment);
    assert_eq!(read(&commented), expected());
    // The longest comment, and one byte too many behind the end.
    let far = |length: usize| [two(), vec![b'c'; length]].concat();
    assert_eq!(read(&far(65_535)), expected());
    assert_eq!(read(&far(65_536)), None);
}

#[test]
fn ends_that_are_short() {
    let whole = two();
    for length in 0..whole.len() {
        assert_eq!(read(&whole[..length]), None, "{length} bytes");
    }
    let comment = changed(two(), 2, &[1, 0]);
    assert_eq!(read(&comment), None, "a comment that is not there");
}

#[test]
fn directories_that_are_not_there() {
    let place = |place: u32| read(&changed(two(), 6, &place.to_le_bytes()));
    assert_eq!(place(u32::MAX - 1), None, "outside the file");
    assert_eq!(place(two().len() as u32), None, "behind the end");
    let records = |count: u8| read(&changed(two(), END - 8, &[count, 0, count, 0]));
    assert_eq!(records(3), None, "more records than there are");
    assert_eq!(records(1).map(|read| read.len()), Some(1));
    assert_eq!(records(0), Some(Vec::new()));
    for (field, name) in [(28, "name"), (30, "extra fields"), (32, "comment")] {
        let long = changed(two(), SECOND - field, &[0xff, 0xff]);
        assert_eq!(read(&long), None, "{name} longer than the directory");
    }
    assert_eq!(read(&changed(two(), END - 4, &[1, 0])), None, "disks");
    let other = changed(two(), END - 8, &[1, 0, 2, 0]);
    assert_eq!(read(&other), None, "records on another disk");
}

#[test]
fn zip64_and_what_it_may_claim() {
    assert_eq!(read(&zip64(2)), expected());
    let before = [b"in front".as_slice(), &zip64(2)].concat();
    assert_eq!(read(&before), expected());
    for records in [3, 1 << 40, u64::MAX] {
        assert_eq!(read(&zip64(records)), None, "{records} records");
    }
    let end = END + LOCATOR_LENGTH + ZIP64_END_LENGTH;
    for (field, name) in [(4, "length"), (16, "disks"), (24, "here"), (48, "place")] {
        for byte in [0x7f, 0xff] {
            let absurd = changed(zip64(2), end - field, &[byte; 8]);
            assert_eq!(read(&absurd), None, "{name} of {byte:#x}");
        }
    }
    let locator = END + LOCATOR_LENGTH;
    for (field, name) in [(4, "disk"), (8, "place"), (16, "disks")] {
        let absurd = changed(zip64(2), locator - field, &[0xff; 4]);
        assert_eq!(read(&absurd), None, "{name} in the locator");
    }
    // Without an extra field, all ones is what it says: no header is there.
    let nowhere = changed(two(), SECOND - 42, &[0xff; 4]);
    assert_eq!(read(&nowhere), None);
}

#[test]
fn extra_fields_and_names() {
    let record = |name: &[u8], fields: &[u8]| {
        let mut record = RECORD.to_vec();
        record.extend([0; 16]);
        record.extend([0xff; 8]);
        record.extend((name.len() as u16).to_le_bytes());
        record.extend((fields.len() as u16).to_le_bytes());
        record.extend([0; 10]);
        record.extend([0xff; 4]);
        [&record, name, fields].concat()
    };
    let parsed = |name: &[u8], fields: &[u8], moved: u64| {
        let record = record(name, fields);
        let entry = Entry::parse(&record, moved)?;
        Some((entry.name, entry.size, entry.packed, entry.header))
    };
    let name_of = |name: &[u8], fields: &[u8]| parsed(name, fields, 0).map(|entry| entry.0);
    assert_eq!(name_of("日本".as_bytes(), &[]).as_deref(), Some("日本"));
    assert_eq!(
        name_of(b"gr\x81n \xe1\xff", &[]).as_deref(),
        Some("grün ß\u{a0}")
    );

    let sizes = |length: u8, bytes: u8| {
        let mut field = vec![1, 0, length, 0];
        field.extend((0..length).map(|at| if at % 8 == 0 { bytes + at / 8 } else { 0 }));
        field
    };
    let read = parsed(b"a", &sizes(24, 7), 1);
    assert_eq!(read, Some(("a".into(), 7, 8, 10)));
    assert_eq!(parsed(b"a", &sizes(16, 7), 0), None, "the place is missing");
    assert_eq!(parsed(b"a", &sizes(24, 7)[..20], 0), None, "cut");
    let absurd = [&[1, 0, 24, 0], [0xff; 24].as_slice()].concat();
    assert_eq!(parsed(b"a", &absurd, 1), None, "a place that nothing has");
    // As many bytes as no field has fill a record up.
    assert!(parsed(b"a", &[0; 3], 0).is_some());

    let path = |crc: u32, path: &[u8]| {
        let mut field = vec![0x75, 0x70, 5 + path.len() as u8, 0, 1];
        field.extend(crc.to_le_bytes());
        [&field, path].concat()
    };
    let crc = crc32(b"gr?n");
    for (field, name) in [
        (path(crc, "grün".as_bytes()), "grün"),
        (path(crc ^ 1, "grün".as_bytes()), "gr?n"),
        (path(crc, b"gr\xfcn"), "gr?n"),
        (vec![0x75, 0x70, 1, 0, 1], "gr?n"),
    ] {
        assert_eq!(name_of(b"gr?n", &field).as_deref(), Some(name));
    }
}

#[test]
fn headers_that_differ_from_their_records() {
    // Only the lengths count: the header's name is a byte longer, and the packed bytes begin one later.
    let mut longer = two();
    longer[26] = 2;
    let read_longer = read(&longer).expect("the directory is whole");
    assert_eq!(read_longer[0], ("a".into(), b"irstP".to_vec()));
    let mut renamed = two();
    renamed[HEADER_LENGTH] = b'z';
    assert_eq!(read(&renamed), expected());
    let mut without = two();
    without[3] = 5;
    assert_eq!(read(&without), None);
    let error = parse(&without).err().map(|error| error.to_string());
    assert!(error.is_some_and(|error| error.contains("not where the directory says")));
    // A size beyond the file's end gives what is there.
    let large = changed(two(), SECOND - 20, &[0xff, 0xff, 0xff, 0]);
    let rest = read(&large).expect("the directory is whole")[1].1.len();
    assert_eq!(rest, b"second".len() + FIRST);
}

#[test]
fn entries_over_each_other() {
    let over = changed(two(), SECOND - 42, &[0; 4]);
    let read = read(&over).expect("both have a header");
    // Its size is its record's, its bytes are the other's.
    assert_eq!(read[1], ("b".into(), b"firstP".to_vec()));
    let error = parse(&over).err().map(|error| error.to_string());
    assert!(error.is_some_and(|error| error.contains("checksum")));
}
