//! What a certificate is worth: who vouches for it, whether it is revoked, and every detail of it.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::visit::{PASSWORD, Visit, root, said, text, until};

/// A CA of openssl's with one certificate that it issued, in the folder of a visit.
struct Authority {
    visit: Visit,
}

impl Authority {
    #[track_caller]
    fn new(subject: &str) -> Self {
        let this = Self {
            visit: Visit::over_http(),
        };
        let [ca_key, ca, key, request, certificate] =
            ["ca.key", "ca.crt", "own.key", "own.csr", "own.crt"]
                .map(|name| text(&this.path(name)));
        let new = ["-newkey", "rsa:2048", "-nodes", "-utf8"];
        let openssl = |arguments: &[&[&str]]| said("openssl", &arguments.concat());
        openssl(&[
            &["req", "-x509"],
            &new,
            &[
                "-keyout",
                &ca_key,
                "-out",
                &ca,
                "-subj",
                "/CN=Test CA",
                "-days",
                "30",
            ],
        ]);
        openssl(&[
            &["req"],
            &new,
            &["-keyout", &key, "-out", &request, "-subj", subject],
        ]);
        openssl(&[&[
            "x509",
            "-req",
            "-in",
            &request,
            "-CA",
            &ca,
            "-CAkey",
            &ca_key,
            "-set_serial",
            "4711",
            "-days",
            "20",
            "-out",
            &certificate,
        ]]);
        this
    }

    fn path(&self, name: &str) -> PathBuf {
        self.visit.folder.path().join(name)
    }

    fn give(&self, names: &[&str]) {
        let paths: Vec<PathBuf> = names.iter().map(|name| self.path(name)).collect();
        let paths: Vec<_> = paths.iter().map(PathBuf::as_path).collect();
        self.visit.choose("#file-input", &paths);
    }

    /// A list that revokes the certificate, made with these options.
    #[track_caller]
    fn list(&self, name: &str, dates: &[&str]) {
        let config = "[ca]\ndefault_ca = own\n[own]\ndatabase = INDEX\ndefault_md = sha256\n";
        let index = self.visit.folder.write(
            "index.txt",
            b"R\t300101000000Z\t260101000000Z,keyCompromise\t1267\tunknown\t/CN=Ann\n",
        );
        let config = config.replace("INDEX", &text(&index));
        let config = text(&self.visit.folder.write("ca.cnf", config.as_bytes()));
        let [ca, key, out] = ["ca.crt", "ca.key", name].map(|name| text(&self.path(name)));
        let make = [
            "ca", "-gencrl", "-config", &config, "-cert", &ca, "-keyfile", &key, "-out", &out,
        ];
        said("openssl", &[&make[..], dates].concat());
    }
}

#[test]
fn a_private_root_is_refused_by_anaplan_and_trusted_on_request() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.see("#entries .chain[data-verdict=private-root]");
    assert!(visit.shows("#entries [data-role=verdict][data-code=private-root]"));
    visit.click("#entries .exactly > summary");
    assert!(
        visit
            .text("#entries [data-field=roots]")
            .contains("Mozilla")
    );
    visit.click("#entries [data-role=trust]");
    visit.see("#entries .chain[data-verdict=company-root]");
    visit.see("#entries [data-role=notes] [data-code=chain-company-root]");
    // Anaplan takes no company's root, whoever trusts it.
    assert!(visit.shows("#entries [data-role=verdict][data-code=private-root]"));
    visit.click("#entries [data-role=trust]");
    visit.see("#entries .chain[data-verdict=private-root]");
}

