//! Platforms that integrations run on: those that reach Anaplan, and those that ask for the same files.

use super::anaplan::{ANAPLAN, BUNDLE, KEYSTORE, PRIVATE_KEY, PUBLIC_KEY};
use super::output::{Encoding, OutputFormat, PublicSyntax};
use super::rules::RsaSizes;
use super::{
    Asks, Group, KeyRule, PLAIN, PasswordRule, Snippet, SnippetInput, Target, file, nothing, usual,
};

/// A client of Anaplan's that is not Anaplan's own.
const CLIENT: Target = Target {
    snippets: nothing,
    ..ANAPLAN
};

pub(super) const INFORMATICA: Target = Target {
    id: "informatica",
    name: "Informatica, Anaplan V2 connector",
    search: &["IICS", "IDMC", "PowerCenter", "keystore"],
    description: "The keystore for the connection, with its alias and password.",
    files: &[KEYSTORE],
    password_rules: &[PasswordRule::SixCharacters],
    steps: |_| {
        vec![
            "anaplan.registered",
            "informatica.copy",
            "informatica.new",
            "informatica.type",
            "informatica.values",
        ]
    },
    snippets: keystore_values,
    source: "Informatica help, “Anaplan V2 connection properties” and “Configuring Anaplan V2 Connection with Certificate-Based Authentication”; community.anaplan.com/discussion/53347",
    ..CLIENT
};

pub(super) const MULESOFT: Target = Target {
    id: "mulesoft",
    name: "MuleSoft, Anaplan connector",
    search: &["Salesforce", "Anypoint", "Mule", "keystore"],
    description: "Both forms that the connector may require: a keystore with an alias, or PEM files.",
    files: &[KEYSTORE, PUBLIC_KEY, PRIVATE_KEY],
    password_rules: &[PasswordRule::SixCharacters, PasswordRule::Ascii],
    steps: |_| vec!["anaplan.registered", "mulesoft.copy", "mulesoft.values"],
    snippets: keystore_values,
    note: Some(
        "There is no public document about version 2 of the connector. Use the keystore or the two PEM files, whichever it asks for.",
    ),
    source: "No public document",
    ..CLIENT
};

pub(super) const BOOMI: Target = Target {
    id: "boomi",
    name: "Boomi, Anaplan connector",
    search: &["Dell", "AtomSphere", "pfx"],
    description: "The PKCS#12 file to import as a certificate component.",
    files: &[BUNDLE],
    password_rules: &[PasswordRule::SixCharacters, PasswordRule::Ascii],
    steps: |_| {
        vec![
            "anaplan.registered",
            "boomi.component",
            "boomi.password",
            "boomi.connection",
        ]
    },
    source: "Boomi help, “Anaplan connector” and “Certificate components”",
    ..CLIENT
};

pub(super) const SNAPLOGIC: Target = Target {
    id: "snaplogic",
    name: "SnapLogic, Anaplan account",
    search: &["Snap", "crt", "key"],
    description: "The certificate and the private key as PEM, to paste into the account.",
    files: &[PUBLIC_KEY, OPEN_KEY],
    password_rules: &[],
    steps: |_| {
        vec![
            "anaplan.registered",
            "snaplogic.account",
            "snaplogic.certificate",
            "snaplogic.key",
            "snaplogic.delete",
        ]
    },
    note: Some(
        "The account has no field for a key password, so the private key is not encrypted. Delete the file after you paste it.",
    ),
    source: "SnapLogic documentation, “Anaplan Account”",
    ..CLIENT
};

pub(super) const WORKIVA: Target = Target {
    id: "workiva",
    name: "Workiva (OneCloud), Anaplan connection",
    search: &["OneCloud", "Wdata", "keystore"],
    description: "The certificate, private key and password, or the keystore with its alias.",
    files: &[PUBLIC_KEY, PRIVATE_KEY, KEYSTORE],
    password_rules: &[PasswordRule::SixCharacters],
    steps: |_| vec!["anaplan.registered", "workiva.choose", "workiva.upload"],
    snippets: keystore_values,
    source: "Workiva support, “Anaplan connector”",
    ..CLIENT
};

pub(super) const PYTHON_NODE_DOTNET: Target = Target {
    id: "python-node-dotnet",
    name: "Python, Node.js or .NET",
    group: Group::Custom,
    search: &[
        "program",
        "script",
        "code",
        "requests",
        "JavaScript",
        "C#",
        "Microsoft",
        "crt",
        "key",
    ],
    description: "The certificate and the encrypted private key as PEM, with code that reads them.",
    files: &[
        file(
            "public_key.pem",
            "The certificate, which the code snippets read.",
            usual::CERTIFICATE,
        ),
        PRIVATE_KEY,
    ],
    password_rules: &[PasswordRule::Given],
    steps: |_| vec!["python.copy", "python.password", "python.code"],
    snippets: program_lines,
    source: "Python “ssl.SSLContext.load_cert_chain”, Node.js “crypto”, .NET “X509Certificate2.CreateFromEncryptedPemFile”",
    ..PLAIN
};

