//! Secrets: wiped when dropped, not cloned, elided from `Debug`; every look at one is spelled `expose()`.
//!
//! A password reaches a file as bytes, and each format has its own idea of which bytes. The encodings that files in the
//! field were written with live here, so that a reader asks for one by name.

use std::fmt;

use zeroize::Zeroizing;

use crate::base::cp437;

/// Secret bytes: a private key's DER, an encoded password, a derived key.
pub struct SecretDer(Zeroizing<Vec<u8>>);

impl SecretDer {
    /// Takes the bytes over; the caller keeps no copy.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// A second copy, said aloud, wiped like the first.
    pub fn duplicate(&self) -> Self {
        Self(self.0.clone())
    }

    /// The bytes themselves, to be shortened and put back.
    pub(crate) fn into_inner(self) -> Zeroizing<Vec<u8>> {
        self.0
    }
}

impl From<Vec<u8>> for SecretDer {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<Zeroizing<Vec<u8>>> for SecretDer {
    fn from(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }
}

impl PartialEq for SecretDer {
    /// Compares without stopping at the first difference.
    fn eq(&self, other: &Self) -> bool {
        equal(self.expose(), other.expose())
    }
}

impl Eq for SecretDer {}

impl fmt::Debug for SecretDer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretDer(…)")
    }
}

/// Whether two byte strings are equal, without stopping at the first difference: for MACs and keys.
pub(crate) fn equal(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

/// What a person types to open or to close a file.
pub struct Password(Zeroizing<String>);

impl Password {
    /// Takes the text over; the caller keeps no copy.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// A second copy, said aloud, wiped like the first.
    pub fn duplicate(&self) -> Self {
        Self(self.0.clone())
    }

    /// Without the spaces and line ends at either side that come along when a password is copied from an e-mail;
    /// `None` where there are none.
    pub(crate) fn trimmed(&self) -> Option<Self> {
        let trimmed = self.0.trim();
        (trimmed.len() != self.0.len()).then(|| Self::new(trimmed.to_owned()))
    }

    /// UTF-8, as PBES2, PEM and OpenSSH take it.
    pub fn utf8(&self) -> SecretDer {
        SecretDer::new(self.0.as_bytes().to_vec())
    }

    /// UTF-16, big-endian, without an end: as JKS takes it.
    pub fn utf16(&self) -> SecretDer {
        self.encoded(self.0.encode_utf16().flat_map(u16::to_be_bytes))
    }

    /// RFC 7292 appendix B.1: a BMPString and two closing zero bytes. What lies beyond the BMP becomes a surrogate pair,
    /// as NSS, OpenSSL and Java write it.
    pub fn bmp(&self) -> SecretDer {
        let units = self.0.encode_utf16().chain([0]);
        self.encoded(units.flat_map(u16::to_be_bytes))
    }

    /// The UTF-8 bytes each widened to 16 bits, and two closing zero bytes: what OpenSSL before 1.1.0 made of a password
    /// typed in a UTF-8 terminal.
    pub(crate) fn widened(&self) -> SecretDer {
        self.encoded(self.0.bytes().chain([0]).flat_map(|byte| [0, byte]))
    }

    /// ISO 8859-1, as a program that knows nothing of UTF-8 takes it; `None` where a character is not in it.
    pub(crate) fn latin1(&self) -> Option<SecretDer> {
        self.letters(|c| u8::try_from(u32::from(c)).ok())
    }

    /// The code page of DOS, whose letters 850 shares: what Windows' consoles and packers take; `None` where a character
    /// is not in it.
    pub(crate) fn cp437(&self) -> Option<SecretDer> {
        // What is no letter, or a letter that 850 has elsewhere, is a different byte on many a machine.
        let letter = |byte: &u8| matches!(byte, 0x80..=0x9a | 0xa0..=0xa5 | 0xe1);
        let byte = |c: char| match u8::try_from(c).ok().filter(u8::is_ascii) {
            None => cp437::byte(c).filter(letter),
            ascii => ascii,
        };
        self.letters(byte)
    }

    /// Bytes of an encoding, two for each of UTF-8's and two more at most: the room is there first, as what grows moves and
    /// leaves a copy behind that nothing wipes.
    fn encoded(&self, bytes: impl Iterator<Item = u8>) -> SecretDer {
        let mut encoded = Vec::with_capacity(2 * self.0.len() + 2);
        encoded.extend(bytes);
        SecretDer::new(encoded)
    }

    /// A byte for each character; `None` where one has none.
    fn letters(&self, byte: impl Fn(char) -> Option<u8>) -> Option<SecretDer> {
        let mut letters = Zeroizing::new(Vec::with_capacity(self.0.len()));
        for c in self.0.chars() {
            letters.push(byte(c)?);
        }
        Some(SecretDer(letters))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        let password = Password::new("hunter2".into());
        let shown = format!("{password:?} {:?}", password.utf8());
        assert_eq!(shown, "Password(…) SecretDer(…)");
    }

    /// What grows would leave a copy of the password behind.
    #[test]
    fn encodings_have_their_room_from_the_start() {
        for text in [
            "",
            "a",
            "äöü€😀",
            "a longer password, as a generator makes it",
        ] {
            let password = Password::new(text.into());
            let room = 2 * text.len() + 2;
            for encoded in [password.utf16(), password.bmp(), password.widened()] {
                assert_eq!(encoded.0.capacity(), room, "{text}");
            }
            for encoded in [password.latin1(), password.cp437()].into_iter().flatten() {
                assert_eq!(encoded.0.capacity(), text.len(), "{text}");
            }
        }
    }

    #[test]
    fn bmp_uses_surrogate_pairs_and_ends_with_zeros() {
        let password = Password::new("aß😀".into());
        assert_eq!(
            password.bmp().expose(),
            [0, 0x61, 0, 0xdf, 0xd8, 0x3d, 0xde, 0, 0, 0]
        );
        assert_eq!(Password::new(String::new()).bmp().expose(), [0, 0]);
    }
}