/// An authority of Let's Encrypt, as it publishes it: https://letsencrypt.org/certs/2024/e7.pem. ISRG Root X2 issued it, valid
/// from 2024-03-13 to 2027-03-12.
const PUBLIC: &str = "-----BEGIN CERTIFICATE-----
MIICtzCCAjygAwIBAgIRAMWKhaLGI0XgqMRSU4efWTowCgYIKoZIzj0EAwMwTzEL
MAkGA1UEBhMCVVMxKTAnBgNVBAoTIEludGVybmV0IFNlY3VyaXR5IFJlc2VhcmNo
IEdyb3VwMRUwEwYDVQQDEwxJU1JHIFJvb3QgWDIwHhcNMjQwMzEzMDAwMDAwWhcN
MjcwMzEyMjM1OTU5WjAyMQswCQYDVQQGEwJVUzEWMBQGA1UEChMNTGV0J3MgRW5j
cnlwdDELMAkGA1UEAxMCRTcwdjAQBgcqhkjOPQIBBgUrgQQAIgNiAARB6ASTCFh/
vjcwDMCgQer+VtqEkz7JANurZxLP+U9TCeioL6sp5Z8VRvRbYk4P1INBmbefQHJF
HCxcSjKmwtvGBWpl/9ra8HW0QDsUaJW2qOJqceJ0ZVFT3hbUHifBM/2jgfgwgfUw
DgYDVR0PAQH/BAQDAgGGMB0GA1UdJQQWMBQGCCsGAQUFBwMCBggrBgEFBQcDATAS
BgNVHRMBAf8ECDAGAQH/AgEAMB0GA1UdDgQWBBSuSJ7chx1EoG/aouVgdAR4wpwA
gDAfBgNVHSMEGDAWgBR8Qpau3ktIO/qS+J6Mz22LqXI3lTAyBggrBgEFBQcBAQQm
MCQwIgYIKwYBBQUHMAKGFmh0dHA6Ly94Mi5pLmxlbmNyLm9yZy8wEwYDVR0gBAww
CjAIBgZngQwBAgEwJwYDVR0fBCAwHjAcoBqgGIYWaHR0cDovL3gyLmMubGVuY3Iu
b3JnLzAKBggqhkjOPQQDAwNpADBmAjEA/e5N+wjAk945cpaFxGaeMC13fyvdbNzX
lRg9HNdElxi5mXdI4az2CykNU07iFwqEAjEAihPCDkw4b1BvfLg8VNLLuaMpn1Rb
Z1682chR6zNRCseyie4SjyTCdkvsAa+omQSf
-----END CERTIFICATE-----
";

#[test]
fn a_public_root_is_named() {
    let visit = Visit::over_http();
    // A day on which it is valid, whenever this runs: 2026-01-01.
    visit.run("Date.now = () => 1767225600000", json!([]));
    let file = visit.folder.write("e7.pem", PUBLIC.as_bytes());
    visit.choose("#file-input", &[&file]);
    visit.see("#others > li[data-kind=certificate]");
    visit.click("#others .exactly > summary");
    let notes = visit.text("#others [data-role=notes]");
    let wanted = "The certificate chain ends in “ISRG Root X2”, a public root that Mozilla trusts for TLS, not for e-mail.";
    assert!(notes.contains(wanted), "{notes}");
    assert!(!visit.shows("#others [data-role=trust]"), "it is trusted");
}

#[test]
fn a_missing_issuer_is_named() {
    let authority = Authority::new("/CN=Ann");
    let visit = &authority.visit;
    authority.give(&["own.crt", "own.key"]);
    visit.see("#entries .chain[data-verdict=incomplete]");
    assert!(
        visit
            .text("#entries [data-code=chain-incomplete]")
            .contains("Test CA")
    );
    assert_eq!(
        visit.count("#entries [data-role=chain] > li[data-missing]"),
        1
    );
    authority.give(&["ca.crt"]);
    visit.see("#entries .chain[data-verdict=private-root]");
}

#[test]
fn a_list_marks_what_it_revokes_and_a_stale_one_nothing() {
    let authority = Authority::new("/CN=Ann");
    let visit = &authority.visit;
    authority.list(
        "stale.crl",
        &[
            "-crl_lastupdate",
            "20240101000000Z",
            "-crl_nextupdate",
            "20240201000000Z",
        ],
    );
    authority.give(&["own.crt", "own.key", "ca.crt", "stale.crl"]);
    visit.see("[data-code=crl-stale]");
    let list = "#others > li[data-kind=crl]";
    assert_eq!(visit.text(&format!("{list} [data-field=name]")), "Test CA");
    assert!(
        visit
            .text(&format!("{list} [data-field=what]"))
            .eq_ignore_ascii_case("revocation list")
    );
    assert_eq!(visit.count("[data-code=revoked]"), 0);
    authority.list("now.crl", &["-crldays", "7"]);
    authority.give(&["now.crl"]);
    visit.see("#entries [data-code=revoked]");
    assert!(
        visit
            .text("#entries [data-code=revoked]")
            .contains("key compromise")
    );
    visit.click("#inventory > summary");
    until("the row to be marked", || {
        visit.text("#inventory-rows").contains("Revoked")
    });
}

