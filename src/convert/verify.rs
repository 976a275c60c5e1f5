//! Every written file is read back as any other, with its new passwords, and compared with what went in.

use base64ct::{Base64, Encoding as _};
use zeroize::Zeroizing;

use super::options::ConversionOptions;
use super::plan::Planned;
use super::source::Source;
use crate::base::error::Error;
use crate::container::recognise;
use crate::crypto::kdf::{Keys, Stop};
use crate::model::store::{Contents, EntryKind, Item, Store, Value};
use crate::target::api;
use crate::target::output::{Encoding, OutputFormat};

/// Whether a file holds what went into it, and nothing else.
///
/// # Errors
///
/// [`Stop::Derive`] while keys are wanted; [`Error::Unverified`].
pub(super) fn verify(
    planned: &Planned,
    bytes: &[u8],
    sources: &[Source],
    options: &ConversionOptions,
    keys: &mut Keys,
) -> Result<(), Stop> {
    let source = planned.source(sources)?;
    let same = match planned.file.format {
        OutputFormat::AnaplanToken { .. } => source
            .chain
            .first()
            .is_some_and(|leaf| api::holds(bytes, leaf)),
        OutputFormat::SecretKey {
            encoding: Encoding::Der | Encoding::Pem,
        } => source
            .secret
            .as_ref()
            .is_some_and(|secret| secret.bytes.expose() == bytes),
        OutputFormat::SecretKey {
            encoding: Encoding::Base64,
        } => {
            let text = std::str::from_utf8(bytes).unwrap_or_default().trim_end();
            let read = Base64::decode_vec(text).map(Zeroizing::new);
            source.secret.as_ref().is_some_and(|secret| {
                read.is_ok_and(|read| secret.bytes.expose() == read.as_slice())
            })
        }
        format => {
            let passwords = [
                options.password.duplicate(),
                options.over_keys().duplicate(),
            ];
            let (_, parsed) = recognise::parse(bytes)?;
            let contents = parsed?.unlock(&passwords, keys)?;
            let went_in = Contents::of(expected(planned, sources));
            contents.locked.is_empty()
                && equal(
                    &Store::of(&[(0, &contents)]),
                    &Store::of(&[(0, &went_in)]),
                    format,
                )
        }
    };
    match same {
        true => Ok(()),
        false => Err(Error::Unverified {
            name: planned.file.name.clone().into_owned(),
        }
        .into()),
    }
}

/// What the file must hold, as a reader would report it.
fn expected(planned: &Planned, sources: &[Source]) -> Vec<Item> {
    let format = planned.file.format;
    let mut items = Vec::new();
    for source in planned.sources(sources) {
        let mut add = |alias: Option<&str>, trusted, value| {
            items.push(Item {
                alias: alias.map(str::to_owned),
                trusted,
                ..Item::new(value)
            });
        };
        let alias = Some(source.alias.as_str());
        match (&source.key, format) {
            (Some(key), format) if format.takes_key() => {
                add(alias, false, Value::PrivateKey(key.clone()));
                let certificates = format.certificates().map(|part| source.certificates(part));
                for link in certificates.unwrap_or_default() {
                    add(None, false, Value::Certificate(link.clone()));
                }
            }
            (_, OutputFormat::PublicKey { .. }) => {
                let spki = source.public_key.clone().unwrap_or_default();
                add(None, false, Value::PublicKey(spki));
            }
            (_, format) => {
                let certificates = format.certificates().map(|part| source.certificates(part));
                for link in certificates.unwrap_or_default() {
                    add(
                        alias,
                        format.is_keystore(),
                        Value::Certificate(link.clone()),
                    );
                }
            }
        }
    }
    items
}

/// The same entries in the same order; aliases count where the format keeps them.
fn equal(read: &Store, went_in: &Store, format: OutputFormat) -> bool {
    let alias = |alias: &Option<String>| match format {
        OutputFormat::Java { .. } => alias.as_deref().map(str::to_lowercase),
        format if format.is_keystore() => alias.clone(),
        _ => None,
    };
    read.entries.len() == went_in.entries.len()
        && read
            .entries
            .iter()
            .zip(&went_in.entries)
            .all(|(one, other)| {
                alias(&one.alias) == alias(&other.alias) && same(&one.kind, &other.kind)
            })
}

fn same(one: &EntryKind, other: &EntryKind) -> bool {
    match (one, other) {
        (EntryKind::Certificate(one), EntryKind::Certificate(other)) => one == other,
        (
            EntryKind::PrivateKey { key, chain },
            EntryKind::PrivateKey {
                key: other_key,
                chain: other_chain,
            },
        ) => key == other_key && chain == other_chain,
        (EntryKind::PublicKey(one), EntryKind::PublicKey(other)) => one == other,
        _ => false,
    }
}
