//! What is made with a request, opened by the second readers as what is converted is.

use std::sync::Arc;

use super::options::Keep;
use crate::base::error::Error;
use crate::base::secret::Password;
use crate::convert::Strength;
use crate::convert::second::{self, Lock, Second};
use crate::convert::source::Source;
use crate::format::pkcs12::Profile;
use crate::model::certificate::Certificate;
use crate::target::output::{ChainPart, Encoding, KeySyntax, OutputFormat, Protection};

/// The file that keeps a key, with the certificates of it that are in it; its password is empty where it has none.
///
/// # Errors
///
/// [`Error::SecondReader`].
pub(super) fn key(
    (name, bytes): (&str, &[u8]),
    keep: Keep,
    source: &Source,
    password: &Password,
) -> Result<Second, Error> {
    let format = match keep {
        Keep::P12 => OutputFormat::Pkcs12 {
            profile: Profile::default(),
            mac: None,
            certificates: ChainPart::WholeChain,
        },
        Keep::Pkcs8 => OutputFormat::PrivateKey {
            syntax: KeySyntax::Pkcs8,
            encoding: Encoding::Pem,
            protection: match password.expose() {
                "" => Protection::None,
                _ => Protection::Password,
            },
        },
    };
    second::read(name, format, bytes, &[source], lock(password))
}

/// A certificate for testing.
///
/// # Errors
///
/// [`Error::SecondReader`].
pub(super) fn certificate(
    (name, bytes): (&str, &[u8]),
    certificate: &Arc<Certificate>,
) -> Result<Second, Error> {
    let format = OutputFormat::Certificates {
        certificates: ChainPart::Leaf,
        encoding: Encoding::Pem,
    };
    let source = Source::certificate(String::new(), certificate.clone());
    let none = Password::new(String::new());
    second::read(name, format, bytes, &[&source], lock(&none))
}

fn lock(password: &Password) -> Lock<'_> {
    let strength = Strength::default();
    Lock {
        store: password,
        key: password,
        iterations: (strength.pkcs8(), strength.pkcs12()),
    }
}
