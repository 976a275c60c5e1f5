//! Several files as one: members stored as they are, since encrypted bytes do not shrink.
//!
//! The bytes follow from the files alone: every member has the first day of DOS, and the rights of a file that its owner
//! writes and everyone reads. A name that is not ASCII has the flag for UTF-8.

use zeroize::Zeroizing;

use super::MAGIC;
use super::crc::crc32;
use super::directory::{END, END_LENGTH, HEADER_LENGTH, RECORD, RECORD_LENGTH};
use crate::base::error::Error;

/// Made on Unix, by version 1.0 of the format; the same is needed to open it.
const MADE_BY: [u8; 2] = [10, 3];
const NEEDED: u16 = 10;
/// Bit 11: the name is UTF-8.
const UTF_8: u16 = 1 << 11;
/// 1980-01-01.
const DATE: u16 = 1 << 5 | 1;
/// A file, -rw-r--r--, where Unix has it.
const RIGHTS: u32 = 0o100_644 << 16;

/// Packs files under their names.
///
/// # Errors
///
/// [`Error::Unverified`] where two have one name, or where they are more, or larger, than the format holds without ZIP64.
pub fn archive<'f>(
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let files: Vec<_> = files.into_iter().collect();
    write(&files).ok_or(Error::Unverified {
        name: "the archive".into(),
    })
}

fn write(files: &[(&str, &[u8])]) -> Option<Zeroizing<Vec<u8>>> {
    let mut names: Vec<_> = files.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    if !names.is_sorted_by(|one, other| one < other) {
        return None;
    }
    let length = |(name, bytes): &(&str, &[u8])| {
        (HEADER_LENGTH + RECORD_LENGTH + 2 * name.len()) as u64 + bytes.len() as u64
    };
    let length = END_LENGTH as u64 + files.iter().map(length).sum::<u64>();
    // All ones would mean ZIP64. No number in the archive is larger than its length.
    let length = u32::try_from(length).ok().filter(|&one| one < u32::MAX)?;
    let count = u16::try_from(files.len())
        .ok()
        .filter(|&one| one < u16::MAX)?;
    // As long as it becomes, so that no part of a key stays behind where a buffer was too short.
    let mut out = Zeroizing::new(Vec::with_capacity(length as usize));
    let mut directory = Vec::new();
    for (name, bytes) in files {
        let at = u32::try_from(out.len()).ok()?;
        let shared = shared(name, bytes)?;
        out.extend(MAGIC);
        out.extend(&shared);
        out.extend(name.as_bytes());
        out.extend_from_slice(bytes);
        directory.extend(RECORD);
        directory.extend(MADE_BY);
        directory.extend(&shared);
        // No comment, on the first disk, no attributes of its inside.
        directory.extend([0; 6]);
        directory.extend(RIGHTS.to_le_bytes());
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let at = u32::try_from(out.len()).ok()?;
    out.extend(&directory);
    out.extend(END);
    // One disk.
    out.extend([0; 4]);
    out.extend([count, count].iter().flat_map(|one| one.to_le_bytes()));
    out.extend(u32::try_from(directory.len()).ok()?.to_le_bytes());
    out.extend(at.to_le_bytes());
    // No comment.
    out.extend([0; 2]);
    Some(out)
}

/// What a local header and a record have in common.
fn shared(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let flags = if name.is_ascii() { 0 } else { UTF_8 };
    let size = u32::try_from(bytes.len()).ok()?;
    let length = u16::try_from(name.len()).ok()?;
    // The method is none, the time midnight; there are no extra fields.
    let mut shared: Vec<u8> = [NEEDED, flags, 0, 0, DATE]
        .iter()
        .flat_map(|one| one.to_le_bytes())
        .collect();
    for number in [crc32(bytes), size, size] {
        shared.extend(number.to_le_bytes());
    }
    shared.extend(length.to_le_bytes());
    shared.extend([0; 2]);
    Some(shared)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_format_does_not_hold_is_not_written() {
        let nothing: &[u8] = &[];
        assert!(archive([("a", nothing), ("b", nothing)]).is_ok());
        assert!(archive([("a", nothing), ("a", nothing)]).is_err());
        let long = "a".repeat(65_536);
        assert!(archive([(&long[1..], nothing)]).is_ok());
        assert!(archive([(&*long, nothing)]).is_err());
        let names: Vec<_> = (0..65_535).map(|number| number.to_string()).collect();
        let named = |count| names[..count].iter().map(|name| (&**name, nothing));
        assert!(archive(named(65_534)).is_ok());
        assert!(archive(named(65_535)).is_err());
    }

    #[test]
    fn the_bytes_follow_from_the_files() {
        let packed = archive([("ü", b"x".as_slice())]).expect("it fits");
        let header = b"PK\x03\x04\x0a\0\0\x08\0\0\0\0\x21\0\x83\x16\xdc\x8c\x01\0\0\0\x01\0\0\0\x02\0\0\0\xc3\xbcx";
        assert_eq!(&packed[..33], header);
        let record = b"PK\x01\x02\x0a\x03\x0a\0\0\x08\0\0\0\0\x21\0\x83\x16\xdc\x8c\x01\0\0\0\x01\0\0\0\x02\0\0\0\
            \0\0\0\0\0\0\0\0\xa4\x81\0\0\0\0\xc3\xbc";
        assert_eq!(&packed[33..81], record);
        let end = b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x30\0\0\0\x21\0\0\0\0\0";
        assert_eq!(&packed[81..], end);
    }
}