#[test]
fn every_detail_as_openssl_reads_it() {
    let visit = Visit::over_http();
    visit.open("pkcs12-openssl-default.p12");
    visit.click("#entries .exactly > summary");
    visit.see("#entries .groups dl > div");
    let vector = text(&root().join("tests/vectors/pkcs12-openssl-default.p12"));
    let [all, own] = ["all.pem", "own.pem"].map(|name| text(&visit.folder.path().join(name)));
    let pass = format!("pass:{PASSWORD}");
    said(
        "openssl",
        &[
            "pkcs12", "-in", &vector, "-passin", &pass, "-clcerts", "-nokeys", "-out", &all,
        ],
    );
    said("openssl", &["x509", "-in", &all, "-out", &own]);
    visit.click("#entries .of-pem > summary");
    let shown = visit.property("#entries [data-field=pem]", "textContent");
    assert_eq!(shown, fs::read_to_string(&own).unwrap());
    let print = said(
        "openssl",
        &["x509", "-in", &own, "-noout", "-fingerprint", "-sha256"],
    );
    let print = print
        .trim()
        .split('=')
        .nth(1)
        .expect("a fingerprint")
        .to_owned();
    assert!(
        visit
            .text("#entries [data-role=fingerprints]")
            .contains(&print)
    );

    // As many nodes as openssl finds.
    visit.click("#entries [data-role=tree] > summary");
    until("the tree", || {
        !visit.text("#entries [data-role=tree] pre").is_empty()
    });
    let tree = visit.property("#entries [data-role=tree] pre", "textContent");
    let nodes = said("openssl", &["asn1parse", "-in", &own]);
    assert_eq!(tree.lines().count(), nodes.lines().count(), "{tree}");

    // The chain's other certificates are a choice away, and are of other keys.
    let choose = "const select = document.querySelector(arguments[0]); select.value = select.options[1].value;
        select.dispatchEvent(new Event('change', { bubbles: true }))";
    visit.run(choose, json!(["#entries [data-role=compare-with]"]));
    visit.see("#entries [data-role=compared][data-same=false]");
    visit.run(choose, json!(["#entries [data-role=link]"]));
    until("the next certificate", || {
        visit.property("#entries [data-field=pem]", "textContent") != shown
    });
}

#[test]
fn a_request_is_of_the_key_of_its_certificate() {
    let authority = Authority::new("/CN=Ann");
    let visit = &authority.visit;
    authority.give(&["own.crt", "own.csr"]);
    visit.see("#others > li[data-kind=request]");
    visit.click("#others > li[data-kind=request] .exactly > summary");
    visit.see("#others > li[data-kind=request] .groups dl > div");
    assert!(
        visit
            .text("#others > li[data-kind=request] .groups")
            .contains("right")
    );
    visit.run(
        "const select = document.querySelector('#others > li[data-kind=request] [data-role=compare-with]');
        select.value = select.options[1].value; select.dispatchEvent(new Event('change', { bubbles: true }))",
        json!([]),
    );
    visit.see("#others > li[data-kind=request] [data-role=compared][data-same=true]");
}

#[test]
fn names_that_turn_the_direction_of_text_are_spelled_out() {
    let authority = Authority::new("/CN=Ann\u{202e}elpmaxe\u{7}<b>x<\\/b>");
    let visit = &authority.visit;
    authority.give(&["own.crt", "own.key"]);
    visit.see("#entries > li");
    visit.click("#entries .exactly > summary");
    visit.see("#entries .groups dl > div");
    let all = visit.property("main", "textContent");
    assert!(!all.contains('\u{202e}') && !all.contains('\u{7}'));
    let name = visit.text("#entries [data-field=name]");
    assert!(name.contains("⟨U+202E⟩elpmaxe"), "{name}");
    let fields = visit.text("#entries .groups");
    assert!(fields.contains("elpmaxe"), "{fields}");
    assert_eq!(visit.count("#entries b"), 0);
}
