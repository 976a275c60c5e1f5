//! Servers, and the lines of their configuration. Files are named as they lie beside it.

use super::output::{ChainPart, OutputFormat, Protection};
use super::quote::{json, properties, xml};
use super::{
    Asks, FOLDER, File, Group, KeyRule, PLAIN, PasswordRule, Snippet, Target, file, usual,
};

/// What a TLS server is.
const SERVER: Target = Target {
    group: Group::WebServers,
    keys: KeyRule::SERVER,
    asks: Asks::Server,
    serves: true,
    ..PLAIN
};

/// A server that reads its key without asking for a password.
const UNATTENDED: Target = Target {
    password_rules: &[],
    note: Some(
        "Nobody can enter a password when the server starts, so the private key is not encrypted. Allow only the server’s user to read it.",
    ),
    ..SERVER
};

const FULL_CHAIN: File = file(
    "fullchain.pem",
    "The certificate and its intermediate certificates, in the order that servers send them.",
    usual::FULL_CHAIN,
);
const OPEN_KEY: File = file(
    "privkey.pem",
    "The private key, not encrypted. Anyone who can read this file can use it.",
    usual::OPEN_KEY,
);
const KEYSTORE: File = file(
    "keystore.p12",
    "Certificate, chain and private key, for Java 8u301 and later.",
    usual::PKCS12,
);

pub(super) const KAFKA: Target = Target {
    id: "kafka",
    name: "Apache Kafka",
    group: Group::Java,
    search: &["Confluent", "broker", "pfx", "keystore"],
    description: "The keystore of a broker or client in each type that Kafka reads, with its properties.",
    files: &[
        file(
            "kafka.keystore.jks",
            "For ssl.keystore.type=JKS, in every version of Kafka.",
            usual::JKS,
        ),
        file(
            "kafka.keystore.p12",
            "For ssl.keystore.type=PKCS12.",
            usual::PKCS12,
        ),
        file(
            "kafka.keystore.pem",
            "For ssl.keystore.type=PEM, in Kafka 2.7 and later. The private key is encrypted with 3DES, which every Java reads.",
            OutputFormat::PemBundle {
                certificates: ChainPart::FullChain,
                protection: Protection::LegacyTripleDes,
            },
        ),
    ],
    asks: Asks::Nothing,
    password_rules: &[PasswordRule::SixCharacters, PasswordRule::Ascii],
    // Of a PEM file Kafka tries its key as one for RSA, DSA and EC, and as no other.
    keys: KeyRule::CLASSIC_SERVER,
    two_passwords: true,
    steps: |_| vec!["kafka.copy", "kafka.lines", "kafka.restart"],
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
                "Alias in the keystores",
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
        "ssl.keystore.type={kind}\nssl.keystore.location={FOLDER}{file}\n\
         # Enter the new password after the equals {signs}. Write each backslash twice, and put one before a leading space.\n\
         {store}ssl.key.password=\n"
    )
}

pub(super) const TOMCAT: Target = Target {
    id: "tomcat",
    name: "Apache Tomcat",
    group: Group::Java,
    search: &["Java", "server.xml", "pfx", "keystore"],
    description: "The keystore, with the connector for server.xml.",
    files: &[KEYSTORE],
    password_rules: &[PasswordRule::SixCharacters, PasswordRule::Ascii],
    steps: |_| vec!["tomcat.copy", "tomcat.lines", "tomcat.restart"],
    snippets: |input| {
        vec![Snippet::new(
            "Tomcat 8.5 and later, in the Service of server.xml",
            format!(
                "<Connector port=\"8443\" protocol=\"org.apache.coyote.http11.Http11NioProtocol\" SSLEnabled=\"true\" scheme=\"https\" secure=\"true\">\n  \
                   <SSLHostConfig>\n    \
                     <!-- Enter the new password as certificateKeystorePassword. -->\n    \
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
    group: Group::Java,
    search: &["Java", "VMware", "application.yaml", "pfx", "keystore"],
    description: "The keystore, with the lines for application.yaml.",
    files: &[KEYSTORE],
    password_rules: &[PasswordRule::SixCharacters, PasswordRule::Ascii],
    steps: |_| vec!["copy-server", "spring.lines", "spring.password"],
    snippets: |input| {
        vec![Snippet::new(
            "application.yaml, with the new password in the environment as KEYSTORE_PASSWORD",
            format!(
                "server:\n  \
                   port: 8443\n  \
                   ssl:\n    \
                     key-store: \"file:{FOLDER}keystore.p12\"\n    \
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
    search: &["F5", "OpenSSL", "reverse proxy", "crt", "key"],
    description: "The full chain and the private key, with the two lines for the server block.",
    files: &[FULL_CHAIN, OPEN_KEY],
    steps: |_| vec!["copy-pair", "private.second", "nginx.lines", "nginx.reload"],
    snippets: |_| {
        vec![Snippet::new(
            "In the server block of nginx",
            format!(
                "listen 443 ssl;\nssl_certificate {FOLDER}fullchain.pem;\nssl_certificate_key {FOLDER}privkey.pem;\n"
            ),
        )]
    },
    source: "nginx documentation “ngx_http_ssl_module”",
    ..UNATTENDED
};

pub(super) const APACHE: Target = Target {
    id: "apache",
    name: "Apache HTTP Server",
    search: &["httpd", "mod_ssl", "OpenSSL", "crt", "key"],
    description: "The full chain and the private key, with the lines for the virtual host.",
    files: &[FULL_CHAIN, OPEN_KEY],
    steps: |_| {
        vec![
            "copy-pair",
            "private.second",
            "apache.lines",
            "apache.reload",
        ]
    },
    snippets: |_| {
        vec![Snippet::new(
            "In the VirtualHost of port 443",
            format!(
                "SSLEngine on\nSSLCertificateFile {FOLDER}fullchain.pem\nSSLCertificateKeyFile {FOLDER}privkey.pem\n"
            ),
        )]
    },
    source: "Apache HTTP Server documentation “mod_ssl”",
    ..UNATTENDED
};

pub(super) const HAPROXY: Target = Target {
    id: "haproxy",
    name: "HAProxy",
    search: &["load balancer", "OpenSSL", "crt", "key"],
    description: "The private key and the full chain in one file, with the line for the frontend.",
    files: &[file(
        "haproxy.pem",
        "The private key, not encrypted, and the chain. Anyone who can read this file can use the key.",
        OutputFormat::PemBundle {
            certificates: ChainPart::FullChain,
            protection: Protection::None,
        },
    )],
    steps: |_| {
        vec![
            "copy-server",
            "private.first",
            "haproxy.line",
            "haproxy.reload",
        ]
    },
    snippets: |_| {
        vec![Snippet::new(
            "In the frontend of haproxy.cfg",
            format!("bind :443 ssl crt {FOLDER}haproxy.pem\n"),
        )]
    },
    source: "HAProxy configuration manual, “crt”",
    ..UNATTENDED
};
