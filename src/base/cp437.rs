//! The code page of DOS, 437: names in ZIP archives, and passwords that were typed in consoles.

/// The upper half of the code page of DOS, 437.
const UPPER: &str = concat!(
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐",
    "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
);

/// Text in the code page of DOS; every byte is a character.
pub(crate) fn text(bytes: &[u8]) -> String {
    let upper: Vec<char> = UPPER.chars().collect();
    let character = |byte: &u8| match byte.checked_sub(0x80) {
        None => char::from(*byte),
        Some(at) => *upper
            .get(usize::from(at))
            .unwrap_or(&char::REPLACEMENT_CHARACTER),
    };
    bytes.iter().map(character).collect()
}

/// The byte above ASCII of a character; `None` where the code page has none.
pub(crate) fn byte(c: char) -> Option<u8> {
    (0x80..=0xff)
        .zip(UPPER.chars())
        .find_map(|(byte, one)| (one == c).then_some(byte))
}
