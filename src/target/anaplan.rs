//! Anaplan: the certificate to register, and the forms of key that Anaplan Connect 1.4 to 4 takes.
//!
//! Its `-pkey` takes `path:passphrase`, split at the last colon; its `-k` opens `KeyStore.getInstance("JKS")` and fetches
//! the key with the keystore's own password. The lines to paste hold a place for the password and never the password.

use super::quote::{batch, shell};
use super::{
    Asks, FOLDER, File, Group, KeyRule, PasswordRule, Snippet, SnippetInput, Takes, Target,
    WINDOWS_FOLDER, file, usual,
};

pub(crate) mod api;

const SOURCE: &str = "help.anaplan.com “Procure CA certificates”, support.anaplan.com, anaplaninc/anaplan-java-client 1.4.1 to 4.1";

pub(super) const PUBLIC_KEY: File = file(
    "public_key.pem",
    "The certificate alone. Register it in Anaplan under Tenant Administrator, Security, Certificates.",
    usual::CERTIFICATE,
);
pub(super) const PRIVATE_KEY: File = file(
    "private_key.pem",
    "The private key, encrypted with the new password.",
    usual::LOCKED_KEY,
);
pub(super) const BUNDLE: File = file(
    "bundle.p12",
    "Certificate, chain and private key in one file, for clients that use PKCS#12.",
    usual::PKCS12,
);
pub(super) const KEYSTORE: File = file(
    "my_keystore.jks",
    "Certificate, chain and private key under one alias, for clients that use a Java keystore.",
    usual::JKS,
);

/// Everything a tenant's integration admin may be asked for.
pub(super) const ANAPLAN: Target = Target {
    id: "anaplan",
    name: "Anaplan",
    group: Group::Anaplan,
    search: &["CloudWorks", "Hyperconnect", "p12", "pfx"],
    description: "The certificate to register, with the private key, PKCS#12 file and keystore for integrations.",
    files: &[PUBLIC_KEY, PRIVATE_KEY, BUNDLE, KEYSTORE],
    takes: Takes::One,
    keys: KeyRule::RSA,
    asks: Asks::Anaplan,
    days: None,
    password_rules: &[
        PasswordRule::SixCharacters,
        PasswordRule::Ascii,
        PasswordRule::NoColon,
    ],
    two_passwords: false,
    serves: false,
    steps: |_| {
        vec![
            "anaplan.open",
            "anaplan.add",
            "anaplan.client",
            "anaplan.connect",
        ]
    },
    snippets: |input| [with_keystore(input), with_pem(input)].concat(),
    note: None,
    source: SOURCE,
};

/// What a tenant's administrator registers.
pub(super) const ADMINISTRATOR: Target = Target {
    id: "anaplan-administrator",
    name: "Anaplan Tenant Administrator",
    search: &["administration", "register", "cer", "crt"],
    description: "The certificate to register under Security, Certificates: one PEM block without a private key.",
    files: &[PUBLIC_KEY],
    password_rules: &[],
    steps: |_| vec!["anaplan.open", "anaplan.add"],
    snippets: super::nothing,
    ..ANAPLAN
};

/// Anaplan Connect with PEM files.
pub(super) const CONNECT_PEM: Target = Target {
    id: "anaplan-connect-pem",
    name: "Anaplan Connect, PEM files",
    search: &["AnaplanClient", "-pkey"],
    description: "The certificate and the encrypted private key, for the options -certificate and -privatekey.",
    files: &[PUBLIC_KEY, PRIVATE_KEY],
    password_rules: &[PasswordRule::Given, PasswordRule::NoColon],
    steps: |_| {
        vec![
            "anaplan.open",
            "anaplan.add",
            "anaplan.copy-pem",
            "anaplan.connect",
        ]
    },
    snippets: with_pem,
    ..ANAPLAN
};

/// Anaplan Connect with a keystore.
pub(super) const CONNECT_JKS: Target = Target {
    id: "anaplan-connect-jks",
    name: "Anaplan Connect, Java keystore",
    search: &["AnaplanClient", "keystore"],
    description: "The keystore, for the options -keystore, -keystorealias and -keystorepass.",
    files: &[KEYSTORE],
    password_rules: &[PasswordRule::SixCharacters],
    steps: |_| {
        vec![
            "anaplan.registered",
            "anaplan.copy-keystore",
            "anaplan.connect",
        ]
    },
    snippets: with_keystore,
    ..ANAPLAN
};

fn with_keystore(input: &SnippetInput<'_>) -> Vec<Snippet> {
    let (batch, shell) = (batch(input.alias), shell(input.alias));
    vec![
        Snippet::new(
            "Anaplan Connect on Windows, with the keystore (.bat)",
            format!(
                "set \"KeyStorePath={WINDOWS_FOLDER}my_keystore.jks\"\n\
                 set \"KeyStoreAlias={batch}\"\n\
                 rem Enter the new password after the equals sign. Write each percent sign twice.\n\
                 set \"KeyStorePass=\"\n\
                 set Credentials=-k \"%KeyStorePath%\" -ka \"%KeyStoreAlias%\" -kp \"%KeyStorePass%\"\n\
                 call AnaplanClient.bat %Credentials% %Operation%\n"
            ),
        ),
        Snippet::new(
            "Anaplan Connect on Linux or macOS, with the keystore (.sh)",
            format!(
                "KeyStorePath='{FOLDER}my_keystore.jks'\n\
                 KeyStoreAlias={shell}\n\
                 # Enter the new password between the quotes.\n\
                 KeyStorePass=''\n\
                 ./AnaplanClient.sh -k \"${{KeyStorePath}}\" -ka \"${{KeyStoreAlias}}\" -kp \"${{KeyStorePass}}\" ${{Operation}}\n"
            ),
        ),
    ]
}

fn with_pem(_: &SnippetInput<'_>) -> Vec<Snippet> {
    vec![
        Snippet::new(
            "Anaplan Connect on Windows, with the PEM files (.bat)",
            format!(
                "set \"CertPath={WINDOWS_FOLDER}public_key.pem\"\n\
                 rem Enter the new password after the colon. Write each percent sign twice.\n\
                 set \"PrivateKey={WINDOWS_FOLDER}private_key.pem:\"\n\
                 set Credentials=-c \"%CertPath%\" -pkey \"%PrivateKey%\"\n\
                 call AnaplanClient.bat %Credentials% %Operation%\n"
            ),
        ),
        Snippet::new(
            "Anaplan Connect on Linux or macOS, with the PEM files (.sh)",
            format!(
                "CertPath='{FOLDER}public_key.pem'\n\
                 # Enter the new password after the colon.\n\
                 PrivateKey='{FOLDER}private_key.pem:'\n\
                 ./AnaplanClient.sh -c \"${{CertPath}}\" -pkey \"${{PrivateKey}}\" ${{Operation}}\n"
            ),
        ),
    ]
}
