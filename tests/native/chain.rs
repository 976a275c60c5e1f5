//! Chains against `openssl verify`: the verdicts side by side.
//!
//! Each case is a certificate, the others in the order in which they are given, the roots that are trusted, and a day. Both
//! must agree on whether the certificate is good; what we find must be the code that stands in the last column. Where it ends
//! with `other-way`, openssl goes one way of several and does not turn back (so 3.0 does): with the others in the reverse
//! order it must agree.

mod pki;

use std::fs;
use std::process::Command;
use std::sync::Arc;

use crate::support::{Folder, each};
use keyferry::base::error::Severity;
use keyferry::judge::chain::{Chain, chain};
use keyferry::model::certificate::Certificate;
use keyferry::view::ChainVerdict;
use pki::Pki;
use serde_json::json;
use time::{Duration, OffsetDateTime};

/// Certificate; others; roots; days from now, and openssl's purpose; the verdict, or the code of what stands against it.
const CASES: &str = r"
direct         |                          | root       | 1    | company-root
leaf           | int                      | root       | 1    | company-root
deep           | int2 int                 | root       | 1    | company-root
deep           | int int2                 | root       | 1    | chain-order
deep           | stranger int own int2 root leaf | root | 1   | chain-order
leaf           | leaf int root            | root       | 1    | company-root
leaf           |                          | root       | 1    | chain-incomplete
deep           | int2                     | root       | 1    | chain-incomplete
deep           | int                      | root       | 1    | chain-incomplete
leaf           | int root                 |            | 1    | chain-private-root
leaf           | int root                 | stranger   | 1    | chain-private-root
leaf           | int                      |            | 1    | chain-incomplete
own            |                          |            | 1    | chain-self-signed
own            | int                      | root       | 1    | chain-self-signed
own            |                          | own        | 1    | company-root
root           |                          | root       | 1    | company-root
short-leaf     | int                      | root       | 1    | company-root
short-leaf     | int                      | root       | 20   | expired
below-short    | short-int                | root       | 20   | expired
below-sroot    |                          | short-root | 20   | expired
leaf           | int                      | root       | -2   | not-yet-valid
leaf           | int                      | root       | 650  | expired
plain-leaf     | namesake                 | root       | 1    | signature-wrong
plain-leaf     | namesake int             | root       | 1    | company-root
leaf           | namesake int             | root       | 1    | company-root
leaf           | namesake                 | root       | 1    | signature-wrong
broken-leaf    | int                      | root       | 1    | signature-wrong
below-broken   | broken-int               | root       | 1    | chain-incomplete
below-cross    | cross-a cross-b          | root       | 1    | company-root
below-cross    | cross-a cross-b          | root-b     | 1    | company-root other-way
below-cross    | cross-b cross-a          | root-b     | 1    | company-root
below-cross    | cross-a                  | root-b     | 1    | chain-incomplete
below-cross    | cross-c cross-b          | root root-b | 20  | company-root
below-cross    | cross-c                  | root root-b | 20  | expired
leaf           | int root-by-b            | root-b     | 1    | company-root
leaf           | int root root-by-b       | root-b     | 1    | company-root other-way
leaf           | int root-by-b            | root       | 1    | company-root
below-not-ca   | not-ca                   | root       | 1    | not-a-ca
below-no-bc    | no-bc                    | root       | 1    | not-a-ca
below-no-sign  | no-sign                  | root       | 1    | ca-key-usage
below-path0    | path0                    | root       | 1    | company-root
deep-path0     | ca-below-path0 path0     | root       | 1    | path-length
below-again    | path0-again path0        | root       | 1    | company-root
deep-path1     | ca-below-path1 path1     | root       | 1    | company-root
below-rpath0   | ca-rpath0                | root-path0 | 1    | path-length
dns-in         | nc-dns                   | root       | 1    | name-constraints-kept
dns-exact      | nc-dns                   | root       | 1    | name-constraints-kept
dns-out        | nc-dns                   | root       | 1    | name-constraints
dns-suffix     | nc-dns                   | root       | 1    | name-constraints
dns-excluded   | nc-dns                   | root       | 1    | name-constraints
dns-one-out    | nc-dns                   | root       | 1    | name-constraints
dns-email      | nc-dns                   | root       | 1    | name-constraints-kept
email-in       | nc-email                 | root       | 1    | name-constraints-kept
email-sub      | nc-email                 | root       | 1    | name-constraints-kept
email-out      | nc-email                 | root       | 1    | name-constraints
email-subject  | nc-email                 | root       | 1    | name-constraints
ip-in          | nc-ip                    | root       | 1    | name-constraints-kept
ip-out         | nc-ip                    | root       | 1    | name-constraints
ip-excluded    | nc-ip                    | root       | 1    | name-constraints
uri-in         | nc-uri                   | root       | 1    | name-constraints-kept
uri-out        | nc-uri                   | root       | 1    | name-constraints
dir-in         | nc-dir                   | root       | 1    | name-constraints-kept
dir-out        | nc-dir                   | root       | 1    | name-constraints
nc-inner-in    | nc-inner nc-dns          | root       | 1    | name-constraints-kept
nc-inner-out   | nc-inner nc-dns          | root       | 1    | name-constraints
critical-leaf  | int                      | root       | 1    | critical-extension
below-critical | critical-int             | root       | 1    | critical-extension
md5            |                          | rsa-root   | 1    | weak-signature
sha1           | int                      | root       | 1    | weak-signature
sha512         | int                      | root       | 1    | company-root
rsa-leaf       |                          | rsa-root   | 1    | weak-key
pss-leaf       |                          | rsa-root   | 1    | company-root
pss-sha512     |                          | rsa-root   | 1    | company-root
p384-leaf      |                          | p384-root  | 1    | company-root
p521-leaf      |                          | p521-root  | 1    | company-root
ed-leaf        |                          | ed-root    | 1    | company-root
tls-client     | tls-int                  | root       | 1 sslclient | purpose-nesting
both-client    | both-int                 | root       | 1 sslclient | company-root
v1-leaf        | int                      | root       | 1    | company-root
below-v1-root  |                          | v1-root    | 1    | company-root
below-v1-int   | v1-int                   | root       | 1    | not-a-ca
below-loop     | loop-b loop-a-by-b       |            | 1    | chain-incomplete
below-loop     | loop-b loop-a-by-b       | loop-a     | 1    | company-root
below-public   | public-name              |            | 1    | chain-private-root
";

