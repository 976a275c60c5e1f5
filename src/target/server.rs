//! Servers, and the lines of their configuration. Files are named as they lie beside it.

use super::output::{ChainPart, OutputFormat, Protection};
use super::quote::{json, properties, xml};
use super::{Asks, File, Group, KeyRule, PLAIN, PasswordRule, Snippet, Target, file, usual};

/// What a TLS server is.
const SERVER: Target = Target {
    group: Group::Servers,
    keys: KeyRule::SERVER,
    asks: Asks::Server,
    ..PLAIN
};

/// A server that reads its key without asking for a password.
const UNATTENDED: Target = Target {
    password_rules: &[],
    note: Some(
        "the server starts without anyone who could type a password, so the key is written without one: let only the server’s \
         own user read the file",
    ),
    ..SERVER
};

const FULL_CHAIN: File = file(
    "fullchain.pem",
    "the certificate and those between it and the root, in the order that servers send them",
    usual::FULL_CHAIN,
);
const OPEN_KEY: File = file(
    "privkey.pem",
    "the private key, without a password: whoever reads this file has the key",
    usual::OPEN_KEY,
);
const KEYSTORE: File = file(
    "keystore.p12",
    "certificate, chain and private key, for Java 8u301 and later",
    usual::PKCS12,
);

pub(super) const KAFKA: Target = Target {
    id: "kafka",
    name: "Apache Kafka",
    description: "the keystore of a broker or client in each of the three types that Kafka reads, with the properties for it",
    files: &[
        file(
            "kafka.keystore.jks",
            "for ssl.keystore.type=JKS, every version of Kafka",
            usual::JKS,
        ),
        file(
            "kafka.keystore.p12",
            "for ssl.keystore.type=PKCS12",
            usual::PKCS12,
        ),
        file(
            "kafka.keystore.pem",
            "for ssl.keystore.type=PEM, Kafka 2.7 and later; its key is guarded by 3DES, which Kafka reads on every Java",
            OutputFormat::PemBundle {
                which: ChainPart::FullChain,
                protection: Protection::LegacyTripleDes,
            },
        ),
    ],
    asks: Asks::Nothing,
    password_rules: &[PasswordRule::SixCharacters, PasswordRule::Ascii],
    // Of a PEM file Kafka tries its key as one for RSA, DSA and EC, and as no other.
    keys: KeyRule::CLASSIC_SERVER,
    two_passwords: true,
    snippets: |input| {
        let (jks, p12, pem) = (
            "kafka.keystore.jks",
            "kafka.keystore.p12",
            "kafka.keystore.pem",
        );
        vec![
            Snippet::new("Kafka properties, JKS", kafka("JKS", jks, true)),
            Snippet::new("Kafka properties, PKCS#12", kafka("PKCS12", p12, true)),
            Snippet::new("Kafka properties, PEM", kafka("PEM", pem, false)),
            Snippet::new(
                "The alias in the keystores, for tools that ask",
                format!("{}\n", properties(input.alias)),
            ),
        ]
    },
    source: "KIP-651, Kafka documentation “Security”",
    ..SERVER
};

fn kafka(kind: &str, file: &str, store_password: bool) -> String {
    let (signs, store) = match store_password {
        true => ("signs", "ssl.keystore.password=\n"),
        false => ("sign", ""),
    };
    format!(
        "ssl.keystore.type={kind}\nssl.keystore.location={file}\n\
         # The new password goes behind the equals {signs}; write each backslash twice, and one before a blank at its start.\n\
         {store}ssl.key.password=\n"
    )
}

pub(super) const TOMCAT: Target = Target {
    id: "tomcat",
    name: "Apache Tomcat",
    description: "the keystore, and the connector for server.xml",
    files: &[KEYSTORE],
    password_rules: &[PasswordRule::SixCharacters, PasswordRule::Ascii],
    snippets: |input| {
        vec![Snippet::new(
            "Tomcat 8.5 and later, in the Service of server.xml",
            format!(
                "<Connector port=\"8443\" protocol=\"org.apache.coyote.http11.Http11NioProtocol\" SSLEnabled=\"true\" scheme=\"https\" secure=\"true\">\n  \
                   <SSLHostConfig>\n    \
                     <!-- The new password goes into certificateKeystorePassword. -->\n    \
                     <Certificate certificateKeystoreFile=\"conf/keystore.p12\" certificateKeystoreType=\"PKCS12\" certificateKeystorePassword=\"\" certificateKeyAlias=\"{}\"/>\n  \
                   </SSLHostConfig>\n\
                 </Connector>\n",
                xml(input.alias)
            ),
        )]
    },
    source: "Tomcat documentation “SSL/TLS Configuration How-To”",
    ..SERVER
};

pub(super) const SPRING: Target = Target {
    id: "spring",
    name: "Spring Boot",
    description: "the keystore, and the lines for application.yaml",
    files: &[KEYSTORE],
    password_rules: &[PasswordRule::SixCharacters, PasswordRule::Ascii],
    snippets: |input| {
        vec![Snippet::new(
            "application.yaml, with the new password in the environment as KEYSTORE_PASSWORD",
            format!(
                "server:\n  \
                   port: 8443\n  \
                   ssl:\n    \
                     key-store: \"file:keystore.p12\"\n    \
                     key-store-type: PKCS12\n    \
                     key-store-password: \"${{KEYSTORE_PASSWORD}}\"\n    \
                     key-alias: {}\n",
                // Spring puts values in where it reads ${…}.
                json(input.alias).replace("${", "\\\\${")
            ),
        )]
    },
    source: "Spring Boot reference “Configure SSL”",
    ..SERVER
};

pub(super) const NGINX: Target = Target {
    id: "nginx",
    name: "nginx",
    description: "full chain and key, and the two lines of the server block",
    files: &[FULL_CHAIN, OPEN_KEY],
    snippets: |_| {
        vec![Snippet::new(
            "In the server block of nginx",
            "listen 443 ssl;\nssl_certificate fullchain.pem;\nssl_certificate_key privkey.pem;\n",
        )]
    },
    source: "nginx documentation “ngx_http_ssl_module”",
    ..UNATTENDED
};

pub(super) const APACHE: Target = Target {
    id: "apache",
    name: "Apache HTTP Server",
    description: "full chain and key, and the lines of the virtual host",
    files: &[FULL_CHAIN, OPEN_KEY],
    snippets: |_| {
        vec![Snippet::new(
            "In the VirtualHost of port 443",
            "SSLEngine on\nSSLCertificateFile fullchain.pem\nSSLCertificateKeyFile privkey.pem\n",
        )]
    },
    source: "Apache HTTP Server documentation “mod_ssl”",
    ..UNATTENDED
};

pub(super) const HAPROXY: Target = Target {
    id: "haproxy",
    name: "HAProxy",
    description: "key and full chain in one file, and the line of the frontend",
    files: &[file(
        "haproxy.pem",
        "the private key without a password, then the chain: whoever reads this file has the key",
        OutputFormat::PemBundle {
            which: ChainPart::FullChain,
            protection: Protection::None,
        },
    )],
    snippets: |_| {
        vec![Snippet::new(
            "In the frontend of haproxy.cfg",
            "bind :443 ssl crt haproxy.pem\n",
        )]
    },
    source: "HAProxy configuration manual, “crt”",
    ..UNATTENDED
};
