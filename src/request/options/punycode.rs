//! The ASCII form of host names (RFC 5891), by Punycode (RFC 3492).
//!
//! For a hint and not for a certificate: letters are put into lower case, and nothing else of Unicode's mapping is done.

/// A host with each of its labels in ASCII.
pub(super) fn host(host: &str) -> String {
    let labels = host.split('.').map(|label| match label.is_ascii() {
        true => label.to_owned(),
        false => format!("xn--{}", encode(&label.to_lowercase())),
    });
    labels.collect::<Vec<_>>().join(".")
}

/// RFC 3492, section 6.3, with the figures of section 5.
fn encode(label: &str) -> String {
    let points: Vec<u32> = label.chars().map(u32::from).collect();
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut handled) = (128, 0_u32, 72, basic);
    while let Some(next) = points.iter().copied().filter(|&point| point >= n).min() {
        delta = delta.saturating_add((next - n).saturating_mul(handled + 1));
        n = next;
        for &point in &points {
            if point < n {
                delta = delta.saturating_add(1);
            }
            if point != n {
                continue;
            }
            let (mut q, mut k) = (delta, 36);
            loop {
                let threshold = if k <= bias { 1 } else { (k - bias).min(26) };
                if q < threshold {
                    break;
                }
                out.push(digit(threshold + (q - threshold) % (36 - threshold)));
                q = (q - threshold) / (36 - threshold);
                k += 36;
            }
            out.push(digit(q));
            bias = adapt(delta, handled + 1, handled == basic);
            delta = 0;
            handled += 1;
        }
        delta = delta.saturating_add(1);
        n += 1;
    }
    out
}

/// RFC 3492, section 6.1.
fn adapt(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut k = 0;
    while delta > 35 * 26 / 2 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

fn digit(value: u32) -> char {
    char::from_digit(value, 36).map_or('0', |_| {
        let byte = if value < 26 {
            b'a' + value as u8
        } else {
            b'0' + (value - 26) as u8
        };
        char::from(byte)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn as_the_standard_shows_it() {
        // RFC 3492, section 7.1, (A), (B) and (L) among others
        for (label, encoded) in [
            ("bücher", "bcher-kva"),
            ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
            ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
            ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"),
        ] {
            assert_eq!(super::encode(label), encoded);
        }
    }
}
