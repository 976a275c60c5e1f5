//! ZIP archives, as CAs mail them: PKWARE's APPNOTE.TXT.
//!
//! ```text
//! (local header ‖ packed bytes)*  record of the directory*  end
//! ```
//!
//! The [`directory`] says what there is. Each entry is opened in place and is a part of the file, under its name in
//! messages; folders and unrelated files are passed over; those that are locked wait in [`locked`]. Traps: every size in an
//! archive is a claim. So the entries are counted before the directory is read, the bytes are counted while they are
//! unpacked, and an archive inside an archive is refused. Office documents are archives too.
//!
//! The crate `zip` does all this and much more, and was 50 KB of the page, so this is our own.

mod crc;
mod directory;
mod locked;
mod writer;

pub use writer::archive;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use zeroize::Zeroizing;

use self::directory::RECORD;
use self::locked::{LockedEntries, LockedEntry};
use serde_json::json;

use crate::base::error::{Error, Finding, Reason, Severity};
use crate::base::format::Format;
use crate::container::parsed::Parsed;
use crate::container::parts::Parts;
use crate::container::recognise::{self, Recognised};

/// What the format is called in a message.
pub(crate) const WHAT: Format = Format::Zip;
/// The signature of a local file header.
pub(crate) const MAGIC: [u8; 4] = *b"PK\x03\x04";

/// Methods of packing: none, and the one that all packers have.
const STORED: u16 = 0;
const DEFLATE: u16 = 8;
/// Bit 0 of an entry's flags.
const ENCRYPTED: u16 = 1;

/// Most entries of an archive.
const ENTRY_LIMIT: usize = 1_000;
/// Most bytes that all entries together unpack to.
const UNPACKED_LIMIT: u64 = 64 << 20;
const TOO_LARGE: Error = Error::TooLarge {
    limit: UNPACKED_LIMIT,
};
const NOTHING_INSIDE: Error = Error::NotRecognised {
    looks_like: "archive-without",
};

/// Reads the entries.
///
/// # Errors
///
/// [`Error::TooComplex`] and [`Error::TooLarge`] past the limits; [`Error::NotRecognised`] where no entry is a file of
/// ours; the error of the first that is one and cannot be read, where none can.
pub(crate) fn parse(bytes: &[u8]) -> Result<Parts, Error> {
    // A record of the directory for each entry; the figure in the archive's end is a claim.
    let windows = bytes.windows(RECORD.len()).enumerate();
    let signatures: Vec<_> = windows
        .filter_map(|(at, window)| (*window == RECORD).then_some(at))
        .take(ENTRY_LIMIT + 1)
        .collect();
    if signatures.len() > ENTRY_LIMIT {
        return Err(Error::TooComplex {
            limit: "archive-entries",
        });
    }
    if signatures.is_empty() {
        return Err(Error::Truncated { what: Some(WHAT) });
    }
    let entries = directory::entries(bytes, &signatures).ok_or_else(|| damaged("zip-directory"))?;
    let mut parts = Parts::default();
    let mut locked = LockedEntries::default();
    let mut passed_over = Vec::new();
    let mut room = UNPACKED_LIMIT;
    for entry in entries {
        let packed = entry
            .packed(bytes)
            .ok_or_else(|| damaged("zip-entry-place"))?;
        let name = entry.name.clone();
        if is_office(&name) {
            return Err(Error::NotRecognised {
                looks_like: "office",
            });
        }
        if name.ends_with(['/', '\\']) || name.starts_with("__MACOSX/") {
            continue;
        }
        if entry.flags & ENCRYPTED != 0 {
            // What it unpacks to is known later, so the room that it claims is kept for it.
            room = room.checked_sub(entry.size).ok_or(TOO_LARGE)?;
            match LockedEntry::parse(&entry, packed) {
                Ok(entry) => locked.push(entry, bytes.len())?,
                Err(error) => parts.push(Some(name), Err(error))?,
            }
            continue;
        }
        let unpacked = match unpack(packed, entry.method, Some(entry.checksum), room) {
            Err(error @ Error::TooLarge { .. }) => return Err(error),
            unpacked => unpacked,
        };
        if let Ok(unpacked) = &unpacked {
            room -= unpacked.len() as u64;
        }
        match unpacked.and_then(|unpacked| parse_entry(&unpacked)) {
            Err(Error::NotRecognised { .. }) => passed_over.push(name),
            found => parts.push(Some(name), found)?,
        }
    }
    if !passed_over.is_empty() {
        parts.note(note(&passed_over));
    }
    if let Some(locked) = locked.beside(&parts) {
        parts.push(None, Ok(Parsed::locked(locked)))?;
    }
    parts.finish(NOTHING_INSIDE)
}

