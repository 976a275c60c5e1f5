//! What is neither text nor archive, so that it can also stand in a PEM block, in base64, or behind another file.

use std::sync::Arc;

use crate::asn1::ber::Node;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::container::parsed::Parsed;
use crate::format::crl::Crl;
use crate::format::{bcfks, bks, cms, jks, openssh, pkcs8, pkcs12, public_key};
use crate::model::certificate::Certificate;
use crate::model::private_key::PrivateKey;
use crate::model::store::{Contents, Item, Value};

/// Bytes of one format, with the structure that was read to tell which: it is handed on, and not read again.
pub(crate) enum Binary<'a> {
    Bcfks(Node<'a>),
    Bks(&'a [u8]),
    Certificate(Node<'a>),
    Cms(Node<'a>),
    /// Without a tree: a list may have more entries than a tree may have nodes.
    Crl(Crl<'a>),
    EncryptedPkcs8(Node<'a>),
    Jceks(&'a [u8]),
    Jks(&'a [u8]),
    OpenSsh(&'a [u8]),
    OpenSshPublic(&'a [u8]),
    Pkcs10(Node<'a>),
    Pkcs12(Node<'a>),
    PrivateKey(Node<'a>),
    PublicKey(Node<'a>),
    Uber(&'a [u8]),
}

impl<'a> Binary<'a> {
    /// Which format it is.
    pub(crate) fn format(&self) -> Format {
        match self {
            Self::Bcfks(_) => Format::Bcfks,
            Self::Bks(_) => Format::Bks,
            Self::Certificate(_) => Format::Certificate,
            Self::Cms(_) => Format::Cms,
            Self::Crl(_) => Format::Crl,
            Self::EncryptedPkcs8(_) => Format::EncryptedPkcs8,
            Self::Jceks(_) => Format::Jceks,
            Self::Jks(_) => Format::Jks,
            Self::OpenSsh(_) => Format::OpenSsh,
            Self::OpenSshPublic(_) | Self::PublicKey(_) => Format::PublicKey,
            Self::Pkcs10(_) => Format::Pkcs10,
            Self::Pkcs12(_) => Format::Pkcs12,
            Self::PrivateKey(_) => Format::PrivateKey,
            Self::Uber(_) => Format::Uber,
        }
    }

    /// The bytes that are its own; DER says where it ends, the others take all there is.
    pub(crate) fn bytes(&self) -> &'a [u8] {
        match self {
            Self::Bcfks(node)
            | Self::Certificate(node)
            | Self::Cms(node)
            | Self::EncryptedPkcs8(node)
            | Self::Pkcs10(node)
            | Self::Pkcs12(node)
            | Self::PrivateKey(node)
            | Self::PublicKey(node) => node.raw,
            Self::Bks(bytes)
            | Self::Jceks(bytes)
            | Self::Jks(bytes)
            | Self::OpenSsh(bytes)
            | Self::OpenSshPublic(bytes)
            | Self::Uber(bytes) => bytes,
            Self::Crl(crl) => crl.der(),
        }
    }

    /// Reads what its structure says.
    ///
    /// # Errors
    ///
    /// Those of the format's reader.
    pub(crate) fn parse(&self) -> Result<Parsed, Error> {
        let value = match self {
            Self::Bcfks(node) => return bcfks::Keystore::parse(node).map(Parsed::locked),
            Self::Bks(bytes) => return bks::Keystore::parse(bytes).map(Parsed::locked),
            Self::Certificate(node) => {
                Value::Certificate(Arc::new(Certificate::parse_node(node)?.well_written()?))
            }
            Self::Cms(node) => return cms::parse(node).map(Parsed::Open),
            Self::Crl(crl) => Value::Crl(crl.dated()?.der().into()),
            Self::EncryptedPkcs8(node) => {
                return pkcs8::EncryptedKey::parse(node).map(Parsed::locked);
            }
            Self::Jceks(bytes) | Self::Jks(bytes) => {
                return jks::Keystore::parse(bytes).map(Parsed::locked);
            }
            Self::OpenSsh(bytes) => return openssh::Keyfile::parse(bytes).map(Parsed::locked),
            Self::OpenSshPublic(bytes) => Value::PublicKey(openssh::public_key(bytes)?),
            Self::Pkcs10(node) => Value::Request(node.raw.to_vec()),
            Self::Pkcs12(node) => return pkcs12::Pfx::parse(node).map(Parsed::locked),
            Self::PrivateKey(node) => Value::PrivateKey(Arc::new(PrivateKey::parse_node(node)?)),
            Self::PublicKey(node) => Value::PublicKey(public_key::parse(node)),
            Self::Uber(bytes) => return bks::Uber::parse(bytes).map(Parsed::locked),
        };
        Ok(Parsed::Open(Contents::of(vec![Item::new(value)])))
    }
}