#[test]
fn verdicts_agree_with_openssl() {
    let folder = Folder::new();
    let pki = Pki::make(folder.path());
    let now = OffsetDateTime::from(std::time::SystemTime::now());
    let cases: Vec<Case<'_>> = CASES
        .lines()
        .filter(|line| !line.is_empty())
        .map(Case::of)
        .collect();
    let numbered: Vec<(usize, &Case<'_>)> = cases.iter().enumerate().collect();
    let judged = each(&numbered, |&(number, case)| {
        let at = now + Duration::days(case.days);
        let theirs = case.openssl(&pki, &folder, number, at);
        let turned = case.other_way && case.turned().openssl(&pki, &folder, number, at).is_none();
        (case.ours(&pki, at), theirs, turned)
    });
    println!(
        "{:<15} {:<32} {:<12} {:>4}  {:<24} openssl verify",
        "certificate", "others", "roots", "day", "Keyferry"
    );
    let mut wrong = Vec::new();
    for (case, (ours, theirs, turned)) in cases.iter().zip(&judged) {
        let good = theirs.is_none();
        let codes: Vec<&str> = ours.findings.iter().map(|finding| finding.code).collect();
        let against = ours
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error);
        let against: Vec<&str> = against.map(|finding| finding.code).collect();
        let end = json!(ChainVerdict::of(ours).verdict);
        let end = end.as_str().expect("a name");
        let said = match ours.is_good() {
            true => format!("good: {end}"),
            false if against.is_empty() => end.to_owned(),
            false => against.join(" "),
        };
        let good = good || *turned;
        let row = format!(
            "{:<15} {:<32} {:<12} {:>4}  {said:<24} {}",
            case.leaf,
            case.others.join(" "),
            case.roots.join(" "),
            case.days,
            theirs.as_deref().unwrap_or("OK")
        );
        println!("{row}");
        if ours.is_good() != good || !(codes.contains(&case.expected) || end == case.expected) {
            wrong.push(format!(
                "{row}\n  expected {}, found {codes:?}",
                case.expected
            ));
        }
    }
    println!("{} cases", cases.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() >= 40);
}

