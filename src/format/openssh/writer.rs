//! Writes one key: the private file, or the line of `authorized_keys`.
//!
//! A locked one is as `ssh-keygen` of OpenSSH 9.4 and later locks it: aes256-ctr under bcrypt_pbkdf of 24 rounds. OpenSSH
//! itself has no Ed448, no DSA since 10.0 and of the curves these three, their points uncompressed.

use base64ct::{Base64, Encoding};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::cipher::Cipher;
use super::key::CURVES;
use super::wire::{integer, string};
use super::{MAGIC, WHAT};
use crate::asn1::ber::{self, Node};
use crate::base::error::Error;
use crate::base::hidden::is_hidden;
use crate::base::secret::Password;
use crate::crypto::algorithm::{self, KeyAlgorithm};
use crate::crypto::kdf::{Kdf, KdfJob, Keys, Stop};
use crate::crypto::pbe::drawn;
use crate::model::private_key::PrivateKey;

/// Rounds of bcrypt_pbkdf: what OpenSSH takes since 9.4.
const ROUNDS: u32 = 24;

const TARGET: &str = "OpenSSH";
const TAKES: &str = "an RSA or Ed25519 key, or one on P-256, P-384 or P-521";

/// A private key file that is to be written, with what was drawn for it.
pub struct Writer {
    /// Salt of the derivation, where the key is to be locked.
    salt: Option<[u8; 16]>,
    check: [u8; 4],
}

impl Writer {
    /// Draws what is drawn; `locked` says whether a password guards the key.
    pub fn new(locked: bool, random: &mut dyn CryptoRng) -> Self {
        Self {
            salt: locked.then(|| drawn(random)),
            check: drawn(random),
        }
    }

    /// The bytes that stand in the PEM block `OPENSSH PRIVATE KEY`.
    ///
    /// # Errors
    ///
    /// [`Stop::Derive`] while a key is wanted; [`Error::UnfitKey`] for a type that OpenSSH does not support;
    /// [`Error::PasswordNeeded`] for an empty password, which bcrypt does not take.
    pub fn write(
        &self,
        key: &PrivateKey,
        comment: &str,
        password: &Password,
        keys: &mut Keys,
    ) -> Result<Zeroizing<Vec<u8>>, Stop> {
        let unfit = || key.unfit(TARGET, TAKES);
        let spki = key.spki().ok_or_else(unfit)?;
        let public = public_key(spki).ok_or_else(unfit)?;
        let numbers = numbers(key).ok_or_else(unfit)?;
        let block = if self.salt.is_some() { 16 } else { 8 };
        let mut private = Zeroizing::new([&self.check[..], &self.check, &numbers].concat());
        let comment = string(comment.as_bytes());
        let length = private.len() + comment.len();
        let padding = (1..).take(length.next_multiple_of(block) - length);
        private = Zeroizing::new([&private[..], &comment, &padding.collect::<Vec<u8>>()].concat());
        let (cipher, function, options) = match self.salt {
            None => ("none", "none", Vec::new()),
            Some(salt) => {
                let options = [&string(&salt)[..], &ROUNDS.to_be_bytes()].concat();
                private = lock(&private, salt, password, keys)?;
                (Cipher::WRITTEN, "bcrypt", options)
            }
        };
        Ok(Zeroizing::new(
            [
                MAGIC,
                &string(cipher.as_bytes()),
                &string(function.as_bytes()),
                &string(&options),
                &1_u32.to_be_bytes(),
                &string(&public),
                &Zeroizing::new(string(&private)),
            ]
            .concat(),
        ))
    }
}

fn lock(
    private: &[u8],
    salt: [u8; 16],
    password: &Password,
    keys: &mut Keys,
) -> Result<Zeroizing<Vec<u8>>, Stop> {
    if password.expose().is_empty() {
        return Err(Error::PasswordNeeded { what: WHAT }.into());
    }
    let cipher = Cipher::of(Cipher::WRITTEN.as_bytes())?;
    let job = KdfJob {
        kdf: Kdf::BcryptPbkdf {
            salt: salt.to_vec(),
            rounds: ROUNDS,
        },
        password: password.utf8(),
        length: cipher.key_size() + cipher.iv_size(),
    };
    let (key, iv) = keys.of(job)?.expose().split_at(cipher.key_size());
    // In counter mode the way there is the way back.
    let locked = cipher.decrypt(key, iv, private, &[])?;
    let locked = locked.ok_or(Error::Internal {
        detail: "not-encrypted",
    })?;
    Ok(locked.into_inner())
}

