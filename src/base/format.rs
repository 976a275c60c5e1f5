//! The formats: one row each.

use serde::Serialize;

/// A form that bytes can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Format {
    /// BouncyCastle's FIPS keystore
    Bcfks,
    /// BouncyCastle's own keystore
    Bks,
    /// RFC 5280 certificate, DER
    Certificate,
    /// RFC 5652 SignedData that carries certificates
    Cms,
    /// RFC 5280 certificate revocation list, DER
    Crl,
    /// RFC 5958 EncryptedPrivateKeyInfo, DER
    EncryptedPkcs8,
    /// Java's JKS with the secret keys of JCE
    Jceks,
    /// Java's own keystore
    Jks,
    /// OpenSSH's private keys
    OpenSsh,
    /// RFC 7468 text around any of the others
    Pem,
    /// RFC 2986 certification request, DER
    Pkcs10,
    /// RFC 7292 PFX
    Pkcs12,
    /// RFC 8017, RFC 5915 or RFC 5958 private key, DER
    PrivateKey,
    /// RFC 5280 SubjectPublicKeyInfo, DER; RFC 8017's and OpenSSH's public keys
    PublicKey,
    /// Keyferry's own table of certificates, RFC 8259
    Table,
    /// BouncyCastle's own keystore, encrypted as a whole
    Uber,
    /// An archive of any of the others
    Zip,
}

/// The program that wrote a file, where its structure shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Maker {
    /// Java's keytool, or another Java program
    Java,
    /// Firefox, Thunderbird and other programs with NSS
    Nss,
    /// ssh-keygen
    OpenSsh,
    /// OpenSSL
    OpenSsl,
    /// Windows, and the browsers that use its certificate store
    Windows,
}

impl Format {
    /// The stable name, as in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Bcfks => "bcfks",
            Self::Bks => "bks",
            Self::Certificate => "certificate",
            Self::Cms => "pkcs7",
            Self::Crl => "crl",
            Self::EncryptedPkcs8 => "encrypted-pkcs8",
            Self::Jceks => "jceks",
            Self::Jks => "jks",
            Self::OpenSsh => "openssh",
            Self::Pem => "pem",
            Self::Pkcs10 => "pkcs10",
            Self::Pkcs12 => "pkcs12",
            Self::PrivateKey => "private-key",
            Self::PublicKey => "public-key",
            Self::Table => "table",
            Self::Uber => "uber",
            Self::Zip => "zip",
        }
    }

    /// What a person reads: the standard first, then the usual extensions.
    pub fn label(self) -> &'static str {
        match self {
            Self::Bcfks => "BouncyCastle FIPS keystore (.bcfks)",
            Self::Bks => "BouncyCastle keystore, BKS (.bks)",
            Self::Certificate => "X.509 certificate (.crt, .cer, .der)",
            Self::Cms => "PKCS#7 certificates (.p7b, .p7c)",
            Self::Crl => "X.509 revocation list (.crl)",
            Self::EncryptedPkcs8 => "PKCS#8 encrypted private key (.key, .p8)",
            Self::Jceks => "Java keystore, JCEKS (.jceks)",
            Self::Jks => "Java keystore, JKS (.jks)",
            Self::OpenSsh => "OpenSSH private key (id_rsa, id_ed25519)",
            Self::Pem => "PEM text (.pem, .crt, .key)",
            Self::Pkcs10 => "PKCS#10 certification request (.csr)",
            Self::Pkcs12 => "PKCS#12 (.p12, .pfx)",
            Self::PrivateKey => "Private key (.key, .der)",
            Self::PublicKey => "Public key (.pub, .der)",
            Self::Table => "Saved certificate table (.json)",
            Self::Uber => "BouncyCastle keystore, UBER (.ubr, .uber)",
            Self::Zip => "ZIP archive (.zip)",
        }
    }

    /// What an error calls a file of this form, without an article.
    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::Bcfks => "BouncyCastle FIPS keystore",
            Self::Bks => "BouncyCastle keystore",
            Self::Certificate => "certificate",
            Self::Cms => "PKCS#7 file",
            Self::Crl => "revocation list",
            Self::EncryptedPkcs8 => "PKCS#8 private key",
            Self::Jceks | Self::Jks => "Java keystore",
            Self::OpenSsh => "OpenSSH private key",
            Self::Pem => "PEM file",
            Self::Pkcs10 => "certificate request",
            Self::Pkcs12 => "PKCS#12 file",
            Self::PrivateKey => "private key",
            Self::PublicKey => "public key",
            Self::Table => "saved certificate table",
            Self::Uber => "UBER keystore",
            Self::Zip => "ZIP archive",
        }
    }
}
