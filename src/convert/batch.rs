//! A file that is converted on its own, as one of many: which of its entries go into files of their own.

use crate::model::store::{Entry, EntryKind, Kind, Store};
use crate::target::{Takes, Target};

/// The entries of each conversion: each private key; without one each certificate that is no authority's; where certificates
/// are to be trusted, all of them together. Where nothing fits, the first entry: the conversion says what is missing.
///
/// `partly`: a part of the file stayed closed. Then nothing is converted that the part may belong to: beside a key that stayed
/// closed certificates alone are of use only where no key is wanted.
pub fn conversions(store: &Store, target: &Target, partly: bool) -> Vec<Vec<usize>> {
    let kinds = target.kinds();
    let all = || store.entries.iter().enumerate();
    let fit: Vec<(usize, &Entry)> = all()
        .filter(|(_, entry)| kinds.contains(&entry.kind.kind()))
        .collect();
    let those = |wanted: &dyn Fn(&Entry) -> bool| -> Vec<usize> {
        let wanted = fit.iter().filter(|(_, entry)| wanted(entry));
        wanted.map(|(index, _)| *index).collect()
    };
    let of_kind = |kind: Kind| those(&|entry| entry.kind.kind() == kind);
    let keys = of_kind(Kind::PrivateKey);
    let wants_key = target.takes != Takes::Certificates
        && target.files.iter().any(|file| file.format.takes_key());
    if partly && keys.is_empty() && (wants_key || fit.is_empty()) {
        return Vec::new();
    }
    let trusted = of_kind(Kind::Certificate);
    if target.takes == Takes::Certificates && !trusted.is_empty() {
        return vec![trusted];
    }
    let is_authority = |entry: &Entry| match &entry.kind {
        EntryKind::Certificate(certificate) => certificate.extensions().ca,
        _ => false,
    };
    let ends = those(&|entry| !is_authority(entry));
    let first = all().take(1).map(|(index, _)| index);
    let choices = [keys, ends, those(&|_| true), first.collect()];
    let chosen = choices.into_iter().find(|chosen| !chosen.is_empty());
    let chosen = chosen.into_iter().flatten();
    chosen.map(|entry| vec![entry]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::secret::Password;
    use crate::opening::{Opening, Step};
    use crate::target::target;

    fn conversions_of(file: &[u8], id: &str, partly: bool) -> Vec<Vec<usize>> {
        let mut opening = Opening::default();
        opening.password(Password::new("keyferry".into()));
        opening.add(0, "file", file);
        while let Step::Derive(jobs) = opening.step() {
            for job in jobs {
                let key = job.derive(&mut |_| ());
                opening.supply(job, key);
            }
        }
        conversions(&opening.store(), target(id).unwrap(), partly)
    }

    const CHAIN: &[u8] = include_bytes!("../../tests/vectors/pem-openssl-chain.pem");
    const CERTIFICATE: &[u8] = include_bytes!("../../tests/vectors/pem-openssl-cert.pem");
    const IDENTITY: &[u8] = include_bytes!("../../tests/vectors/pkcs12-openssl-default.p12");

    #[test]
    fn each_private_key_is_converted_on_its_own() {
        assert_eq!(conversions_of(IDENTITY, "anaplan", false), [[0]]);
        assert_eq!(conversions_of(IDENTITY, "anaplan", true), [[0]]);
    }

    #[test]
    fn certificates_that_are_trusted_go_together() {
        let all = conversions_of(CHAIN, "java-truststore", false);
        assert_eq!(all.len(), 1);
        assert!(all[0].len() > 1, "{all:?}");
    }

    #[test]
    fn without_a_key_an_authority_is_no_identity() {
        let all = conversions_of(CHAIN, "custom", false);
        assert_eq!(all.len(), 1, "the end-entity alone: {all:?}");
    }

    #[test]
    fn beside_a_closed_part_certificates_are_of_use_where_no_key_is_wanted() {
        assert!(conversions_of(CERTIFICATE, "anaplan", true).is_empty());
        assert_eq!(conversions_of(CERTIFICATE, "java-truststore", true), [[0]]);
    }

    #[test]
    fn where_nothing_fits_the_first_entry_is_asked_for() {
        assert_eq!(conversions_of(CERTIFICATE, "nginx", false), [[0]]);
        assert!(conversions_of(b"nothing", "nginx", false).is_empty());
    }
}