/// The line of `authorized_keys` and of `.pub` files, without its end: kind, base64, comment.
///
/// # Errors
///
/// [`Error::UnfitKey`] for a type that OpenSSH does not support.
pub fn public_line(spki: &[u8], comment: &str) -> Result<String, Error> {
    let public = public_key(spki).ok_or_else(|| Error::UnfitKey {
        target: TARGET,
        key: KeyAlgorithm::of_spki(spki).map_or("this key".into(), |kind| kind.words()),
        takes: TAKES,
    })?;
    let kind = kind(spki).unwrap_or_default();
    // A comment of two lines would be a second key.
    let comment: String = comment.chars().filter(|c| !is_hidden(*c)).collect();
    let line = format!("{kind} {} {comment}", Base64::encode_string(&public));
    Ok(line.trim_end().to_owned())
}

/// OpenSSH's name of a kind of key.
fn kind(spki: &[u8]) -> Option<&'static str> {
    let node = Node::parse(spki).ok()?;
    let mut identifier = node.sequence().ok()?.next().ok()?.sequence().ok()?;
    match identifier.next().ok()?.oid().ok()? {
        algorithm::RSA => Some("ssh-rsa"),
        algorithm::ED25519 => Some("ssh-ed25519"),
        algorithm::EC => {
            let curve = identifier.next().ok()?.oid().ok()?;
            CURVES.iter().find(|row| row.1 == curve).map(|row| row.0)
        }
        _ => None,
    }
}

/// RFC 4253, 6.6; RFC 5656, 3.1; RFC 8709, 4.
fn public_key(spki: &[u8]) -> Option<Vec<u8>> {
    let node = Node::parse(spki).ok()?;
    let [_, bits] = node.nodes() else {
        return None;
    };
    let bits = bits.primitive(ber::BIT_STRING).ok()?.get(1..)?;
    let kind = kind(spki)?;
    let name = string(kind.as_bytes());
    match kind {
        "ssh-rsa" => {
            let numbers = Node::parse(bits).ok()?;
            let [n, e] = numbers.nodes() else {
                return None;
            };
            let (n, e) = (n.magnitude().ok()?, e.magnitude().ok()?);
            Some([name, integer(e), integer(n)].concat())
        }
        "ssh-ed25519" => Some([name, string(bits)].concat()),
        curve => {
            let curve = string(curve.trim_start_matches("ecdsa-sha2-").as_bytes());
            let point = (bits.first() == Some(&4)).then(|| string(bits))?;
            Some([name, curve, point].concat())
        }
    }
}

/// Kind and numbers of the private part; a key of more than two primes has no place there.
fn numbers(key: &PrivateKey) -> Option<Zeroizing<Vec<u8>>> {
    let spki = key.spki()?;
    let kind = kind(spki)?;
    let name = string(kind.as_bytes());
    let parts: Vec<Zeroizing<Vec<u8>>> = match kind {
        "ssh-rsa" => {
            let der = key.pkcs1().ok()?;
            let node = Node::parse(der.expose()).ok()?;
            let [_, n, e, d, p, q, _, _, q_inverse] = node.nodes() else {
                return None;
            };
            let number = |node: &Node<'_>| Some(Zeroizing::new(integer(node.magnitude().ok()?)));
            let numbers = [n, e, d, q_inverse, p, q].map(number).into_iter();
            std::iter::once(Some(Zeroizing::new(name)))
                .chain(numbers)
                .collect::<Option<_>>()?
        }
        "ssh-ed25519" => {
            let node = Node::parse(key.pkcs8().expose()).ok()?;
            let seed = node.nodes().get(2)?.contents().get(2..)?;
            let point = spki.get(spki.len().checked_sub(32)?..)?;
            let both = Zeroizing::new([seed, point].concat());
            vec![
                Zeroizing::new([name, string(point)].concat()),
                Zeroizing::new(string(&both)),
            ]
        }
        _ => {
            let der = key.sec1().ok()?;
            let node = Node::parse(der.expose()).ok()?;
            let scalar = node.nodes().get(1)?.contents();
            vec![
                Zeroizing::new(public_key(spki)?),
                Zeroizing::new(integer(scalar)),
            ]
        }
    };
    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_slice()).collect();
    Some(Zeroizing::new(parts.concat()))
}
