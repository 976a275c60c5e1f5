//! The English texts. One row a code: the code, the message, the hint. Sorted by code.
//!
//! A message says the fact in at most 20 words, a hint the next step in at most 25. Both are whole sentences. `tests.rs` beside this
//! file holds every row to that, and holds the codes of this table to those that the source raises.

/// Code, message, hint.
pub(super) const TEXTS: &[(&str, &str, &str)] = &[
    (
        "alias-lowered",
        "Java stores aliases in lowercase: this one becomes “{alias}”.",
        "No action is needed. Java finds it by either spelling.",
    ),
    (
        "ca-key-usage",
        "The key of “{certificate}” may not sign certificates.",
        "Ask the CA for the correct chain, or for a certificate that one of its CAs issued.",
    ),
    (
        "certificate-of-another-key",
        "The private key does not belong to the certificate “{certificate}” next to it.",
        "Add the private key that was created with this certificate’s request, or the certificate that was issued for this key.",
    ),
    (
        "certificate-unreadable",
        "A field of this certificate breaks the standard, so its extensions cannot be read.",
        "Ask the CA for a corrected certificate if your system refuses this one.",
    ),
    (
        "chain-company-root",
        "The certificate chain ends in “{root}”, a root that you added.",
        "Systems outside your company do not trust this root.",
    ),
    (
        "chain-incomplete",
        "The certificate of the issuer “{issuer}” is missing.",
        "Get it from the CA’s page of intermediate certificates and add it.",
    ),
    (
        "chain-incomplete.address",
        "The certificate of the issuer “{issuer}” is missing.",
        "Download it from {address} and add it.",
    ),
    (
        "chain-order",
        "The certificates are not in the order of the certificate chain.",
        "Keyferry writes them in order, with the certificate itself first, as servers require.",
    ),
    (
        "chain-private-root",
        "The certificate chain ends in “{root}”, which is not a public root.",
        "A company’s own root works where it is installed. Public systems require a public CA.",
    ),
    (
        "chain-public-root",
        "The certificate chain ends in “{root}”, a public root that Mozilla trusts for TLS and e-mail.",
        "No action is needed.",
    ),
    (
        "chain-public-root.email",
        "The certificate chain ends in “{root}”, a public root that Mozilla trusts for e-mail, not for TLS.",
        "No action is needed.",
    ),
    (
        "chain-public-root.tls",
        "The certificate chain ends in “{root}”, a public root that Mozilla trusts for TLS, not for e-mail.",
        "No action is needed.",
    ),
    (
        "chain-self-signed",
        "This certificate is signed by its own key, not by a CA.",
        "For public systems, request a certificate from a public CA.",
    ),
    (
        "client-auth-ending",
        "Public CAs stop issuing TLS certificates with client authentication: Sectigo on {sectigo}, DigiCert on {digicert}, Chrome’s rules on {chrome}.",
        "This certificate works until it expires. Order an S/MIME certificate next: the change does not affect those.",
    ),
    (
        "critical-extension",
        "“{certificate}” has the critical extension {oid}, which is not known.",
        "Use it with the system it was made for, or ask the CA for another certificate.",
    ),
    (
        "crl-issuer-missing",
        "The revocation list of “{issuer}” is not used: the issuer’s certificate is missing.",
        "Add the CA’s certificate.",
    ),
    (
        "crl-not-yet",
        "The revocation list of “{issuer}” is not used: its date {date} is in the future.",
        "Check the clock of this computer.",
    ),
    (
        "crl-signature",
        "The revocation list of “{issuer}” is not used: this CA did not sign it.",
        "Download the latest list from the CA and add it.",
    ),
    (
        "crl-stale",
        "The revocation list of “{issuer}” is not used: it expired on {date}.",
        "Download the latest list from the CA and add it.",
    ),
    (
        "crl-unreadable",
        "The revocation list of “{issuer}” breaks the standard after {entries} entries.",
        "Download the latest list from the CA and add it.",
    ),
    (
        "crl-unsupported.delta",
        "The revocation list of “{issuer}” is not used: it only adds to another list.",
        "Add the CA’s full list instead.",
    ),
    (
        "crl-unsupported.extension",
        "The revocation list of “{issuer}” is not used: it has an unknown critical extension.",
        "Add the CA’s full list instead.",
    ),
    (
        "crl-unsupported.partial",
        "The revocation list of “{issuer}” is not used: it covers only some reasons or other issuers.",
        "Add the CA’s full list instead.",
    ),
    (
        "crl-unsupported.unreadable",
        "The revocation list of “{issuer}” is not used: its extensions cannot be read.",
        "Add the CA’s full list instead.",
    ),
    (
        "crl-used",
        "The revocation list of “{issuer}” is used. It revokes {entries} certificates and has no end date.",
        "No action is needed. {known} of the certificates here are from this issuer.",
    ),
    (
        "crl-used.until",
        "The revocation list of “{issuer}” is used. It revokes {entries} certificates and is valid until {date}.",
        "No action is needed. {known} of the certificates here are from this issuer.",
    ),
    (
        "email-found.san",
        "The e-mail address is {address}, in the subject alternative name.",
        "It must be the address of the {target} user that the integration signs in as.",
    ),
    (
        "email-found.subject",
        "The e-mail address is {address}, in the subject’s emailAddress.",
        "It must be the address of the {target} user that the integration signs in as.",
    ),
    (
        "encrypted-message",
        "This is an encrypted e-mail message. It contains no certificate and no key to extract.",
        "Open it with the e-mail program it was sent to. Certificates come as .p7b, .crt or .p12 files.",
    ),
    (
        "entries-passed-over",
        "The archive also contains files without a certificate or key: {shown}.",
        "No action is needed. Keyferry opened everything else in the archive.",
    ),
    (
        "entries-passed-over.more",
        "The archive also contains files without a certificate or key: {shown} and {more} more.",
        "No action is needed. Keyferry opened everything else in the archive.",
    ),
    (
        "expired",
        "This certificate expired on {date}.",
        "Renew it with the CA and use the new certificate.",
    ),
    (
        "expired.chain",
        "“{certificate}” expired on {date}.",
        "Ask the CA for a certificate whose whole chain is valid.",
    ),
    (
        "expired.root",
        "The root “{certificate}” expired on {date}.",
        "Ask the CA for a certificate whose whole chain is valid.",
    ),
    (
        "expires-soon",
        "This certificate expires on {date}, in {days} days.",
        "Request the next one now. Integrations stop on that day.",
    ),
    (
        "expires-soon.today",
        "This certificate expires on {date}, in less than a day.",
        "Request the next one now. Integrations stop when it expires.",
    ),
    (
        "expires-soon.tomorrow",
        "This certificate expires on {date}, in one day.",
        "Request the next one now. Integrations stop on that day.",
    ),
    (
        "extended-key-usage",
        "This certificate is for {extended_key_usage}. {target} requires client authentication or e-mail protection.",
        "Request a certificate for client authentication or for e-mail (S/MIME).",
    ),
    (
        "extended-key-usage-missing",
        "This certificate does not say what it is for. {target} requires client authentication or e-mail protection.",
        "Request a certificate for client authentication or for e-mail (S/MIME).",
    ),
    (
        "extensions-unreadable",
        "The extensions of “{certificate}” break the standard.",
        "Ask the CA for a corrected certificate.",
    ),
    (
        "file-left-out",
        "{file} is not written, because there is no certificate for it.",
        "Add the certificates between yours and the root, often a .p7b file or a CA bundle.",
    ),
    (
        "integrity-unchecked",
        "No password fits the keystore’s check value, so changes to the keystore cannot be detected.",
        "Enter the keystore’s password to check it.",
    ),
    (
        "jks-one-round",
        "The key in {file} is protected by one round of SHA-1, unlike the other files.",
        "Use at least {characters} random characters, and use this password nowhere else. The weakest file decides.",
    ),
    (
        "key-not-locked",
        "The private key is written without a password. Anyone who can read the file can use it.",
        "Choose a password, or keep the file where nobody else can read it.",
    ),
    (
        "key-not-rsa",
        "This key ({key}) is not an RSA key, which {target} requires.",
        "Request a certificate with {takes}.",
    ),
    (
        "key-unencrypted",
        "{file} is not encrypted. Anyone who can read it can use your key.",
        "Allow only the program that needs the file to read it, and delete all other copies.",
    ),
    (
        "key-unfit",
        "{target} does not accept this key ({key}).",
        "Request a certificate with {takes}.",
    ),
    (
        "key-usage",
        "This certificate does not allow digital signatures, which {target} requires.",
        "Request a certificate with the key usage digital signature.",
    ),
    (
        "key-usage-missing",
        "This certificate does not restrict what its key is used for.",
        "{target} requires digital signature. A certificate without a restriction allows it.",
    ),
    (
        "key-without-certificate",
        "There is no certificate for this private key.",
        "Add the certificate that the CA issued for it, often a .crt, .cer, .pem or .p7b file.",
    ),
    (
        "name-constraints",
        "“{authority}” may not issue certificates for {name}, which “{certificate}” contains.",
        "Ask the CA for a certificate with names that it may certify.",
    ),
    (
        "name-constraints-kept",
        "“{authority}” may issue certificates only for certain names, and this certificate has allowed names.",
        "No action is needed. Certificates for other names need another CA.",
    ),
    (
        "no-email",
        "This certificate contains no e-mail address.",
        "Request a certificate with the integration user’s e-mail address in the subject alternative name.",
    ),
    (
        "no-email.common-name",
        "The e-mail address {address} is only in the common name, where {target} does not look.",
        "Request a certificate with the integration user’s e-mail address in the subject alternative name.",
    ),
    (
        "no-host-name",
        "This certificate has no host name in its subject alternative name, where browsers look.",
        "Request a TLS server certificate for the host name.",
    ),
    (
        "no-mac",
        "The file has no check value (MAC), so changes to it cannot be detected.",
        "Continue if you trust the source of the file. Keyferry always writes a check value.",
    ),
    (
        "no-private-key.certificate",
        "There is no private key for this certificate.",
        "Add the file that contains it: a .p12 or .pfx, or the .key file created with the request.",
    ),
    (
        "no-revocation-pointer",
        "This certificate does not say where to check whether it is revoked.",
        "{target} requires the address of a CRL or an OCSP responder. Every public CA includes one.",
    ),
    (
        "not-a-ca",
        "“{certificate}” is not a CA, so it cannot issue certificates.",
        "Ask the CA for the correct chain, or for a certificate that one of its CAs issued.",
    ),
    (
        "not-for-servers",
        "This certificate is for {extended_key_usage}. Browsers require server authentication.",
        "Request a TLS server certificate for the host name.",
    ),
    (
        "not-yet-valid",
        "This certificate is not valid before {date}.",
        "Wait until then, and check the clock of this computer.",
    ),
    (
        "not-yet-valid.chain",
        "“{certificate}” is not valid before {date}.",
        "Wait until then, and check the clock of this computer.",
    ),
    (
        "parameters-passed-over",
        "The PEM block “{label}” contains no key and no certificate, and was skipped.",
        "Keep the file if a server reads the parameters from it. Keyferry does not need them.",
    ),
    (
        "part-unread",
        "“{name}” in the file cannot be read. {message}",
        "{hint}",
    ),
    (
        "part-unread.several",
        "{count} parts of the file cannot be read. The first is “{name}”. {message}",
        "{hint}",
    ),
    (
        "part-unread.several-unnamed",
        "{count} parts of the file cannot be read. The first one: {message}",
        "{hint}",
    ),
    (
        "part-unread.unnamed",
        "A part of the file cannot be read. {message}",
        "{hint}",
    ),
    (
        "password-not-for-java",
        "Java and keytool open {file} only with a password of ASCII letters, digits and symbols.",
        "No action is needed if no Java program reads the file. Otherwise choose a password without accents.",
    ),
    (
        "path-length",
        "“{certificate}” allows {limit} CAs below it, but there are {below}.",
        "Ask the CA for the correct chain, or for a certificate that one of its CAs issued.",
    ),
    (
        "private-root",
        "The certificate chain ends in “{root}”, which is not a public root. {target} accepts only public CAs.",
        "Request a certificate from a public CA, for example an S/MIME certificate.",
    ),
    (
        "purpose-nesting",
        "“{certificate}” may not issue certificates for this purpose.",
        "Ask the CA for a certificate from a CA that may issue for this purpose.",
    ),
    (
        "rest-passed-over",
        "{bytes} bytes after the end of the {what} were skipped.",
        "If another file was joined to it, add that file separately.",
    ),
    (
        "revoked",
        "The CA revoked “{certificate}” on {date}.",
        "Stop using it, and request another certificate with a new key.",
    ),
    (
        "revoked.reason",
        "The CA revoked “{certificate}” on {date}. Reason: {reason}.",
        "Stop using it, and request another certificate with a new key.",
    ),
    (
        "revoked.undated",
        "The CA revoked “{certificate}”.",
        "Stop using it, and request another certificate with a new key.",
    ),
    (
        "revoked.undated-reason",
        "The CA revoked “{certificate}”. Reason: {reason}.",
        "Stop using it, and request another certificate with a new key.",
    ),
    (
        "rsa-too-small",
        "This RSA key has {bits} bits, which is not enough for {target}.",
        "Request a certificate with {takes}.",
    ),
    (
        "self-signed-test",
        "This test certificate is signed by its own key. Anaplan and other systems that require a CA refuse it.",
        "For real use, send a certificate request to a CA.",
    ),
    (
        "self-signed.anaplan",
        "This certificate is signed by its own key, not by a CA.",
        "{target} accepts only certificates from a public CA. Request one, for example an S/MIME certificate.",
    ),
    (
        "self-signed.server",
        "This certificate is signed by its own key, not by a CA.",
        "Every client must be configured to trust it. Clients trust certificates from a public CA already.",
    ),
    (
        "signature-wrong",
        "“{issuer}” has the issuer’s name, but its key did not sign this certificate.",
        "Get the issuer’s certificate from the CA, which may have several keys. If none fits, this certificate is forged or damaged.",
    ),
    (
        "unknown-part",
        "The file also contains something of an unknown type ({oid}).",
        "Keyferry leaves it out of the files it writes.",
    ),
    (
        "validity-too-long",
        "This certificate is valid for {days} days. {target} accepts at most {limit}.",
        "Request a certificate that is valid for at most {limit} days.",
    ),
    (
        "validity-unreadable",
        "The dates of this certificate cannot be read.",
        "Ask the CA for a corrected certificate.",
    ),
    (
        "validity-unreadable.chain",
        "The dates of “{certificate}” cannot be read.",
        "Ask the CA for a corrected certificate.",
    ),
    (
        "weak-key",
        "The key of “{certificate}” is too short: {key}.",
        "Ask the CA for SHA-256 and a key of at least 2,048 bits (RSA) or 256 bits (EC).",
    ),
    (
        "weak-signature",
        "The signature of “{certificate}” uses {digest}, which is broken.",
        "Ask the CA for SHA-256 and a key of at least 2,048 bits (RSA) or 256 bits (EC).",
    ),
];
