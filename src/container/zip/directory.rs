//! The entries of an archive: APPNOTE.TXT, sections 4.3 to 4.5, and Info-ZIP's Unicode path. Every number is little-endian.
//!
//! ```text
//! local header   "PK" 3 4  …  lengths of name (26) and extra fields (28), both (30), packed bytes
//! record         "PK" 1 2  …  flags (8), method (10), time (12), CRC-32 (16), size packed (20) and unpacked (24),
//!                lengths of name (28), extra fields (30) and comment (32), where its header is (42), the three (46)
//! ZIP64's end    "PK" 6 6, length of what follows (4), disk (16) and that of the directory (20), records on it (24) and
//!                in all (32), the directory's size (40) and place (48)
//! its locator    "PK" 6 7, disk (4) and place (8) of ZIP64's end, how many disks (16)
//! end            "PK" 5 6, disk (4) and that of the directory (6), records on it (8) and in all (10), the directory's
//!                size (12) and place (16), length of the comment (20), comment (22)
//! extra field    id, length, body
//! ```
//!
//! Traps: the end has no fixed place, and a comment or an archive that lies stored in this one has such signatures too, so
//! the last that fits the rest counts. What stands in front of an archive, as in one that extracts itself, moves every
//! place, and nothing says how far. A number of all ones stands in ZIP64's fields instead, if there are any. Of the header
//! that an entry has beside its record only the lengths count: they differ, and a stream writes sizes behind the bytes.
//!
//! The crate rawzip 0.5.2 reads the same, but takes the last signature of an end even where it lies in the archive's comment,
//! and does not find the directory of a ZIP64 archive with bytes in front. The names' encodings, the extra fields and the limits
//! would stay here in any case.

use super::MAGIC;
use super::crc::crc32;
use crate::base::cp437;

/// The signature of a record.
pub(super) const RECORD: [u8; 4] = *b"PK\x01\x02";

/// The signature of the end.
pub(super) const END: [u8; 4] = *b"PK\x05\x06";
const LOCATOR: &[u8] = b"PK\x06\x07";
const ZIP64_END: &[u8] = b"PK\x06\x06";

/// Bytes of the end without its comment.
pub(super) const END_LENGTH: usize = 22;
const LOCATOR_LENGTH: usize = 20;
/// Bytes of ZIP64's end without what later versions have at its end.
const ZIP64_END_LENGTH: usize = 56;
/// Bytes of a record without name, extra fields and comment.
pub(super) const RECORD_LENGTH: usize = 46;
/// Bytes of a local header without name and extra fields.
pub(super) const HEADER_LENGTH: usize = 30;

/// Extra fields: sizes and places of more than 32 bits, a name in UTF-8, WinZip's AE-1 and AE-2.
const ZIP64: u16 = 0x0001;
const UNICODE_PATH: u16 = 0x7075;
const AES: u16 = 0x9901;

/// What a record of the directory says of an entry; all of it is a claim.
pub(super) struct Entry<'a> {
    pub(super) name: String,
    pub(super) flags: u16,
    pub(super) method: u16,
    /// When it was changed, in DOS's two seconds.
    pub(super) time: u16,
    /// CRC-32 of what it unpacks to.
    pub(super) checksum: u32,
    /// Bytes that it unpacks to.
    pub(super) size: u64,
    /// The extra field of AE-1 and AE-2.
    pub(super) aes: Option<&'a [u8]>,
    packed: u64,
    header: u64,
}

/// The entries of an archive, whose bytes have the signature of a record at these places; `None` where it has no directory.
pub(super) fn entries<'a>(archive: &'a [u8], signatures: &[usize]) -> Option<Vec<Entry<'a>>> {
    let last = archive.len().checked_sub(END_LENGTH)?;
    let first = last.saturating_sub(u16::MAX.into());
    for at in (first..=last).rev() {
        let Some(directory) = Directory::of_end(archive, at, signatures) else {
            continue;
        };
        match directory.records(archive) {
            Some(records) => {
                let entry = |record| Entry::parse(record, directory.moved);
                return records.into_iter().map(entry).collect();
            }
            // What has a directory right before it is the end, whatever is wrong with it; another would be of another archive.
            None if directory.start.checked_add(directory.size) == Some(directory.end) => {
                return None;
            }
            None => {}
        }
    }
    None
}

/// Where the directory is.
struct Directory {
    start: u64,
    size: u64,
    /// Where what follows it begins.
    end: u64,
    records: u64,
    /// How many bytes stand in front of the archive.
    moved: u64,
}

impl Directory {
    /// As the end says that may begin here.
    fn of_end(archive: &[u8], at: usize, signatures: &[usize]) -> Option<Self> {
        let end = archive.get(at..)?;
        if !end.starts_with(&END) || end.len() < END_LENGTH + usize::from(u16_at(end, 20)?) {
            return None;
        }
        let (records, size, place) = (u16_at(end, 10)?, u32_at(end, 12)?, u32_at(end, 16)?);
        if (records == u16::MAX || size == u32::MAX || place == u32::MAX)
            && let Some(locator) = at.checked_sub(LOCATOR_LENGTH)
            && archive.get(locator..)?.starts_with(LOCATOR)
        {
            return Self::of_locator(archive, locator);
        }
        let disks = u32_at(end, 4)?;
        if disks != 0 || u16_at(end, 8)? != records {
            return None;
        }
        let (size, place) = (u64::from(size), u64::from(place));
        let end = at as u64;
        // Right before the end, if a record is there; or else wherever the first one is.
        let is_record = |start: &u64| {
            *start >= place && signatures.iter().any(|record| *record as u64 == *start)
        };
        let start = end.checked_sub(size).filter(is_record).or_else(|| {
            let mut places = signatures.iter().map(|record| *record as u64);
            places.find(|record| (place..end).contains(record))
        });
        let start = match records {
            0 => Some(end).filter(|end| *end >= place),
            _ => start,
        }?;
        Some(Self {
            start,
            size,
            end,
            records: records.into(),
            moved: start - place,
        })
    }

