//! The ASCII form of host names (RFC 5891), by Punycode (RFC 3492).
//!
//! For a hint and not for a certificate: letters are put into lower case, and nothing else of Unicode's mapping is done.

/// A host with each of its labels in ASCII.
pub(super) fn host(host: &str) -> String {
    let ascii = |label: &str| match label.is_ascii() {
        true => None,
        false => punycode::encode(&label.to_lowercase()).ok(),
    };
    let labels = host.split('.').map(|label| match ascii(label) {
        Some(encoded) => format!("xn--{encoded}"),
        // It is ASCII, or so long that its numbers overflow: such a label is no name of a host.
        None => label.to_owned(),
    });
    labels.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    #[test]
    fn as_the_standard_shows_it() {
        assert_eq!(super::host("example.com"), "example.com");
        // RFC 3492, section 7.1, (A), (B) and (L) among others
        for (label, encoded) in [
            ("bücher", "bcher-kva"),
            ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
            ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
            ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"),
        ] {
            let (one, other) = (
                format!("www.{label}.example"),
                format!("www.xn--{encoded}.example"),
            );
            assert_eq!(super::host(&one), other);
        }
    }
}
