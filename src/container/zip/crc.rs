//! CRC-32 (ISO 3309), the check value of a ZIP's entries and a step of its old cipher.
//!
//! Four bits at a time from sixteen figures: an archive of certificates is small. The crate crc32fast 1.5 has 16 KB of tables,
//! which do not compress, and no step of one byte, which the cipher takes.

/// The remainder that four bits leave.
#[expect(
    clippy::indexing_slicing,
    reason = "it runs while the core is compiled, where an index outside is an error"
)]
const TABLE: [u32; 16] = {
    let mut table = [0; 16];
    let mut at = 0_u32;
    while at < 16 {
        let mut rest = at;
        let mut bit = 0;
        while bit < 4 {
            rest = (rest >> 1) ^ (0xedb8_8320 & (rest & 1).wrapping_neg());
            bit += 1;
        }
        table[at as usize] = rest;
        at += 1;
    }
    table
};

/// The check value of bytes.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| step(crc, byte))
}

/// One byte, without what stands at the ends: as the cipher takes it.
#[expect(clippy::indexing_slicing, reason = "four bits are below 16")]
pub(super) fn step(crc: u32, byte: u8) -> u32 {
    let crc = crc ^ u32::from(byte);
    let crc = (crc >> 4) ^ TABLE[(crc & 15) as usize];
    (crc >> 4) ^ TABLE[(crc & 15) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check figure that catalogues of CRCs print, and the ends.
    #[test]
    fn the_check_figure_is_right() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
        assert_eq!(crc32(&[0; 4]), 0x2144_df1c);
    }
}
