//! PBMAC1 (RFC 8018, 7.1, and RFC 9579 for PKCS#12): a MAC whose key comes of a password.
//!
//! ```text
//! SEQUENCE { id-PBMAC1, SEQUENCE { keyDerivationFunc, messageAuthScheme } }
//! ```

use super::{PBMAC1, Problem, read_kdf, unsupported};
use serde_json::json;

use crate::asn1::ber::{self, Node};
use crate::base::error::{Error, Reason};
use crate::base::format::Format;
use crate::crypto::digest::Digest;
use crate::crypto::kdf::Kdf;

/// How a check value is computed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pbmac1 {
    /// How the key is derived.
    pub(crate) kdf: Kdf,
    /// Bytes of the key.
    pub(crate) length: usize,
    /// The digest under HMAC.
    pub(crate) digest: Digest,
}

impl Pbmac1 {
    /// Least bytes of a key, RFC 9579, section 9: with a key of one byte one file in 256 that somebody changed would pass.
    const SHORTEST_KEY: usize = 20;
    /// Most bytes of a key. The RFC has no limit; this one lies beyond the longest that is known of and costs nothing.
    const LONGEST_KEY: usize = 1024;

    /// Reads the AlgorithmIdentifier, if it is of PBMAC1.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] where the key's length is not stated, which RFC 9579, section 4, asks for;
    /// [`Error::UnsupportedForm`] where it is too short to guard anything.
    pub(crate) fn parse(algorithm: &Node<'_>, what: Format) -> Result<Option<Self>, Error> {
        let read = || -> Result<_, Problem> {
            let mut parts = algorithm.sequence()?;
            if parts.next()?.oid()? != PBMAC1 {
                return Ok(None);
            }
            let mut parts = parts.next()?.sequence()?;
            let (kdf, length) = read_kdf(parts.next()?)?;
            let oid = parts.next()?.sequence()?.next()?.oid()?;
            let digest = Digest::of_hmac_oid(oid).ok_or_else(|| unsupported(oid))?;
            let length = length.ok_or(ber::Fault::Malformed("mac-key-missing"))?;
            let sizes = Self::SHORTEST_KEY..=Self::LONGEST_KEY;
            let fitting = usize::try_from(length).ok();
            let Some(fitting) = fitting.filter(|length| sizes.contains(length)) else {
                let data = json!({ "length": length, "shortest": Self::SHORTEST_KEY, "longest": Self::LONGEST_KEY });
                let detail = Reason::with("mac-key-length", data);
                return Err(Error::UnsupportedForm {
                    what: Some(what),
                    detail,
                }
                .into());
            };
            Ok(Some(Self {
                kdf,
                length: fitting,
                digest,
            }))
        };
        read().map_err(|problem| match problem {
            Problem::Fault(fault) => fault.of(what),
            Problem::Error(error) => error,
        })
    }
}
