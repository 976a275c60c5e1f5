//! Contents to PFX, by p12-keystore: its files open in OpenSSL, NSS and keytool.
//!
//! It cannot write a name beyond the Basic Multilingual Plane, so such an alias is refused before it comes here. It wipes
//! nothing of what it is given, so it is given a copy that goes no further than this function.

use std::sync::Arc;

use p12_keystore::{EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm, PrivateKeyChain};

use crate::digest::Digest;
use crate::error::Error;
use crate::format::pkcs8::PrivateKey;
use crate::format::x509::Certificate;
use crate::secret::Password;

/// A set of algorithms that a file is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Triple DES and SHA-1: Windows Server 2016 and older, macOS Keychain, Java before 8u301.
    Legacy3Des,
    /// AES-256 with PBKDF2-HMAC-SHA-256, MAC with SHA-256: OpenSSL 1.1 and later, Java 8u301 and later, Windows since 2019.
    Modern2023,
}

/// Writes one identity. `iterations` holds for the contents and for the MAC.
pub(crate) fn write(
    alias: &str,
    key: &PrivateKey,
    chain: &[Arc<Certificate>],
    password: &Password,
    profile: Profile,
    iterations: u32,
) -> Result<Vec<u8>, Error> {
    let unwritten = |_| Error::Unverified {
        name: "the PKCS#12 file".into(),
    };
    let certificates: Result<Vec<_>, _> = chain
        .iter()
        .map(|link| p12_keystore::Certificate::from_der(link.der()))
        .collect();
    let private = p12_keystore::PrivateKey::from_der(key.pkcs8().expose()).map_err(unwritten)?;
    // What ties the key to its certificate inside the file; OpenSSL takes the SHA-1 of the certificate too.
    let local_key_id = Digest::Sha1.of(&[chain.first().map_or(&[][..], |leaf| leaf.der())]);
    let mut keystore = KeyStore::new();
    let identity = PrivateKeyChain::new(local_key_id, private, certificates.map_err(unwritten)?);
    keystore.add_entry(alias, KeyStoreEntry::PrivateKeyChain(identity));
    let (encryption, mac) = match profile {
        Profile::Legacy3Des => (
            EncryptionAlgorithm::PbeWithShaAnd3KeyTripleDesCbc,
            MacAlgorithm::HmacSha1,
        ),
        Profile::Modern2023 => (
            EncryptionAlgorithm::PbeWithHmacSha256AndAes256,
            MacAlgorithm::HmacSha256,
        ),
    };
    keystore
        .writer(password.expose())
        .encryption_algorithm(encryption)
        .encryption_iterations(iterations)
        .mac_algorithm(mac)
        .mac_iterations(iterations)
        .write()
        .map_err(unwritten)
}