pub(super) const SALESFORCE: Target = Target {
    id: "salesforce",
    name: "Salesforce, Certificate and Key Management",
    group: Group::Cloud,
    search: &["SFDC", "Apex", "mutual TLS", "keystore"],
    description: "The keystore for “Import from Keystore”.",
    files: &[file(
        "my_keystore.jks",
        "Certificate, chain and private key under one alias. Import it under Certificate and Key Management.",
        usual::JKS,
    )],
    keys: KeyRule {
        words: "an RSA key of 2,048, 3,072 or 4,096 bits",
        rsa: RsaSizes::Of(&[2048, 3072, 4096]),
        curves: &[],
        others: &[],
    },
    password_rules: &[PasswordRule::SixCharacters],
    steps: |_| vec!["salesforce.open", "salesforce.import", "salesforce.check"],
    source: "Salesforce help, “Certificates and Keys” and “Export and Import Certificates with a Keystore”",
    ..PLAIN
};

pub(super) const SNOWFLAKE: Target = Target {
    id: "snowflake",
    name: "Snowflake, key-pair authentication",
    group: Group::Cloud,
    search: &["Snowpipe", "SnowSQL", "database", "rsa", "pub"],
    description: "The encrypted private key for the client, and the public key for ALTER USER. No certificate is needed.",
    files: &[
        file(
            "rsa_key.p8",
            "The private key, encrypted with the new password, for the driver or connector.",
            usual::LOCKED_KEY,
        ),
        file(
            PUBLIC,
            "The public key. The ALTER USER line already contains it.",
            OutputFormat::PublicKey {
                syntax: PublicSyntax::Spki,
                encoding: Encoding::Pem,
            },
        ),
    ],
    keys: KeyRule::RSA,
    password_rules: &[PasswordRule::Given],
    steps: |_| vec!["snowflake.user", "snowflake.client"],
    snippets: alter_user,
    source: "Semarchy support 43000775830, Snowflake documentation “Key-pair authentication”, “Key decryption errors”",
    ..PLAIN
};

pub(super) const NETSUITE: Target = Target {
    id: "netsuite",
    name: "NetSuite, OAuth 2.0 machine to machine",
    group: Group::Cloud,
    search: &["Oracle", "SuiteTalk", "M2M"],
    description: "The certificate to upload, and the encrypted private key for the client.",
    files: &[
        file(
            "public_key.pem",
            "The certificate. Upload it on the page of the client’s credentials.",
            usual::CERTIFICATE,
        ),
        PRIVATE_KEY,
    ],
    keys: KeyRule {
        words: "an RSA key of 3,072 or 4,096 bits, or one on P-256, P-384 or P-521",
        rsa: RsaSizes::Of(&[3072, 4096]),
        curves: &["P-256", "P-384", "P-521"],
        others: &[],
    },
    asks: Asks::Nothing,
    days: Some(730),
    password_rules: &[PasswordRule::Given],
    steps: |_| vec!["netsuite.open", "netsuite.new", "netsuite.client"],
    source: "forum.alumio.com/t/437, NetSuite help “OAuth 2.0 Client Credentials Setup”",
    ..PLAIN
};

/// For the one system that has nowhere to type a password.
const OPEN_KEY: super::File = file(
    "private_key.pem",
    "The private key, not encrypted. Anyone who can read this file can use it.",
    usual::OPEN_KEY,
);
const PUBLIC: &str = "rsa_key.pub";

fn keystore_values(input: &SnippetInput<'_>) -> Vec<Snippet> {
    vec![Snippet::new(
        "Values for the connection",
        format!(
            "Keystore file: my_keystore.jks\n\
             Alias: {}\n\
             Password: the new password, for the keystore and the key\n",
            input.alias
        ),
    )]
}

fn program_lines(_: &SnippetInput<'_>) -> Vec<Snippet> {
    vec![
        Snippet::new(
            "Python",
            "import os\n\
             import ssl\n\
             context = ssl.create_default_context()\n\
             context.load_cert_chain(\n    \
                 \"public_key.pem\", \"private_key.pem\", password=os.environ[\"KEY_PASSWORD\"]\n\
             )\n",
        ),
        Snippet::new(
            "Node.js",
            "const { createPrivateKey, X509Certificate } = require('node:crypto');\n\
             const { readFileSync } = require('node:fs');\n\
             const certificate = new X509Certificate(readFileSync('public_key.pem'));\n\
             const key = createPrivateKey({ key: readFileSync('private_key.pem'), passphrase: process.env.KEY_PASSWORD });\n",
        ),
        Snippet::new(
            ".NET",
            "var certificate = X509Certificate2.CreateFromEncryptedPemFile(\n    \
             \"public_key.pem\", Environment.GetEnvironmentVariable(\"KEY_PASSWORD\"), \"private_key.pem\");\n",
        ),
    ]
}

/// The public key's base64 without its armour lines.
fn alter_user(input: &SnippetInput<'_>) -> Vec<Snippet> {
    let text = input.text(PUBLIC);
    let base64: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    vec![
        Snippet::new(
            "Snowflake: replace USER_NAME with the user’s name",
            format!("ALTER USER USER_NAME SET RSA_PUBLIC_KEY='{base64}';\n"),
        ),
        // By itself it asks Java for the cipher by a name that Java before 19 does not have.
        Snippet::new(
            "JDBC driver on Java before 19: java option for reading the encrypted key",
            "-Dnet.snowflake.jdbc.enableBouncyCastle=TRUE\n",
        ),
    ]
}
