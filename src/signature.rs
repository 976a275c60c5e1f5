//! Signatures, made and verified: RSA (RFC 8017), ECDSA (FIPS 186-5, RFC 5758) and Ed25519 (RFC 8032, RFC 8410).
//!
//! ```text
//! AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters OPTIONAL }
//! DigestInfo ::= SEQUENCE { AlgorithmIdentifier, digest OCTET STRING }        what PKCS#1 v1.5 pads and signs
//! ECDSA-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }
//! ```
//!
//! Whatever touches a private key is RustCrypto's, which takes care of time; [`crate::modular`] does not, and so signs
//! nothing. Digests are not judged here: that SHA-1 is weak is a finding of whoever asked, and the signature is right or not.

mod rsa;

pub use self::rsa::{sign_rsa_pkcs1, verify_rsa_pkcs1};
