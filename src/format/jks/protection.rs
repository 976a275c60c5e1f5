//! How a key is protected: JKS by a chain of SHA-1 digests, JCEKS by Sun's own password-based Triple DES, and whatever else
//! an EncryptedPrivateKeyInfo can name.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::{JCE_PROTECTOR, KEY_PROTECTOR, WHAT, damaged};
use crate::asn1::ber::{self, Fault, Node, OCTET_STRING};
use crate::asn1::der::{self, Der};
use crate::base::error::Error;
use crate::base::secret::{Password, SecretDer, equal};
use crate::crypto::cipher::Cipher;
use crate::crypto::digest::Digest;
use crate::crypto::kdf::{Kdf, KdfJob, Keys, Stop};
use crate::crypto::pbe;
use crate::format::pkcs8::{self, EncryptedKey};
use crate::model::private_key::PrivateKey;
use crate::model::store::Value;

/// Iterations that a key of a JCEKS is written with: as many as OpenJDK 17 takes (`jceks-keytool-default.jceks`).
const ITERATIONS: u64 = 200_000;

/// A private key as it stands in the keystore.
pub(super) enum Protected {
    /// JKS: XOR with a chain of digests.
    Sun(Vec<u8>),
    /// JCEKS.
    Jce(Jce),
    /// Any other EncryptedPrivateKeyInfo.
    Pbe(EncryptedKey),
}

impl Protected {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let inside = |fault: Fault| match fault {
            Fault::CutOff => damaged("key-short"),
            other => other.of(WHAT),
        };
        let node = Node::parse(bytes).map_err(inside)?;
        let read = || -> ber::Result<_> {
            let mut parts = node.sequence()?;
            let mut algorithm = parts.next()?.sequence()?;
            let kind = algorithm.next()?.oid()?;
            Ok((
                kind,
                algorithm.rest().first(),
                parts.next()?.primitive(OCTET_STRING)?,
            ))
        };
        match read().map_err(inside)? {
            (KEY_PROTECTOR, _, data) if data.len() < 40 => Err(damaged("protected-short")),
            (KEY_PROTECTOR, _, data) => Ok(Self::Sun(data.to_vec())),
            (JCE_PROTECTOR, Some(parameters), data) => Ok(Self::Jce(
                Jce::parse(parameters, data.to_vec()).map_err(inside)?,
            )),
            _ => EncryptedKey::parse(&node).map(Self::Pbe),
        }
    }

    pub(super) fn cost(&self) -> u64 {
        match self {
            Self::Sun(_) => 0,
            Self::Jce(jce) => jce.iterations,
            Self::Pbe(key) => key.cost(),
        }
    }

    pub(super) fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Value, Stop> {
        let key = match self {
            Self::Jce(jce) => jce.unlock(passwords, keys, pkcs8::accept)?,
            Self::Pbe(key) => key.unlock_key(passwords, keys)?,
            Self::Sun(data) => passwords
                .iter()
                .find_map(|password| unprotect(data, password))
                .map(|plain| PrivateKey::parse(plain.expose()))
                .ok_or_else(|| pbe::refused(WHAT, passwords))??,
        };
        Ok(Value::PrivateKey(Arc::new(key)))
    }
}

/// PBEWithMD5AndTripleDES as SunJCE has it: no standard, and no other program, derives its key like that.
pub(super) struct Jce {
    salt: [u8; 8],
    pub(super) iterations: u64,
    data: Vec<u8>,
}

impl Jce {
    /// Reads SEQUENCE { salt OCTET STRING, iterationCount INTEGER }.
    pub(super) fn parse(parameters: &Node<'_>, data: Vec<u8>) -> ber::Result<Self> {
        let mut parts = parameters.sequence()?;
        let salt = parts.next()?.primitive(OCTET_STRING)?;
        Ok(Self {
            salt: salt
                .try_into()
                .map_err(|_| Fault::Malformed("salt-length"))?,
            iterations: pbe::iterations(parts.next()?)?,
            data,
        })
    }

    /// DER of the EncryptedPrivateKeyInfo of a key.
    pub(super) fn write(
        key: &SecretDer,
        password: &Password,
        salt: [u8; 8],
        keys: &mut Keys,
    ) -> Result<Der, Stop> {
        let derived = keys.of(Self::job(salt, ITERATIONS, password))?.expose();
        let (cipher_key, iv) = derived.split_at(24);
        let data = Cipher::TripleDes3Cbc.encrypt(cipher_key, iv, key.expose())?;
        let iterations = der::integer(&ITERATIONS.to_be_bytes());
        let parameters = der::sequence(&[&der::tlv(4, &salt), &iterations]);
        let algorithm = der::sequence(&[&der::object_identifier(JCE_PROTECTOR), &parameters]);
        Ok(der::sequence(&[&algorithm, &der::tlv(4, &data)]))
    }

    fn job(salt: [u8; 8], iterations: u64, password: &Password) -> KdfJob {
        KdfJob {
            kdf: Kdf::SunJce { salt, iterations },
            // Java takes no password here that is not ASCII.
            password: password.utf8(),
            length: 32,
        }
    }

    /// Tries passwords in turn; gives what `accept` makes of the first plain text that it can read.
    pub(super) fn unlock<T>(
        &self,
        passwords: &[Password],
        keys: &mut Keys,
        mut accept: impl FnMut(SecretDer) -> Result<Option<T>, Error>,
    ) -> Result<T, Stop> {
        for password in passwords {
            let job = Self::job(self.salt, self.iterations, password);
            let (key, iv) = keys.of(job)?.expose().split_at(24);
            let plain = Cipher::TripleDes3Cbc.decrypt(key, iv, &self.data)?;
            if let Some(opened) = plain.map(&mut accept).transpose()?.flatten() {
                return Ok(opened);
            }
        }
        Err(pbe::refused(WHAT, passwords).into())
    }
}

/// `salt (20) ‖ key ⊕ stream ‖ SHA-1(password ‖ key)`, where the stream is a chain of digests that the salt starts.
fn unprotect(data: &[u8], password: &Password) -> Option<SecretDer> {
    let (salt, rest) = data.split_at_checked(20)?;
    let (hidden, check) = rest.split_at_checked(rest.len().checked_sub(20)?)?;
    let password = password.utf16();
    let plain = SecretDer::new(keystream(hidden, salt, &password));
    equal(
        &Digest::Sha1.of(&[password.expose(), plain.expose()]),
        check,
    )
    .then_some(plain)
}

pub(super) fn protect(key: &SecretDer, password: &Password, salt: &[u8; 20]) -> Vec<u8> {
    let password = password.utf16();
    let hidden = keystream(key.expose(), salt, &password);
    let check = Digest::Sha1.of(&[password.expose(), key.expose()]);
    [&salt[..], &hidden, &check].concat()
}

fn keystream(data: &[u8], salt: &[u8], password: &SecretDer) -> Vec<u8> {
    let mut digest = Zeroizing::new(salt.to_vec());
    let mut out = data.to_vec();
    for block in out.chunks_mut(20) {
        *digest = Digest::Sha1.of(&[password.expose(), &digest]);
        block
            .iter_mut()
            .zip(digest.iter())
            .for_each(|(byte, mask)| *byte ^= mask);
    }
    out
}