    /// As ZIP64's end says, to which a locator leads.
    fn of_locator(archive: &[u8], locator: usize) -> Option<Self> {
        let place = u64_at(archive, locator + 8)?;
        if u32_at(archive, locator + 4)? != 0 || u32_at(archive, locator + 16)? > 1 {
            return None;
        }
        // Where the locator says, or, with bytes in front of the archive, right before the locator.
        let said = usize::try_from(place).ok();
        let before = locator.checked_sub(ZIP64_END_LENGTH);
        [said, before].into_iter().flatten().find_map(|at| {
            let end = archive.get(at..locator)?;
            let whole = end.len() >= ZIP64_END_LENGTH && u64_at(end, 4)? == end.len() as u64 - 12;
            let (records, disks) = (u64_at(end, 32)?, u64_at(end, 16)?);
            if !end.starts_with(ZIP64_END) || !whole || disks != 0 || u64_at(end, 24)? != records {
                return None;
            }
            let moved = (at as u64).checked_sub(place)?;
            Some(Self {
                start: u64_at(end, 48)?.checked_add(moved)?,
                size: u64_at(end, 40)?,
                end: at as u64,
                records,
                moved,
            })
        })
    }

    /// The records, each of its whole length; `None` where one is missing.
    fn records<'a>(&self, archive: &'a [u8]) -> Option<Vec<&'a [u8]>> {
        let start = usize::try_from(self.start).ok()?;
        let mut rest = archive.get(start..usize::try_from(self.end).ok()?)?;
        let mut records = Vec::new();
        for _ in 0..self.records {
            let lengths = [u16_at(rest, 28)?, u16_at(rest, 30)?, u16_at(rest, 32)?];
            let length = RECORD_LENGTH + lengths.into_iter().map(usize::from).sum::<usize>();
            let (record, next) = rest.split_at_checked(length)?;
            records.push(Some(record).filter(|record| record.starts_with(&RECORD))?);
            rest = next;
        }
        Some(records)
    }
}

impl<'a> Entry<'a> {
    fn parse(record: &'a [u8], moved: u64) -> Option<Self> {
        let (fixed, rest) = record.split_at_checked(RECORD_LENGTH)?;
        let (name, rest) = rest.split_at_checked(u16_at(fixed, 28)?.into())?;
        let mut fields = rest.get(..u16_at(fixed, 30)?.into())?;
        let mut entry = Self {
            name: text_of(name),
            flags: u16_at(fixed, 8)?,
            method: u16_at(fixed, 10)?,
            time: u16_at(fixed, 12)?,
            checksum: u32_at(fixed, 16)?,
            size: u32_at(fixed, 24)?.into(),
            aes: None,
            packed: u32_at(fixed, 20)?.into(),
            header: u32_at(fixed, 42)?.into(),
        };
        // Fewer bytes than a field's head fill a record up.
        while let (Some(id), Some(length)) = (u16_at(fields, 0), u16_at(fields, 2)) {
            let (field, next) = fields.split_at_checked(4 + usize::from(length))?;
            entry.take(id, field.get(4..)?, name)?;
            fields = next;
        }
        entry.header = entry.header.checked_add(moved)?;
        Some(entry)
    }

    fn take(&mut self, id: u16, mut body: &'a [u8], name: &[u8]) -> Option<()> {
        match id {
            ZIP64 => {
                let values = [&mut self.size, &mut self.packed, &mut self.header];
                for value in values
                    .into_iter()
                    .filter(|one| **one == u64::from(u32::MAX))
                {
                    let (first, next) = body.split_first_chunk()?;
                    *value = u64::from_le_bytes(*first);
                    body = next;
                }
            }
            // The check value is of the name that it stands for: programs that do not know the field rename the entry alone.
            UNICODE_PATH if u32_at(body, 1) == Some(crc32(name)) => {
                if let Ok(path) = str::from_utf8(body.get(5..)?) {
                    self.name = path.to_owned();
                }
            }
            AES => _ = self.aes.get_or_insert(body),
            _ => {}
        }
        Some(())
    }

    /// The bytes as they lie in the archive; `None` where no header is in front of them. What is claimed beyond the
    /// archive's end is not there, and the check value tells.
    pub(super) fn packed(&self, archive: &'a [u8]) -> Option<&'a [u8]> {
        let header = archive.get(usize::try_from(self.header).ok()?..)?;
        let lengths = [u16_at(header, 26)?, u16_at(header, 28)?];
        if !header.starts_with(&MAGIC) {
            return None;
        }
        let start = HEADER_LENGTH + lengths.into_iter().map(usize::from).sum::<usize>();
        let rest = header.get(start..).unwrap_or_default();
        let length = usize::try_from(self.packed).unwrap_or(usize::MAX);
        Some(rest.get(..length).unwrap_or(rest))
    }
}

/// UTF-8 where it is that, whether a flag says so or not: packers leave the flag out. Else what DOS had.
fn text_of(name: &[u8]) -> String {
    str::from_utf8(name).map_or_else(|_| cp437::text(name), str::to_owned)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

#[cfg(test)]
mod tests;
