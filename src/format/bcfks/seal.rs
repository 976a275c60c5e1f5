//! PBES2 (RFC 8018) as BCFKS has it: other ciphers than the rest of the world's, and a key of the password and a purpose.

use super::{Purpose, WHAT};
use crate::asn1::ber::{self, INTEGER, Node, OCTET_STRING, oids};
use crate::base::error::Error;
use crate::base::secret::{Password, SecretDer};
use crate::crypto::cipher::{ccm, unwrap_aes256};
use crate::crypto::kdf::{Kdf, KdfJob, Keys, Stop};
use crate::crypto::pbe;

oids! {
    /// id-aes256-CCM
    AES256_CCM = 9: 2 16 840 1 101 3 4 1 47;
    /// id-aes256-wrap-pad
    AES256_WRAP_PAD = 9: 2 16 840 1 101 3 4 1 48;
}

const KEY: usize = 32;

/// Something sealed.
pub(super) struct Seal {
    kdf: Kdf,
    cipher: Cipher,
    data: Vec<u8>,
}

enum Cipher {
    Ccm { nonce: Vec<u8>, tag: usize },
    WrapPad,
}

impl Seal {
    /// Reads SEQUENCE { AlgorithmIdentifier, OCTET STRING }.
    ///
    /// # Errors
    ///
    /// [`Error::UnsupportedAlgorithm`] for a scheme that BouncyCastle does not seal with either.
    pub(super) fn parse(node: &Node<'_>) -> Result<Self, Error> {
        let (algorithm, data) = (|| -> ber::Result<_> {
            let mut parts = node.sequence()?;
            Ok((parts.next()?, parts.next()?.octets()?.into_owned()))
        })()
        .map_err(|fault| fault.of(WHAT))?;
        let (scheme, function, encryption) = (|| -> ber::Result<_> {
            let mut parts = algorithm.sequence()?;
            let scheme = parts.next()?.oid()?;
            if scheme != pbe::PBES2 {
                return Ok((scheme, None, None));
            }
            let mut parts = parts.next()?.sequence()?;
            Ok((scheme, Some(parts.next()?), Some(parts.next()?)))
        })()
        .map_err(|fault| fault.of(WHAT))?;
        let (Some(function), Some(encryption)) = (function, encryption) else {
            return Err(pbe::unsupported_algorithm(scheme));
        };
        let cipher = Cipher::parse(encryption)?;
        let (kdf, length) = pbe::key_derivation(function, WHAT)?;
        if length.is_some_and(|length| length != KEY as u64) {
            return Err(Error::Damaged {
                what: Some(WHAT),
                detail: "key-length".into(),
            });
        }
        Ok(Self { kdf, cipher, data })
    }

    pub(super) fn cost(&self) -> u64 {
        self.kdf.iterations()
    }

    /// The plain bytes; `None` where the password is another.
    pub(super) fn open(
        &self,
        purpose: Purpose,
        encoded: &SecretDer,
        keys: &mut Keys,
    ) -> Result<Option<SecretDer>, Stop> {
        let key = keys.of(KdfJob {
            kdf: self.kdf.clone(),
            password: purpose.salted(encoded),
            length: KEY,
        })?;
        Ok(match &self.cipher {
            Cipher::Ccm { nonce, tag } => ccm::decrypt(key.expose(), nonce, *tag, &self.data)?,
            Cipher::WrapPad => unwrap_aes256(key.expose(), &self.data)?,
        })
    }

    /// Tries passwords in turn; gives what `accept` makes of the first plain text that it can read.
    pub(super) fn unlock<T>(
        &self,
        purpose: Purpose,
        passwords: &[Password],
        keys: &mut Keys,
        accept: impl Fn(SecretDer) -> Result<Option<T>, Error>,
    ) -> Result<T, Stop> {
        for password in passwords {
            for encoded in pbe::pkcs12_encodings(password) {
                let plain = self.open(purpose, &encoded, keys)?;
                if let Some(opened) = plain.map(&accept).transpose()?.flatten() {
                    return Ok(opened);
                }
            }
        }
        Err(pbe::refused(WHAT, passwords).into())
    }
}

impl Cipher {
    /// RFC 5084, 3.1: CCMParameters ::= SEQUENCE { nonce OCTET STRING, icvLen INTEGER DEFAULT 12 }
    fn parse(encryption: &Node<'_>) -> Result<Self, Error> {
        let fault = |fault: ber::Fault| fault.of(WHAT);
        let mut parts = encryption.sequence().map_err(fault)?;
        match parts.next().and_then(Node::oid).map_err(fault)? {
            AES256_CCM => {
                let (nonce, tag) = (|| -> ber::Result<_> {
                    let mut parts = parts.next()?.sequence()?;
                    let nonce = parts.next()?.primitive(OCTET_STRING)?.to_vec();
                    let tag = parts.optional(INTEGER).map(Node::count).transpose()?;
                    Ok((nonce, tag.unwrap_or(12)))
                })()
                .map_err(fault)?;
                match ((7..=13).contains(&nonce.len()), usize::try_from(tag)) {
                    (true, Ok(tag @ (4 | 6 | 8 | 10 | 12 | 14 | 16))) => {
                        Ok(Self::Ccm { nonce, tag })
                    }
                    _ => Err(Error::Damaged {
                        what: Some(WHAT),
                        detail: "ccm-size".into(),
                    }),
                }
            }
            AES256_WRAP_PAD => Ok(Self::WrapPad),
            other => Err(pbe::unsupported_algorithm(other)),
        }
    }
}
