//! What is said of files that are no certificate file: one row for each thing that people take for one.

/// The value of `looks_like`, the fact, the next step. The last row serves for everything else.
const ROWS: [(&str, &str, &str); 24] = [
    (
        "archive",
        "this is a packed archive, not a certificate file",
        "unpack it on your machine and add the files that are in it; of archives only ZIP is opened here",
    ),
    (
        "archive-without",
        "this is a ZIP archive without a certificate or key in it",
        "look into it: if the files inside are packed or locked once more, unpack them and add them one by one",
    ),
    (
        "email",
        "this is an e-mail, not the file that came with it",
        "open it in the e-mail program, save the attachment, and add that",
    ),
    (
        "empty",
        "the file is empty",
        "the download or the export did not finish; fetch the file again",
    ),
    (
        "gnome-keyring",
        "this is the keyring of a Linux desktop, which holds passwords",
        "certificates are not kept in it; look for a .p12, .pfx, .pem, .crt or .key file",
    ),
    (
        "html",
        "this is a web page, not a certificate file",
        "a web page was saved instead of the file, often a log-in page; sign in, then download the file itself",
    ),
    (
        "image",
        "this is a picture, not a certificate file",
        DOCUMENT,
    ),
    (
        "java-serialized",
        "these are objects that a Java program wrote for itself, not a keystore",
        "ask for the keystore as PKCS#12 (.p12): keytool -importkeystore -deststoretype PKCS12 writes one",
    ),
    (
        "json",
        "this is a JSON text without a certificate or key in it",
        "it is often the answer of a server that says what went wrong; read it, then download the file itself",
    ),
    (
        "mac-keychain",
        "this is a keychain of macOS, which only macOS opens",
        "in Keychain Access choose the certificate with its key, then File, Export Items, and the format .p12",
    ),
    (
        "mobileconfig",
        "this is a configuration profile of Apple without a certificate in it",
        "ask its sender for the certificate itself, as .p12 or .pem",
    ),
    (
        "nss-database",
        "this is the database of Firefox, Thunderbird or another program, which only that program opens",
        "in its settings open Certificates, Your Certificates, choose one, and then Backup: that gives a .p12",
    ),
    (
        "office",
        "this is an office document, not a certificate file",
        DOCUMENT,
    ),
    (
        "parameters",
        "this holds parameters that keys are made with, but no key and no certificate",
        "add the file with the key, often .key or .pem; the parameters are not needed",
    ),
    (
        "pdf",
        "this is a PDF document, not a certificate file",
        DOCUMENT,
    ),
    (
        "pgp",
        "this is a key or message of PGP, which has no certificates",
        "a system that asks for a certificate wants an X.509 one, from a CA; a PGP key cannot become one",
    ),
    (
        "program",
        "this is a program, not a certificate file",
        "do not run it if it came in place of a certificate; ask its sender for a .p12, .pfx or .pem file",
    ),
    (
        "putty",
        "this is a key of PuTTY",
        "open it in PuTTYgen, then Conversions, Export OpenSSH key, and add that file",
    ),
    (
        "text",
        "this is a text without a certificate or key in it",
        "what is looked for begins with a line of dashes and the word BEGIN; copy it whole, with that line and the last one",
    ),
    (
        "windows-pvk",
        "this is a private key in a form of old Windows tools",
        "turn it into PEM with: openssl rsa -inform PVK -in FILE -out key.pem",
    ),
    (
        "windows-store",
        "this is a certificate store of Windows, saved as one file",
        "open it in Windows, choose the certificate, then All Tasks, Export; with its private key as .pfx",
    ),
    (
        "xml",
        "this is an XML text without a certificate or key in it",
        "it is often the answer of a server that says what went wrong; read it, then download the file itself",
    ),
    (
        "zeros",
        "the file holds nothing but zero bytes",
        "the download or the disk failed; fetch the file again",
    ),
    (
        "unknown",
        "this is none of the formats Keyferry reads",
        "look for a .p12, .pfx, .pem, .crt, .key, .p7b or .jks file; if this is one, it was changed on its way, so fetch it \
         again as a binary download",
    ),
];

const DOCUMENT: &str =
    "this is a document; look for a .p12, .pfx, .pem, .crt, .key, .p7b or .jks file";

/// The fact.
pub(super) fn message(looks_like: &str) -> &'static str {
    row(looks_like).1
}

/// The next step.
pub(super) fn hint(looks_like: &str) -> &'static str {
    row(looks_like).2
}

fn row(looks_like: &str) -> &'static (&'static str, &'static str, &'static str) {
    let known = ROWS.iter().find(|row| row.0 == looks_like);
    known.unwrap_or(&ROWS[ROWS.len() - 1])
}
