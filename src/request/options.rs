//! What a person fills in, and the rules it must keep: RFC 5280 (4.2.1.6, appendix A.1), RFC 1034, RFC 5321, RFC 3986.

use std::net::IpAddr;

use serde::Deserialize;

use super::key::KeyKind;
use serde_json::{Value, json};

use crate::asn1::ber::{Oid, oid_of_text};
use crate::base::error::{Error, Reason};
use crate::base::hidden::is_hidden;
use crate::model::certificate::extension::{self, KEY_USAGES, PURPOSES};
use crate::model::name;

mod punycode;

/// Everything that is asked for; what is left out is absent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RequestOptions {
    /// The key to be made; without one the key of the entry signs.
    pub key: Option<KeyKind>,
    /// Fills in what a system asks for.
    pub preset: Option<Preset>,
    /// Whom the certificate is for.
    pub subject: Subject,
    /// The names beside the subject.
    pub sans: Vec<AlternativeName>,
    /// Names of KeyUsage bits.
    pub key_usage: Vec<String>,
    /// Names of purposes, or their object identifiers in dots.
    pub extended_key_usage: Vec<String>,
    /// The index of an entry: whose key signs, and whose certificate is renewed.
    pub entry: Option<usize>,
    /// Takes subject, names and extensions from the entry's certificate, and nothing from this form.
    pub renew: bool,
    /// Makes a certificate for testing, signed by itself and valid for so many days, and no request.
    pub self_signed_days: Option<u16>,
    /// The file that keeps a key that is made.
    pub keep: Keep,
}

/// The attributes of a subject, by their short names.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Subject {
    /// commonName
    pub cn: String,
    /// organizationName
    pub o: String,
    /// organizationalUnitName
    pub ou: String,
    /// countryName, two letters
    pub c: String,
    /// localityName
    pub l: String,
    /// stateOrProvinceName
    pub st: String,
    /// emailAddress
    pub email: String,
}

/// One name of the subject alternative name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlternativeName {
    /// What kind of name it is.
    #[serde(rename = "type")]
    pub kind: NameKind,
    /// The name.
    pub value: String,
}

/// Kinds of names that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NameKind {
    /// A host's name.
    Dns,
    /// An e-mail address.
    Email,
    /// An address of the Internet Protocol, version 4 or 6.
    Ip,
    /// A uniform resource identifier.
    Uri,
}

/// What a system asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    /// RSA 2048, the e-mail address in subject and alternative name, clientAuth and emailProtection, digitalSignature.
    Anaplan,
}

/// What keeps a key that is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Keep {
    /// PEM around PKCS#8, encrypted where there is a password.
    #[default]
    Pkcs8,
    /// A PKCS#12 file.
    P12,
}

/// What is to be written of a form: DER of the subject and of each extension.
pub(crate) struct Wanted {
    pub(crate) subject: Vec<u8>,
    pub(crate) extensions: Vec<Vec<u8>>,
}

impl RequestOptions {
    /// The form with what its preset adds.
    pub(super) fn filled(mut self) -> Self {
        if self.preset != Some(Preset::Anaplan) || self.renew {
            return self;
        }
        if self.entry.is_none() {
            self.key.get_or_insert(KeyKind::Rsa2048);
        }
        if self.key_usage.is_empty() {
            self.key_usage = vec!["digitalSignature".into()];
        }
        if self.extended_key_usage.is_empty() {
            self.extended_key_usage = vec!["clientAuth".into(), "emailProtection".into()];
        }
        let own = AlternativeName {
            kind: NameKind::Email,
            value: self.subject.email.trim().to_owned(),
        };
        if !own.value.is_empty() && !self.sans.contains(&own) {
            self.sans.insert(0, own);
        }
        self
    }

    /// Every rule that is broken, in the order of the form.
    pub(super) fn problems(&self) -> Vec<Error> {
        let mut problems = Vec::new();
        for (field, label, _, value, limit) in self.subject.fields() {
            problems.extend(check_attribute(field, label, value, limit).err());
        }
        let email = self.subject.email.trim();
        if self.preset == Some(Preset::Anaplan) && email.is_empty() {
            problems.push(unfit("email", "email-missing", json!({})));
        }
        problems.extend(self.sans.iter().filter_map(|name| name.contents().err()));
        problems.extend(self.key_usage_bits().err());
        problems.extend(self.purposes().err());
        problems
    }