/// Reads the structure of what an entry unpacked to.
fn parse_entry(unpacked: &[u8]) -> Result<Parsed, Error> {
    match recognise::find(unpacked)? {
        Recognised::Zip(_) => Err(Error::UnsupportedForm {
            what: Some(WHAT),
            detail: "zip-nested".into(),
        }),
        found => found.parse(),
    }
}

fn damaged(detail: &'static str) -> Error {
    Error::Damaged {
        what: Some(WHAT),
        detail: detail.into(),
    }
}

fn changed() -> Error {
    damaged("zip-checksum")
}

/// Parts of every office document: those of Microsoft, and those of OpenDocument.
fn is_office(name: &str) -> bool {
    matches!(name, "[Content_Types].xml" | "META-INF/manifest.xml")
}

fn note(names: &[String]) -> Finding {
    let (shown, more) = names.split_at(names.len().min(5));
    let code = match more {
        [] => "entries-passed-over",
        _ => "entries-passed-over.more",
    };
    let data = serde_json::json!({ "names": names, "shown": shown, "more": more.len() });
    Finding::new(Severity::Info, code, data)
}

/// The bytes of an entry, counted as they come; held against a check value, where there is one.
fn unpack(
    packed: &[u8],
    method: u16,
    checksum: Option<u32>,
    room: u64,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let unpacked = match method {
        STORED if packed.len() as u64 > room => return Err(TOO_LARGE),
        STORED => Zeroizing::new(packed.to_vec()),
        DEFLATE => {
            let room = usize::try_from(room).unwrap_or(usize::MAX);
            inflate(packed, room)?.ok_or(TOO_LARGE)?
        }
        other => {
            return Err(Error::UnsupportedForm {
                what: Some(WHAT),
                detail: Reason::with("zip-method", json!({ "method": method_name(other) })),
            });
        }
    };
    match checksum.is_none_or(|checksum| crc::crc32(&unpacked) == checksum) {
        true => Ok(unpacked),
        false => Err(changed()),
    }
}

/// What a method of packing is called (section 4.4.5).
fn method_name(method: u16) -> &'static str {
    match method {
        1 => "Shrink",
        2 => "Reduce(1)",
        3 => "Reduce(2)",
        4 => "Reduce(3)",
        5 => "Reduce(4)",
        6 => "Implode",
        9 => "Deflate64",
        12 => "Bzip2",
        14 => "Lzma",
        93 => "Zstd",
        95 => "Xz",
        98 => "Ppmd",
        locked::AES => "Aes",
        _ => "Unknown",
    }
}

/// RFC 1951; `None` where it gives more than there is room for. The buffer grows with what comes, and leaves nothing behind.
fn inflate(packed: &[u8], room: usize) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
    let mut state = Box::<DecompressorOxide>::default();
    let mut out = Zeroizing::new(vec![0; packed.len().saturating_mul(4).max(1024).min(room)]);
    let (mut taken, mut given) = (0, 0);
    loop {
        let (status, read, written) = decompress(
            &mut state,
            packed.get(taken..).unwrap_or_default(),
            &mut out,
            given,
            TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
        );
        taken += read;
        given += written;
        match status {
            TINFLStatus::Done => {
                out.truncate(given);
                return Ok(Some(out));
            }
            TINFLStatus::HasMoreOutput if out.len() < room => {
                let mut larger = Zeroizing::new(vec![0; (2 * out.len()).min(room)]);
                larger
                    .iter_mut()
                    .zip(&*out)
                    .for_each(|(to, from)| *to = *from);
                out = larger;
            }
            TINFLStatus::HasMoreOutput => return Ok(None),
            _ => return Err(damaged("zip-unpack")),
        }
    }
}
