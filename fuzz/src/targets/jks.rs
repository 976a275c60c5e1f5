//! JKS and JCEKS. Bytes without a magic number get one; then the file is opened as it is and with a check value that fits,
//! without which a changed keystore is refused before its keys are opened.

use super::super::open_and_look;
use super::super::wrap::sealed_jks;

/// Version 2, one entry.
const HEADER: [u8; 8] = [0, 0, 0, 2, 0, 0, 0, 1];

/// Runs one input.
pub fn run(bytes: &[u8]) {
    let file = match bytes {
        [0xfe, 0xed, 0xfe, 0xed, ..] | [0xce, 0xce, 0xce, 0xce, ..] => bytes.to_vec(),
        [first, rest @ ..] if first % 2 == 1 => {
            [&[0xfe, 0xed, 0xfe, 0xed], &HEADER[..], rest].concat()
        }
        _ => [&[0xce, 0xce, 0xce, 0xce], &HEADER[..], bytes].concat(),
    };
    open_and_look(&file);
    for password in ["changeit", "keyferry"] {
        open_and_look(&sealed_jks(&file, password));
    }
}