    /// What is to be written, once every rule is kept.
    ///
    /// # Errors
    ///
    /// [`Error::RequestUnfit`] for the first rule that is broken.
    pub(super) fn wanted(&self) -> Result<Wanted, Error> {
        if let Some(problem) = self.problems().into_iter().next() {
            return Err(problem);
        }
        let fields = self.subject.fields();
        let attributes: Vec<(Oid<'_>, &str)> = fields
            .iter()
            .filter(|field| !field.3.is_empty())
            .map(|field| (field.2, field.3))
            .collect();
        let mut extensions = Vec::new();
        let usages = self.key_usage_bits()?;
        if !usages.is_empty() {
            extensions.push(extension::key_usage(&usages));
        }
        let purposes = self.purposes()?;
        if !purposes.is_empty() {
            extensions.push(extension::extended_key_usage(&purposes));
        }
        let names: Vec<(u8, Vec<u8>)> = self
            .sans
            .iter()
            .map(AlternativeName::contents)
            .collect::<Result<_, _>>()?;
        if !names.is_empty() {
            extensions.push(extension::subject_alt_name(&names));
        }
        Ok(Wanted {
            subject: name::write(&attributes),
            extensions,
        })
    }

    fn key_usage_bits(&self) -> Result<Vec<usize>, Error> {
        let bit = |usage: &String| {
            KEY_USAGES
                .iter()
                .position(|name| name == usage)
                .ok_or_else(|| {
                    unfit(
                        "key_usage",
                        "key-usage-unknown",
                        json!({ "value": usage, "usages": KEY_USAGES }),
                    )
                })
        };
        self.key_usage.iter().map(bit).collect()
    }

    fn purposes(&self) -> Result<Vec<Vec<u8>>, Error> {
        let oid = |purpose: &String| {
            let named = PURPOSES.iter().find(|row| row.0 == purpose);
            oid_of_text(named.map_or(purpose.as_str(), |row| row.1)).ok_or_else(|| {
                unfit(
                    "extended_key_usage",
                    "purpose-unknown",
                    json!({ "value": purpose }),
                )
            })
        };
        self.extended_key_usage.iter().map(oid).collect()
    }
}

/// Field, what it is called, its identifier, its value, the most characters it may have.
type Field<'a> = (&'static str, &'static str, Oid<'static>, &'a str, usize);

impl Subject {
    /// In the order in which certificates have them: from the widest to the narrowest. The limits are RFC 5280's upper bounds.
    fn fields(&self) -> [Field<'_>; 7] {
        [
            ("c", "The country", name::COUNTRY, self.c.trim(), 2),
            (
                "st",
                "The state or province",
                name::STATE,
                self.st.trim(),
                128,
            ),
            ("l", "The locality", name::LOCALITY, self.l.trim(), 128),
            (
                "o",
                "The organization",
                name::ORGANIZATION,
                self.o.trim(),
                64,
            ),
            (
                "ou",
                "The organizational unit",
                name::ORGANIZATIONAL_UNIT,
                self.ou.trim(),
                64,
            ),
            (
                "cn",
                "The common name",
                name::COMMON_NAME,
                self.cn.trim(),
                64,
            ),
            (
                "email",
                "The e-mail address",
                name::EMAIL_ADDRESS,
                self.email.trim(),
                255,
            ),
        ]
    }
}

fn check_attribute(
    field: &'static str,
    label: &str,
    value: &str,
    limit: usize,
) -> Result<(), Error> {
    if field == "cn" && value.is_empty() {
        return Err(unfit(field, "common-name-empty", json!({})));
    }
    let letters =
        |value: &str| value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_uppercase());
    if field == "c" && !value.is_empty() && !letters(value) {
        return Err(unfit(
            field,
            "country-not-two-letters",
            json!({ "value": value }),
        ));
    }
    if value.chars().any(is_hidden) {
        return Err(unfit(field, "hidden-character", json!({ "label": label })));
    }
    let length = value.chars().count();
    if length > limit {
        let data = json!({ "label": label, "length": length, "limit": limit });
        return Err(unfit(field, "too-long", data));
    }
    match field {
        "email" if !value.is_empty() => check_email(field, value),
        _ => Ok(()),
    }
}

impl AlternativeName {
    /// The number of its choice in GeneralName, and its contents.
    fn contents(&self) -> Result<(u8, Vec<u8>), Error> {
        let value = self.value.trim();
        let text = || value.as_bytes().to_vec();
        Ok(match self.kind {
            NameKind::Email => {
                check_email("sans", value)?;
                (1, text())
            }
            NameKind::Dns => {
                check_host("sans", value, value.strip_prefix("*.").unwrap_or(value))?;
                (2, text())
            }
            NameKind::Uri => {
                check_uri(value)?;
                (6, text())
            }
            NameKind::Ip => match value.parse() {
                Ok(IpAddr::V4(address)) => (7, address.octets().to_vec()),
                Ok(IpAddr::V6(address)) => (7, address.octets().to_vec()),
                Err(_) => {
                    return Err(unfit("sans", "ip-malformed", json!({ "value": value })));
                }
            },
        })
    }
}

/// Local part and host (RFC 5321, 4.1.2), as far as CAs take them; a quoted local part they do not.
fn check_email(field: &'static str, value: &str) -> Result<(), Error> {
    let malformed = || unfit(field, "email-malformed", json!({ "value": value }));
    let (local, host) = value.rsplit_once('@').ok_or_else(malformed)?;
    if !local.is_ascii() {
        return Err(unfit(field, "email-not-ascii", json!({ "value": value })));
    }
    let atom = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte);
    let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    if local.is_empty()
        || local.len() > 64
        || dots
        || !local.bytes().all(atom)
        || !host.contains('.')
    {
        return Err(malformed());
    }
    check_host(field, value, host).map_err(|error| match error {
        Error::RequestUnfit { rule, .. } if rule.code == "dns-malformed" => malformed(),
        other => other,
    })
}

