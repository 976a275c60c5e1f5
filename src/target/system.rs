//! Operating systems and runtimes, by what each can read; and the target that has no rules of its own.

use super::quote::shell;
use super::rules::RsaSizes;
use super::{
    FOLDER, Group, KeyRule, PLAIN, PasswordRule, Snippet, SnippetInput, Takes, Target, file,
    nothing, usual,
};

/// A system that imports keystores.
const SYSTEM: Target = Target {
    takes: Takes::Several,
    ..PLAIN
};

pub(super) const JAVA_TRUSTSTORE: Target = Target {
    id: "java-truststore",
    name: "Java truststore",
    group: Group::Java,
    search: &["Oracle", "OpenJDK", "cacerts", "JKS", "pfx"],
    description: "The certificates that a Java program trusts, without a private key.",
    files: &[
        file(
            "truststore.p12",
            "For Java 8u301 and later. Each certificate is marked as trusted, as Java requires.",
            usual::PKCS12,
        ),
        file("truststore.jks", "For every version of Java.", usual::JKS),
    ],
    takes: Takes::Certificates,
    password_rules: &[PasswordRule::SixCharacters, PasswordRule::Ascii],
    steps: |_| vec!["java-truststore.copy", "java-truststore.options"],
    snippets: trust_options,
    source: "JDK documentation “JSSE Reference Guide”, OpenJDK’s PKCS12KeyStore",
    ..SYSTEM
};

pub(super) const JAVA_8: Target = Target {
    id: "java-8",
    name: "Java 8 before 8u301",
    group: Group::Java,
    search: &["Oracle", "OpenJDK", "JRE", "JDK", "pfx"],
    description: "Keystores for Java versions that cannot read AES in PKCS#12.",
    files: &[
        file("keystore.jks", "The keystore as JKS.", usual::JKS),
        file(
            "keystore.p12",
            "The keystore as PKCS#12 with 3DES and SHA-1, which old Java versions require.",
            usual::OLD_PKCS12,
        ),
    ],
    keys: KeyRule {
        words: "an RSA key of 1,024 bits or more, a DSA key, or one on P-256, P-384 or P-521",
        rsa: RsaSizes::From(1024),
        curves: &["P-256", "P-384", "P-521"],
        others: &["DSA"],
    },
    password_rules: &[PasswordRule::SixCharacters, PasswordRule::Ascii],
    two_passwords: true,
    steps: |_| vec!["java-8.copy", "java-8.values"],
    source: "confluentinc/cp-demo#370",
    ..SYSTEM
};

pub(super) const WINDOWS_CURRENT: Target = Target {
    id: "windows-current",
    name: "Windows 10 1709, Windows Server 2019 and later",
    group: Group::Desktop,
    search: &["Microsoft", "IIS", "Azure", "certlm", "p12"],
    description: "The .pfx file to import with a double click, with AES-256 and SHA-256.",
    files: &[file(
        "certificate.pfx",
        "The file to import, encrypted with the new password.",
        usual::PKCS12,
    )],
    keys: KeyRule::WINDOWS,
    steps: |_| vec!["windows.import", "windows.place", "windows.password"],
    source: "acmesh-official/acme.sh#6805",
    ..SYSTEM
};

pub(super) const WINDOWS_2016: Target = Target {
    id: "windows-2016",
    name: "Windows Server 2016 and older",
    search: &["Microsoft", "IIS", "Windows 7", "p12"],
    description: "The .pfx file with 3DES and SHA-1. These systems refuse AES and say “wrong password”.",
    files: &[file(
        "certificate.pfx",
        "The file to import, encrypted with the new password and the old algorithms.",
        usual::OLD_PKCS12,
    )],
    ..WINDOWS_CURRENT
};

pub(super) const MACOS: Target = Target {
    id: "macos",
    name: "macOS Keychain",
    search: &["Apple", "Mac", "OS X", "pfx"],
    description: "The .p12 file with 3DES and SHA-1. macOS may refuse AES and say “wrong password”.",
    files: &[file(
        "certificate.p12",
        "The file to import, encrypted with the new password and the old algorithms.",
        usual::OLD_PKCS12,
    )],
    steps: |_| vec!["macos.open", "macos.choose"],
    source: "kaikramer/keystore-explorer#318, kornelski/rust-security-framework#216",
    ..WINDOWS_CURRENT
};

/// Whatever files a person lists.
pub(super) const CUSTOM: Target = Target {
    id: "custom",
    name: "By hand",
    search: &[
        "other", "OpenSSL", "p12", "pfx", "pem", "crt", "cer", "der", "key", "p8", "p7b", "jks",
        "jceks", "OpenSSH",
    ],
    description: "Any files that Keyferry writes, with all their settings.",
    files: &[],
    takes: Takes::Several,
    keys: KeyRule::ANY,
    password_rules: &[],
    two_passwords: true,
    steps: |input| {
        let password = input.password.then_some("custom.password");
        ["custom.copy"].into_iter().chain(password).collect()
    },
    snippets: nothing,
    source: "The standard of each format",
    ..PLAIN
};

fn trust_options(_: &SnippetInput<'_>) -> Vec<Snippet> {
    let options = |file: &str, kind: &str| {
        format!(
            "-Djavax.net.ssl.trustStore={} -Djavax.net.ssl.trustStoreType={kind} -Djavax.net.ssl.trustStorePassword=\n",
            shell(&format!("{FOLDER}{file}"))
        )
    };
    vec![
        Snippet::new(
            "Options for the java command; put the new password at the end",
            options("truststore.p12", "PKCS12"),
        ),
        Snippet::new(
            "The same options for the JKS file",
            options("truststore.jks", "JKS"),
        ),
    ]
}
