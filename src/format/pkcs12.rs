//! PKCS#12: RFC 7292.
//!
//! ```text
//! PFX ::= SEQUENCE { version 3, authSafe ContentInfo, macData MacData OPTIONAL }
//! AuthenticatedSafe ::= SEQUENCE OF ContentInfo          in the authSafe's octet string, which the MAC covers
//!     data           octet string of SafeContents
//!     encryptedData  the same, encrypted (RFC 5652, section 8)
//! SafeContents ::= SEQUENCE OF SafeBag { bagId, bagValue [0] EXPLICIT, bagAttributes SET OPTIONAL }
//! ```
//!
//! Reader and writer are our own. p12-keystore's reader opened none of fifteen files that Firefox and NSS wrote (they are
//! BER, with indefinite lengths inside what the MAC covers, too) and keeps neither order nor what it does not know; for its
//! writer see [`Writer`]'s module.
//!
//! Traps, each with its vector: the MAC is over the octets of the string, segments joined, as they are, so nothing may be
//! transcoded before it is verified; `[0]` in EncryptedContentInfo is IMPLICIT and elsewhere EXPLICIT; the password of the
//! MAC may be another than that of the contents; a file without a MAC is whole or not, and only its contents can tell.

mod reader;
mod writer;

pub(crate) use reader::Pfx;
pub use writer::{Profile, Settings, Writer};

use crate::base::format::Format;

/// What the format is called in a message.
pub(crate) const WHAT: Format = Format::Pkcs12;

crate::asn1::ber::oids! {
    /// id-data
    DATA = 9: 1 2 840 113549 1 7 1;
    /// id-signedData
    SIGNED_DATA = 9: 1 2 840 113549 1 7 2;
    /// id-encryptedData
    ENCRYPTED_DATA = 9: 1 2 840 113549 1 7 6;
    KEY_BAG = 11: 1 2 840 113549 1 12 10 1 1;
    SHROUDED_KEY_BAG = 11: 1 2 840 113549 1 12 10 1 2;
    CERT_BAG = 11: 1 2 840 113549 1 12 10 1 3;
    CRL_BAG = 11: 1 2 840 113549 1 12 10 1 4;
    SECRET_BAG = 11: 1 2 840 113549 1 12 10 1 5;
    SAFE_CONTENTS_BAG = 11: 1 2 840 113549 1 12 10 1 6;
    X509_CERTIFICATE = 10: 1 2 840 113549 1 9 22 1;
    X509_CRL = 10: 1 2 840 113549 1 9 23 1;
    /// Microsoft's name of the key's provider.
    PROVIDER_NAME = 9: 1 3 6 1 4 1 311 17 1;
    FRIENDLY_NAME = 9: 1 2 840 113549 1 9 20;
    LOCAL_KEY_ID = 9: 1 2 840 113549 1 9 21;
    /// Oracle's trustedKeyUsage: without it Java does not see a certificate.
    TRUSTED_KEY_USAGE = 12: 2 16 840 1 113894 746875 1 1;
}