/// Labels of letters, digits and inner hyphens with dots between (RFC 1034, 3.5).
fn check_host(field: &'static str, whole: &str, host: &str) -> Result<(), Error> {
    if !host.is_ascii() {
        let idna = whole.replace(host, &punycode::host(host));
        let data = json!({ "value": whole, "idna": idna });
        return Err(unfit(field, "dns-not-ascii", data));
    }
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    match host.len() <= 253 && host.split('.').all(label) {
        true => Ok(()),
        false => Err(unfit(field, "dns-malformed", json!({ "value": whole }))),
    }
}

/// A scheme, a colon, and only characters of RFC 3986.
fn check_uri(value: &str) -> Result<(), Error> {
    let allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    let scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    match value.split_once(':') {
        Some((start, rest)) if scheme(start) && !rest.is_empty() && value.bytes().all(allowed) => {
            Ok(())
        }
        _ => Err(unfit("sans", "uri-malformed", json!({ "value": value }))),
    }
}

fn unfit(field: &'static str, rule: &'static str, data: Value) -> Error {
    Error::RequestUnfit {
        field,
        rule: Reason::with(rule, data),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(json: serde_json::Value) -> Vec<String> {
        let options: RequestOptions = serde_json::from_value(json).unwrap();
        let problems = options.filled().problems();
        problems
            .iter()
            .map(|problem| problem.data()["rule"].as_str().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn each_rule_has_its_code() {
        let san = |kind: &str, value: &str| serde_json::json!({ "subject": { "cn": "A" }, "sans": [{ "type": kind, "value": value }] });
        let field = |field: &str, value: &str| {
            let mut options = serde_json::json!({ "subject": { "cn": "A" } });
            options["subject"][field] = value.into();
            options
        };
        assert_eq!(rules(serde_json::json!({})), ["common-name-empty"]);
        assert_eq!(rules(field("cn", "  ")), ["common-name-empty"]);
        assert_eq!(rules(field("cn", &"x".repeat(65))), ["too-long"]);
        assert_eq!(rules(field("o", "a\u{202e}b")), ["hidden-character"]);
        for country in ["Germany", "de", "D", "1A", "Д"] {
            assert_eq!(
                rules(field("c", country)),
                ["country-not-two-letters"],
                "{country}"
            );
        }
        for email in [
            "alice",
            "@example.com",
            "a@b",
            "a b@example.com",
            "a..b@example.com",
            "a@-x.com",
            "a@b@c d.com",
        ] {
            assert_eq!(rules(san("email", email)), ["email-malformed"], "{email}");
            assert_eq!(rules(field("email", email)), ["email-malformed"], "{email}");
        }
        assert_eq!(
            rules(san("email", "jürgen@example.com")),
            ["email-not-ascii"]
        );
        assert_eq!(rules(san("email", "a@bücher.example")), ["dns-not-ascii"]);
        assert_eq!(rules(san("dns", "bücher.example")), ["dns-not-ascii"]);
        for host in [
            "",
            "a..b",
            "https://example.com",
            "-a.com",
            "a_b.com",
            "*.*.com",
        ] {
            assert_eq!(rules(san("dns", host)), ["dns-malformed"], "{host}");
        }
        for address in ["1.2.3", "1.2.3.256", "::g", "192.0.2.1/24"] {
            assert_eq!(rules(san("ip", address)), ["ip-malformed"], "{address}");
        }
        for uri in ["example.com", "https:", "https://a b", "1x:y"] {
            assert_eq!(rules(san("uri", uri)), ["uri-malformed"], "{uri}");
        }
        assert_eq!(
            rules(serde_json::json!({ "subject": { "cn": "A" }, "key_usage": ["signing"] })),
            ["key-usage-unknown"]
        );
        assert_eq!(
            rules(serde_json::json!({ "subject": { "cn": "A" }, "extended_key_usage": ["tls"] })),
            ["purpose-unknown"]
        );
        assert_eq!(
            rules(serde_json::json!({ "preset": "anaplan", "subject": { "cn": "A" } })),
            ["email-missing"]
        );
        assert!(rules(serde_json::json!({ "subject": { "cn": "A", "c": "DE", "email": "a@example.com" },
            "sans": [{ "type": "dns", "value": "*.example.com" }, { "type": "ip", "value": "2001:db8::1" },
                     { "type": "uri", "value": "urn:x:y" }], "extended_key_usage": ["1.3.6.1.4.1.311.20.2.2"] })).is_empty());
    }

    #[test]
    fn the_hint_gives_the_idna_form() {
        let name = AlternativeName {
            kind: NameKind::Dns,
            value: "*.BÜCHER.example".into(),
        };
        let error = name.contents().unwrap_err();
        assert_eq!(
            error.hint(),
            "Enter its IDNA form, *.xn--bcher-kva.example, instead."
        );
    }
}
