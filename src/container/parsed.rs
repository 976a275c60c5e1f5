//! Between the two phases of opening: a structure that is read, whatever it is the structure of.

use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::secret::Password;
use crate::container::recognise;
use crate::crypto::kdf::{Keys, Stop};
use crate::model::store::{Contents, Locked};

/// A file whose structure is read.
pub(crate) enum Parsed {
    /// Something in it may be encrypted.
    Locked(Box<dyn Locked>),
    /// Nothing in it is encrypted.
    Open(Contents),
}

impl Parsed {
    /// What may have encrypted parts.
    pub(crate) fn locked(locked: impl Locked + 'static) -> Self {
        Self::Locked(Box::new(locked))
    }

    /// Iterations that one try of one password costs.
    pub(crate) fn cost(&self) -> u64 {
        match self {
            Self::Locked(locked) => locked.cost(),
            Self::Open(_) => 0,
        }
    }

    /// The contents.
    ///
    /// # Errors
    ///
    /// [`Stop::Derive`] while keys are wanted, then the reason for which nothing opens.
    pub(crate) fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        match self {
            Self::Locked(locked) => locked.unlock(passwords, keys),
            Self::Open(contents) => Ok(contents.clone()),
        }
    }
}

/// Recognises bytes and reads their structure, once.
///
/// # Errors
///
/// Those of [`recognise::recognise`]; beside the format, those of its reader.
pub(crate) fn parse(bytes: &[u8]) -> Result<(Format, Result<Parsed, Error>), Error> {
    let found = recognise::find(bytes)?;
    Ok((found.format(), found.parse()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::ber::TREES;

    /// How many trees of all its bytes are made of a file until its structure is read.
    fn trees(bytes: &[u8]) -> usize {
        TREES.take();
        let (_, parsed) = parse(bytes).unwrap();
        parsed.unwrap();
        let trees = TREES.take();
        trees.iter().filter(|&&of| of == bytes.len()).count()
    }

    #[test]
    fn what_was_read_to_recognise_a_file_is_not_read_again() {
        for bytes in [
            include_bytes!("../../tests/vectors/x509-openssl-cert.cer").as_slice(),
            include_bytes!("../../tests/vectors/pkcs8-openssl-rsa-der.der"),
            include_bytes!("../../tests/vectors/pkcs12-openssl-all-plain-nomac.p12"),
            NSS,
        ] {
            assert_eq!(trees(bytes), 1);
        }
        // Of a revocation list none is made at all.
        assert_eq!(
            trees(include_bytes!("../../tests/vectors/crl-openssl.crl")),
            0
        );
    }

    /// Indefinite lengths: where the file ends shows only in its tree.
    const NSS: &[u8] = include_bytes!("../../tests/vectors/pkcs12-nss-default.p12");
}