struct Case<'a> {
    leaf: &'a str,
    others: Vec<&'a str>,
    roots: Vec<&'a str>,
    days: i64,
    purpose: Option<&'a str>,
    expected: &'a str,
    other_way: bool,
}

impl<'a> Case<'a> {
    fn of(line: &'a str) -> Self {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let [leaf, others, roots, when, expected] = columns[..] else {
            panic!("five columns in {line}");
        };
        let mut when = when.split(' ');
        let other_way = expected.strip_suffix(" other-way");
        Self {
            leaf,
            others: others.split_whitespace().collect(),
            roots: roots.split_whitespace().collect(),
            days: when
                .next()
                .and_then(|days| days.parse().ok())
                .expect("days"),
            purpose: when.next(),
            expected: other_way.unwrap_or(expected),
            other_way: other_way.is_some(),
        }
    }

    /// With the others in the reverse order.
    fn turned(&self) -> Self {
        Self {
            others: self.others.iter().rev().copied().collect(),
            roots: self.roots.clone(),
            ..*self
        }
    }

    fn ours(&self, pki: &Pki<'_>, at: OffsetDateTime) -> Chain {
        let read = |id: &&str| certificate(pki, id);
        let others: Vec<_> = self.others.iter().map(read).collect();
        let roots: Vec<_> = self.roots.iter().map(read).collect();
        chain(&certificate(pki, self.leaf), &others, &roots, at)
    }

    /// What openssl has against it, `None` where nothing.
    fn openssl(
        &self,
        pki: &Pki<'_>,
        folder: &Folder,
        number: usize,
        at: OffsetDateTime,
    ) -> Option<String> {
        let joined = |ids: &[&str]| -> Vec<u8> {
            ids.iter()
                .flat_map(|id| fs::read(pki.pem(id)).expect("it was made"))
                .collect()
        };
        let mut command = Command::new("openssl");
        command.args([
            "verify",
            "-no-CApath",
            "-no-CAstore",
            "-attime",
            &at.unix_timestamp().to_string(),
        ]);
        match self.roots.is_empty() {
            true => command.arg("-no-CAfile"),
            false => command
                .arg("-CAfile")
                .arg(folder.write(&format!("roots-{number}"), &joined(&self.roots))),
        };
        if !self.others.is_empty() {
            command
                .arg("-untrusted")
                .arg(folder.write(&format!("others-{number}"), &joined(&self.others)));
        }
        command.args(
            self.purpose
                .map(|purpose| ["-purpose", purpose])
                .iter()
                .flatten(),
        );
        let output = command
            .arg(pki.pem(self.leaf))
            .output()
            .expect("openssl starts");
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        if output.status.success() {
            return None;
        }
        let errors = said.lines().filter_map(|line| line.strip_prefix("error "));
        let errors = errors.filter(|line| !line.ends_with("verification failed"));
        Some(
            errors
                .map(|error| error.to_owned())
                .collect::<Vec<_>>()
                .join("; "),
        )
    }
}

fn certificate(pki: &Pki<'_>, id: &str) -> Arc<Certificate> {
    let pem = fs::read_to_string(pki.pem(id)).expect("it was made");
    let base64: String = pem
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    let der = base64ct::Decoder::<base64ct::Base64>::new(base64.as_bytes());
    let mut bytes = Vec::new();
    der.expect("base64")
        .decode_to_end(&mut bytes)
        .expect("base64");
    Arc::new(Certificate::parse(&bytes).expect("a certificate"))
}
