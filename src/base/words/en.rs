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
        "alias-unfit.alias-folded",
        "Two aliases differ only in upper and lower case, which Java ignores.",
        "Choose a different alias for each identity.",
    ),
    (
        "alias-unfit.alias-not-printable",
        "The alias contains a line end, a tab or another hidden character.",
        "Choose another alias. Short names of lowercase letters and digits work everywhere.",
    ),
    (
        "alias-unfit.alias-size",
        "The alias must have between 1 and 200 characters.",
        "Choose another alias. Short names of lowercase letters and digits work everywhere.",
    ),
    (
        "alias-unfit.alias-too-long",
        "The alias is longer than a Java keystore can store.",
        "Choose another alias. Short names of lowercase letters and digits work everywhere.",
    ),
    (
        "ca-key-usage",
        "The key of “{certificate}” may not sign certificates.",
        "Ask the CA for the correct chain, or for a certificate that one of its CAs issued.",
    ),
    (
        "cannot-sign",
        "Keyferry cannot sign with this key ({key}).",
        "Use an RSA key, an EC key on P-256, P-384 or P-521, or an Ed25519 key.",
    ),
    (
        "certificate-of-another-key",
        "The private key does not belong to the certificate “{certificate}” next to it.",
        "Add the private key that was created with this certificate’s request, or the certificate that was issued for this key.",
    ),
    (
        "certificate-of-another-key.file",
        "The key in {key_file} does not belong to the certificate {certificate} in the same file.",
        "Add the private key that was created with this certificate’s request, or the certificate that was issued for this key.",
    ),
    (
        "certificate-of-another-key.files",
        "The key in {key_file} does not belong to the certificate {certificate} in {certificate_file}.",
        "Add the private key that was created with this certificate’s request, or the certificate that was issued for this key.",
    ),
    (
        "certificate-of-another-key.several",
        "The key in {key_file} does not belong to any of the {count} certificates in your files.",
        "Add the certificate that the CA issued for this key, often a .crt, .cer, .pem or .p7b file.",
    ),
    (
        "certificate-unreadable",
        "A field of this certificate breaks the standard.",
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
        "content-password-needed",
        "The file’s password is correct, but its contents have a different password.",
        "Enter the password that was set for the contents.",
    ),
    (
        "content-password-needed.again",
        "The file’s password is correct, but its contents open with none of the other passwords.",
        "Check capital letters, keyboard layout and spaces. The empty password and yours without outer spaces were also tried. Damaged files look the same.",
    ),
    (
        "content-password-needed.alias",
        "The file’s password is correct, but “{alias}” has a different password.",
        "Enter the password that was set for “{alias}”.",
    ),
    (
        "content-password-needed.alias-again",
        "The file’s password is correct, but “{alias}” opens with none of the other passwords.",
        "Check capital letters, keyboard layout and spaces. The empty password and yours without outer spaces were also tried. Damaged files look the same.",
    ),
    (
        "costly-derivation",
        "Opening this file takes {iterations} iterations, about {duration}.",
        "Continue if you trust the source of the file, or ask its sender for one with fewer iterations.",
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
        "damaged",
        "This {what} is damaged. {detail}",
        "Download or export the file again as a binary file, and try the new copy.",
    ),
    (
        "damaged.java-integrity",
        "A key opens with the password, but the keystore’s check value does not match.",
        "The keystore was changed, or it has a second password. Enter that password too.",
    ),
    (
        "damaged.pem",
        "This {what} is damaged. {detail}",
        "Copy the text again, unchanged, from the BEGIN line to the END line.",
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
        "entry-needed",
        "The files contain {count} identities, and none was chosen.",
        "Choose one of them.",
    ),
    (
        "entry-unknown",
        "No identity is called “{name}”.",
        "Choose one of the names in the files.",
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
        "file-exists",
        "{name} already exists.",
        "Choose another folder, or move the file away.",
    ),
    (
        "file-left-out",
        "{file} is not written, because there is no certificate for it.",
        "Add the certificates between yours and the root, often a .p7b file or a CA bundle.",
    ),
    (
        "generation-unavailable",
        "RSA keys cannot be generated on this page.",
        "Open the page with https or as a local file, or choose an EC key.",
    ),
    (
        "inconsistent-key",
        "The private key is damaged. {detail}",
        "This key cannot be used. Get it again from its source or from a backup.",
    ),
    (
        "integrity-unchecked",
        "Without its password, this keystore cannot be checked for changes.",
        "Enter its password to check it. The certificates can be used without it.",
    ),
    (
        "internal",
        "Keyferry failed. {detail}",
        "This is a fault in Keyferry, not in your file. Please report it.",
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
        "{file} is not encrypted. Anyone who can read it can use your private key.",
        "Allow only the program that needs the file to read it, and delete all other copies.",
    ),
    (
        "key-unencrypted.secret",
        "{file} is not encrypted. Anyone who can read it can use your secret key.",
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
        "name-constraints.unreadable",
        "The name constraints of “{authority}” cannot be read.",
        "Ask the CA for a certificate with names that it may certify.",
    ),
    (
        "no-certificate",
        "There is no certificate for this key.",
        "Add the certificate that the CA issued for this key, often a .crt, .cer, .pem or .p7b file.",
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
        "no-private-key",
        "There is no private key.",
        "Add the file that contains it: a .p12, .pfx or .key file. A .cer or .crt file never contains the private key.",
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
        "not-recognised.archive",
        "This is a compressed archive, not a certificate file.",
        "Unpack it on your computer and add the files in it. Keyferry opens only ZIP archives.",
    ),
    (
        "not-recognised.archive-without",
        "This ZIP archive contains no certificate and no key.",
        "Check the files in it. If they are compressed or encrypted too, unpack them and add them one by one.",
    ),
    (
        "not-recognised.email",
        "This is an e-mail message, not the file that was attached to it.",
        "Open it in your e-mail program, save the attachment, and add that file.",
    ),
    (
        "not-recognised.empty",
        "The file is empty.",
        "The download or export did not finish. Get the file again.",
    ),
    (
        "not-recognised.gnome-keyring",
        "This is the keyring of a Linux desktop, which stores passwords.",
        "It contains no certificates. Look for a .p12, .pfx, .pem, .crt or .key file.",
    ),
    (
        "not-recognised.html",
        "This is a web page, not a certificate file.",
        "Often a sign-in page was saved instead of the file. Sign in, then download the file itself.",
    ),
    (
        "not-recognised.image",
        "This is an image, not a certificate file.",
        "Look for a .p12, .pfx, .pem, .crt, .key, .p7b or .jks file.",
    ),
    (
        "not-recognised.java-serialized",
        "This file contains serialized Java objects, not a keystore.",
        "Ask for the keystore as PKCS#12 (.p12). The command keytool -importkeystore -deststoretype PKCS12 creates one.",
    ),
    (
        "not-recognised.json",
        "This JSON text contains no certificate and no key.",
        "It is often a server’s error message. Read it, then download the file itself.",
    ),
    (
        "not-recognised.mac-keychain",
        "This is a macOS keychain, which only macOS can open.",
        "In Keychain Access, select the certificate with its key, then choose File, Export Items and the format .p12.",
    ),
    (
        "not-recognised.mobileconfig",
        "This Apple configuration profile contains no certificate.",
        "Ask the sender for the certificate itself, as a .p12 or .pem file.",
    ),
    (
        "not-recognised.nss-database",
        "This is the certificate database of Firefox, Thunderbird or a similar program.",
        "In that program’s settings, open Certificates, Your Certificates, select one, and choose Backup to get a .p12 file.",
    ),
    (
        "not-recognised.office",
        "This is an office document, not a certificate file.",
        "Look for a .p12, .pfx, .pem, .crt, .key, .p7b or .jks file.",
    ),
    (
        "not-recognised.parameters",
        "This file contains key parameters, but no key and no certificate.",
        "Add the file with the key, often .key or .pem. The parameters are not needed.",
    ),
    (
        "not-recognised.pdf",
        "This is a PDF document, not a certificate file.",
        "Look for a .p12, .pfx, .pem, .crt, .key, .p7b or .jks file.",
    ),
    (
        "not-recognised.pgp",
        "This is a PGP key or message, which has no X.509 certificate.",
        "Systems that require a certificate need an X.509 certificate from a CA. A PGP key cannot be converted to one.",
    ),
    (
        "not-recognised.program",
        "This is a program, not a certificate file.",
        "Do not run it if you expected a certificate. Ask the sender for a .p12, .pfx or .pem file.",
    ),
    (
        "not-recognised.putty",
        "This is a PuTTY key.",
        "Open it in PuTTYgen, choose Conversions, Export OpenSSH key, and add that file.",
    ),
    (
        "not-recognised.text",
        "This text contains no certificate and no key.",
        "Certificates and keys start with a BEGIN line. Copy everything from that line to the END line.",
    ),
    (
        "not-recognised.unknown",
        "This file format is not supported.",
        "Look for a .p12, .pfx, .pem, .crt, .key, .p7b or .jks file. If this is one, download it again as a binary file.",
    ),
    (
        "not-recognised.windows-pvk",
        "This is a private key in a format of old Windows tools (PVK).",
        "Convert it to PEM with this command: openssl rsa -inform PVK -in FILE -out key.pem.",
    ),
    (
        "not-recognised.windows-store",
        "This is a Windows certificate store, saved as a file.",
        "Open it in Windows, select the certificate, then choose All Tasks, Export. With its private key it becomes a .pfx file.",
    ),
    (
        "not-recognised.xml",
        "This XML text contains no certificate and no key.",
        "It is often a server’s error message. Read it, then download the file itself.",
    ),
    (
        "not-recognised.zeros",
        "The file contains only zero bytes.",
        "The download or the disk failed. Get the file again.",
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
        "password-needed",
        "This {what} is encrypted.",
        "Enter the password that was set when the file was created.",
    ),
    (
        "password-not-for-java",
        "Java and keytool open {file} only with a password of ASCII letters, digits and symbols.",
        "No action is needed if no Java program reads the file. Otherwise choose a password without accents.",
    ),
    (
        "password-unfit.password-empty",
        "The {password} password is empty.",
        "Enter at least one character, or generate a password.",
    ),
    (
        "password-unfit.password-has-colon",
        "The {password} password contains a colon.",
        "Choose one without a colon, because Anaplan Connect reads the password after the last colon.",
    ),
    (
        "password-unfit.password-not-ascii",
        "The {password} password contains {character}, but Java opens only ASCII passwords.",
        "Use letters without accents, digits and symbols, or generate a password.",
    ),
    (
        "password-unfit.password-too-short",
        "The {password} password has fewer than 6 characters.",
        "Choose a longer one, because Java’s keytool requires at least 6 characters.",
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
        "request-unfit.common-name-empty",
        "The common name is empty.",
        "Enter the name of the person or service that the certificate is for.",
    ),
    (
        "request-unfit.country-not-two-letters",
        "“{value}” is not a two-letter country code.",
        "Enter an ISO 3166 code in capital letters, such as DE, GB or US.",
    ),
    (
        "request-unfit.dns-malformed",
        "“{value}” is not a host name.",
        "Enter it as www.example.com, without http:// and without a path.",
    ),
    (
        "request-unfit.dns-not-ascii",
        "“{value}” has non-ASCII letters in its host name, which certificates cannot contain.",
        "Enter its IDNA form, {idna}, instead.",
    ),
    (
        "request-unfit.email-malformed",
        "“{value}” is not an e-mail address.",
        "Enter it as name@example.com.",
    ),
    (
        "request-unfit.email-missing",
        "Anaplan identifies an integration’s user by e-mail address, and the request contains none.",
        "Enter the address of the user that the integration signs in as.",
    ),
    (
        "request-unfit.email-not-ascii",
        "“{value}” has non-ASCII letters before the @, which certificates cannot contain.",
        "Enter another address of the same user.",
    ),
    (
        "request-unfit.hidden-character",
        "{label} contains a hidden character.",
        "Type the text instead of copying it.",
    ),
    (
        "request-unfit.ip-malformed",
        "“{value}” is not an IP address.",
        "Enter an IPv4 address such as 192.0.2.1, or an IPv6 address such as 2001:db8::1.",
    ),
    (
        "request-unfit.key-usage-unknown",
        "“{value}” is not a key usage.",
        "The key usages are {usages}.",
    ),
    (
        "request-unfit.purpose-unknown",
        "“{value}” is not an extended key usage.",
        "Use clientAuth, emailProtection, serverAuth, codeSigning, timeStamping, OCSPSigning or an object identifier.",
    ),
    (
        "request-unfit.too-long",
        "{label} has {length} characters. Certificates allow {limit}.",
        "Shorten it.",
    ),
    (
        "request-unfit.uri-malformed",
        "“{value}” is not a URI.",
        "Enter the whole URI with its scheme, such as https://example.com/service.",
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
        "second-reader",
        "{reader} reads something different in {name}.",
        "This is a fault in Keyferry or in {reader}, not in your file. Please report it.",
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
        "too-complex.archive-entries",
        "The archive has more than 1,000 entries.",
        "No certificate program writes such a file. Get the file again.",
    ),
    (
        "too-complex.elements",
        "The file has more than 1,000,000 ASN.1 elements.",
        "No certificate program writes such a file. Get the file again.",
    ),
    (
        "too-complex.java-nesting",
        "A Java object in the file has more than 32 levels of nesting.",
        "No certificate program writes such a file. Get the file again.",
    ),
    (
        "too-complex.java-parts",
        "A Java object in the file has more than 10,000 parts.",
        "No certificate program writes such a file. Get the file again.",
    ),
    (
        "too-complex.nesting",
        "The file has more than 64 levels of nesting.",
        "No certificate program writes such a file. Get the file again.",
    ),
    (
        "too-complex.parts",
        "The file has more than 10,000 parts.",
        "No certificate program writes such a file. Get the file again.",
    ),
    (
        "too-large",
        "The file is larger than {mebibytes} MiB.",
        "Certificate files are much smaller. Check that this is the right file, or extract the certificate from it.",
    ),
    (
        "truncated",
        "This {what} is incomplete: its end is missing.",
        "The download or copy stopped early. Get the file again.",
    ),
    (
        "unfit-key",
        "{target} does not accept this key ({key}).",
        "Use a certificate with {takes}.",
    ),
    (
        "unknown-part",
        "The file also contains something of an unknown type ({oid}).",
        "Keyferry leaves it out of the files it writes.",
    ),
    (
        "unknown-target",
        "There is no target “{id}”.",
        "Choose one from the list of targets.",
    ),
    (
        "unsupported-algorithm",
        "{algorithm} is not supported.",
        "Export the file again with the standard settings: AES-256, or 3DES for older programs.",
    ),
    (
        "unsupported-form",
        "This {what} is not supported. {detail}",
        "Export it as PKCS#12 (.p12) or PEM with the program that created it.",
    ),
    (
        "unsupported-form.openssh",
        "This {what} is not supported. {detail}",
        "Use a key that is stored in its file. A key inside a device cannot be copied.",
    ),
    (
        "unsupported-form.zip",
        "This {what} is not supported. {detail}",
        "Unpack the archive on your computer and add the files in it.",
    ),
    (
        "unverified",
        "{name} did not pass the check after it was written.",
        "This is a fault in Keyferry, not in your file. Please report it.",
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
    (
        "wish-unfit.file-name-characters",
        "The file name “{name}” contains a hidden character or one of / \\ : * ? \" < > |.",
        "Choose another file name.",
    ),
    (
        "wish-unfit.file-name-device",
        "The file name “{name}” is the name of a device on Windows.",
        "Choose another file name.",
    ),
    (
        "wish-unfit.file-name-ends",
        "The file name “{name}” starts or ends with a dot or a space.",
        "Choose another file name.",
    ),
    (
        "wish-unfit.file-name-length",
        "The file name must have between 1 and 100 characters.",
        "Choose another file name.",
    ),
    (
        "wish-unfit.foreign-file",
        "{target} has other files than those that were requested.",
        "Choose from the files of this target.",
    ),
    (
        "wish-unfit.iterations",
        "The number of iterations must be between 1,000 and 5,000,000.",
        "Choose a number in this range.",
    ),
    (
        "wish-unfit.key-syntax-open",
        "A PKCS#1 or SEC 1 key is never encrypted.",
        "Choose no password for this file, or choose PKCS#8.",
    ),
    (
        "wish-unfit.no-files",
        "No file was chosen.",
        "Choose at least one file.",
    ),
    (
        "wish-unfit.one-certificate",
        "A DER or base64 file holds only one certificate.",
        "Choose PEM or PKCS#7 (.p7b) for several certificates.",
    ),
    (
        "wish-unfit.one-entry",
        "{target} takes one identity at a time.",
        "Choose only one identity.",
    ),
    (
        "wish-unfit.one-password",
        "{target} uses one password for the keystore and the key.",
        "Enter only one password.",
    ),
    (
        "wish-unfit.openssh-own-cipher",
        "An OpenSSH key has its own encryption.",
        "Choose only the password, and no cipher.",
    ),
    (
        "wish-unfit.secret-key-form",
        "A secret key can be written only as raw bytes.",
        "Choose the raw bytes of the secret key as the file’s format.",
    ),
    (
        "wish-unfit.secret-key-missing",
        "There is no secret key to write.",
        "Choose an entry with a secret key, or choose another file.",
    ),
    (
        "wish-unfit.unknown-issuer",
        "A certificate of the chain is not in the open files.",
        "Add the file that contains it.",
    ),
    (
        "wrong-password",
        "None of the {tried} passwords opens this {what}.",
        "Check capital letters, keyboard layout and spaces. The empty password and yours without outer spaces were also tried. Damaged files look the same.",
    ),
    (
        "wrong-password.empty",
        "The password does not open this {what}.",
        "Enter the password that was set when the file was created.",
    ),
    (
        "wrong-password.first",
        "The password does not open this {what}.",
        "Check capital letters, keyboard layout and spaces. The empty password and yours without outer spaces were also tried. Damaged files look the same.",
    ),
];

/// Reasons that errors give, and the rules of passwords and aliases: the code, one sentence.
pub(super) const REASONS: &[(&str, &str)] = &[
    ("asn1-type", "It has an unexpected ASN.1 type."),
    (
        "bcrypt-refused",
        "The function bcrypt_pbkdf refused its parameters.",
    ),
    ("bytes-after-end", "Bytes follow its end."),
    (
        "ccm-size",
        "The nonce or tag of its cipher has an invalid size.",
    ),
    (
        "certificate-locked",
        "A part is encrypted for a certificate instead of a password ({oid}).",
    ),
    (
        "certificate-type",
        "It contains a certificate that is not X.509.",
    ),
    ("check-numbers", "Its check numbers differ."),
    (
        "cipher-size",
        "A key or an initialisation vector does not fit its cipher.",
    ),
    ("contents-kind", "Its contents have an unknown type."),
    ("contents-missing", "Its contents are missing."),
    ("count-negative", "A count is negative."),
    ("curve-field", "A curve is not over a prime field."),
    ("curve-missing", "An EC key names no curve."),
    ("curve-number", "Its private number is outside its curve."),
    (
        "curve-point",
        "Its public point does not match its private number.",
    ),
    (
        "curve-size",
        "The parameters of a curve have an invalid size.",
    ),
    ("date-invalid", "A date in it is invalid."),
    ("date-missing", "It has no date."),
    ("dsa-size", "Its primes have an invalid size for DSA."),
    ("ed25519-size", "An Ed25519 key must have 32 bytes."),
    ("ed448-size", "An Ed448 key must have 57 bytes."),
    (
        "element-extra",
        "There is an unexpected extra ASN.1 element.",
    ),
    ("element-missing", "An ASN.1 element is missing."),
    ("entry-certificate", "A certificate in it cannot be read."),
    ("entry-kind", "An entry has the unknown type {kind}."),
    ("extensions-empty", "Its list of extensions is empty."),
    ("generation", "It could not be generated."),
    ("group-generator", "Its generator is not in its group."),
    ("group-number", "Its private number is outside its group."),
    ("iterations-zero", "The iteration count is zero."),
    (
        "iv-length",
        "The initialisation vector does not fit the cipher.",
    ),
    ("iv-missing", "The initialisation vector is missing."),
    (
        "java-integrity",
        "The keystore’s check value does not match.",
    ),
    (
        "java-version",
        "It has version {version}. Only versions 1 and 2 are in use.",
    ),
    (
        "jce-length",
        "The function PBEWithMD5AndTripleDES gives at most 32 bytes.",
    ),
    ("kdf-empty", "Its key derivation has no salt or no rounds."),
    ("key-count", "It has an invalid number of keys."),
    ("key-encoding", "It contains a key in an unknown encoding."),
    (
        "key-kind-unknown",
        "It has an unknown type, but the contents of a known one.",
    ),
    ("key-length", "The key length does not fit the cipher."),
    ("key-public", "The public key next to it does not match."),
    ("key-short", "A key ends too early."),
    ("key-structure", "It has an unknown structure."),
    ("length-form", "An ASN.1 length has an invalid form."),
    (
        "length-indefinite",
        "An ASN.1 length has a form that is not allowed here.",
    ),
    (
        "length-open",
        "An ASN.1 length is indefinite where DER is required.",
    ),
    (
        "length-overrun",
        "An ASN.1 element is longer than the one that contains it.",
    ),
    (
        "line-feeds",
        "It was transferred as text, which changed every line feed to two bytes.",
    ),
    (
        "mac-key-length",
        "Its MAC key has {length} bytes. Only {shortest} to {longest} are supported.",
    ),
    ("mac-key-missing", "The length of its MAC key is missing."),
    ("mac-key-size", "Its MAC key has an invalid size."),
    (
        "mac-wrong",
        "The password is correct, but the check value (MAC) does not match.",
    ),
    ("name-text", "A name in it is not text."),
    ("name-utf8", "A name in it is marked as UTF-8, but is not."),
    ("no-block-cipher", "A block cipher was expected."),
    ("no-certificate-inside", "It contains no certificate."),
    ("no-writer", "There is no writer for these algorithms."),
    ("not-encrypted", "A private key was not encrypted."),
    ("not-opened", "Not opened by a second reader."),
    (
        "not-opened.alias",
        "A character of an alias is not supported by p12-keystore.",
    ),
    ("not-opened.format", "Its format is not supported."),
    (
        "not-opened.iterations",
        "More than 1,000,000 iterations take too long.",
    ),
    (
        "not-opened.java-keystore",
        "Java keystores are not supported.",
    ),
    (
        "not-opened.legacy-3des",
        "A key encrypted with PKCS#12’s 3DES is not supported by pkcs8.",
    ),
    (
        "not-opened.odd-certificate",
        "The encoding of a certificate is not supported by x509-parser.",
    ),
    (
        "not-opened.odd-key",
        "The encoding of the key is not supported by pkcs8.",
    ),
    (
        "not-opened.odd-public-key",
        "The encoding of the key is not supported by x509-parser.",
    ),
    ("not-opened.openssh", "OpenSSH is not supported."),
    (
        "not-opened.password",
        "A character of the password is not supported by p12-keystore.",
    ),
    ("not-opened.pkcs1", "PKCS#1 is not supported."),
    ("not-opened.pkcs7", "PKCS#7 is not supported."),
    (
        "not-opened.request",
        "Certificate requests are not supported.",
    ),
    ("not-opened.sec1", "SEC 1 is not supported."),
    ("not-opened.secret-key", "A secret key has no format."),
    (
        "not-opened.token",
        "A token request has no certificate or key in it.",
    ),
    (
        "not-opened.two-passwords",
        "A separate password for the key is not supported by p12-keystore.",
    ),
    ("not-signed-data", "Its content type is not SignedData."),
    ("number-empty", "A number has no digits."),
    ("number-negative", "A number is negative."),
    (
        "object-kind",
        "It contains a Java object that is not a known key type.",
    ),
    ("oid-empty", "An object identifier is empty."),
    ("padding", "Its padding is wrong."),
    ("part-missing", "A part of its contents is missing."),
    ("part-short", "A part inside ends too early."),
    ("pem-base64", "The block “{label}” is not valid base64."),
    ("pem-begin", "A BEGIN line has no end."),
    (
        "pem-cipher-line",
        "The encrypted block “{label}” has an invalid DEK-Info line.",
    ),
    ("pem-empty", "The block “{label}” is empty."),
    ("pem-end", "The block “{label}” ends with another name."),
    (
        "pem-key-kind",
        "Its private key has the unknown type “{kind}”.",
    ),
    ("pem-label", "The block “{label}” contains a {contents}."),
    (
        "pem-no-cipher",
        "The encrypted block “{label}” has no DEK-Info line.",
    ),
    (
        "pfx-version",
        "It has version {version}. Only version 3 is in use.",
    ),
    ("plan-empty", "A file was planned of nothing."),
    ("protected-short", "A protected key is too short."),
    (
        "public-half",
        "Its public half does not match its private half.",
    ),
    (
        "public-number",
        "Its public number does not match its private number.",
    ),
    ("rc2-version", "The RC2 version is not a standard one."),
    (
        "rsa-coefficient",
        "Its coefficient is not the inverse of its second prime.",
    ),
    (
        "rsa-exponent",
        "Its private exponent does not match its public exponent.",
    ),
    (
        "rsa-primes",
        "The product of its primes is not its modulus.",
    ),
    ("rsa-size", "Its numbers have an invalid size for RSA."),
    (
        "rule.alias-folded",
        "Use a different alias for each identity. Java ignores upper and lower case.",
    ),
    (
        "rule.alias-not-printable",
        "Use no line ends, tabs or other hidden characters.",
    ),
    ("rule.alias-size", "Use between 1 and 200 characters."),
    ("rule.password-empty", "Enter a password."),
    ("rule.password-has-colon", "Use no colon."),
    ("rule.password-not-ascii", "Use only ASCII characters."),
    (
        "rule.password-not-ascii.character",
        "Use only ASCII characters. {character} is not allowed.",
    ),
    ("rule.password-too-short", "Use at least 6 characters."),
    (
        "salt-length",
        "The salt of a key does not have eight bytes.",
    ),
    (
        "saved-as-text",
        "It was opened and saved as text, which destroyed its binary data.",
    ),
    ("scrypt-cost", "Its scrypt parameters are invalid."),
    (
        "scrypt-memory",
        "Its scrypt encryption needs {mebibytes} MiB of memory. The limit is 256 MiB.",
    ),
    (
        "scrypt-memory-huge",
        "Its scrypt encryption needs more memory than any computer has.",
    ),
    (
        "scrypt-refused",
        "The function scrypt refused its parameters.",
    ),
    (
        "seal-class",
        "It contains an object of the class {class} instead of a key.",
    ),
    ("seal-empty", "An encrypted secret key is empty."),
    (
        "seal-incomplete",
        "The encryption of a secret key is incomplete.",
    ),
    (
        "seal-unreadable",
        "The encryption of a secret key cannot be read.",
    ),
    ("sealed-short", "An encrypted key is too short."),
    ("secret-empty", "A secret key entry is empty."),
    ("secret-kind", "A secret has an unexpected type."),
    ("secret-start", "A secret key has an invalid start."),
    (
        "security-key",
        "The private key is inside a security key. The file only refers to it.",
    ),
    (
        "signature-integrity",
        "It is protected by a signature instead of a password.",
    ),
    (
        "spaces-before",
        "Blank lines precede its start, so it was transferred as text.",
    ),
    ("structure-unknown", "Its structure is unknown."),
    ("table-digest", "A row has no SHA-256."),
    ("table-line", "Line {line} is invalid."),
    ("table-undated", "It does not say when it was saved."),
    ("table-utf8", "It is not UTF-8 text."),
    (
        "table-version",
        "It has version {version}, which is newer than this Keyferry.",
    ),
    ("tag-number", "An ASN.1 tag has an invalid number."),
    ("two-curves", "It names two curves."),
    (
        "uber-version",
        "It has version 0, which BouncyCastle no longer supports.",
    ),
    ("x25519-size", "An X25519 key must have 32 bytes."),
    ("x448-size", "An X448 key must have 56 bytes."),
    ("zip-checksum", "An entry does not match its checksum."),
    ("zip-directory", "Its directory cannot be read."),
    (
        "zip-entry-place",
        "An entry is not where the directory says.",
    ),
    ("zip-lock", "An entry does not say how it is encrypted."),
    (
        "zip-lock-method",
        "Its encrypted entries use the compression method {method}.",
    ),
    (
        "zip-lock-new",
        "Its entries use an unknown version of encryption.",
    ),
    (
        "zip-method",
        "It uses the rare compression method {method}.",
    ),
    ("zip-nested", "It is inside another ZIP archive."),
    ("zip-overlap", "Its entries overlap."),
    ("zip-strong", "Its entries use PKWARE’s strong encryption."),
    ("zip-unpack", "An entry cannot be unpacked."),
];

/// The steps after the files are made: code, sentence. Sorted by code.
///
/// What stands in brackets is on the system's screen, or is typed there as it is. `{file}`, `{file2}` … are the target's files in
/// their order.
pub(super) const STEPS: &[(&str, &str)] = &[
    (
        "anaplan-api.send",
        "Send one of the requests below at once. Anaplan accepts each body only once.",
    ),
    (
        "anaplan.add",
        "Click [Add Certificates], choose {file}, then click [Import Certificates].",
    ),
    (
        "anaplan.client",
        "Give your integration the file that it asks for: {file2}, {file3} or {file4}. The alias is {alias}.",
    ),
    (
        "anaplan.connect",
        "Copy the matching lines below into your script. Replace the path and enter the new password.",
    ),
    (
        "anaplan.copy-keystore",
        "Copy {file} to the computer that runs Anaplan Connect.",
    ),
    (
        "anaplan.copy-pem",
        "Copy {file} and {file2} to the computer that runs Anaplan Connect.",
    ),
    (
        "anaplan.open",
        "As a tenant administrator, open [Administration → Security → Certificates] in Anaplan.",
    ),
    (
        "anaplan.registered",
        "Check that the certificate is registered in Anaplan under [Administration → Security → Certificates].",
    ),
    (
        "apache.lines",
        "Copy the lines below into the virtual host of port 443. Replace the path.",
    ),
    (
        "apache.reload",
        "Run [apachectl configtest], then [apachectl graceful].",
    ),
    (
        "boomi.component",
        "In Boomi, create an X.509 certificate component on the [Build] page and import {file} into it.",
    ),
    (
        "boomi.connection",
        "Choose this component in your Anaplan connection.",
    ),
    (
        "boomi.password",
        "Enter the new password when Boomi asks for it.",
    ),
    ("copy-pair", "Copy {file} and {file2} to the server."),
    ("copy-server", "Copy {file} to the server."),
    (
        "custom.copy",
        "Copy the files to the system that needs them.",
    ),
    (
        "custom.password",
        "Enter the new password where the system asks for it.",
    ),
    (
        "haproxy.line",
        "Copy the line below into the frontend of [haproxy.cfg]. Replace the path.",
    ),
    (
        "haproxy.reload",
        "Run [haproxy -c -f haproxy.cfg], then reload HAProxy.",
    ),
    (
        "informatica.copy",
        "Copy {file} to a folder that the Secure Agent can read.",
    ),
    (
        "informatica.new",
        "In Informatica, open [Administrator → Connections], click [New Connection], and choose the type [Anaplan V2].",
    ),
    (
        "informatica.type",
        "Set [Auth Type] to [Cert Auth], [API Major Version] to [2] and [API Minor Version] to [0].",
    ),
    (
        "informatica.values",
        "Enter the path of {file} as [KeyStore Path Location], {alias} as [KeyStore Alias], and the new password as [KeyStore Password].",
    ),
    (
        "java-8.copy",
        "Copy {file} or {file2} to the computer that runs the program.",
    ),
    (
        "java-8.values",
        "Give the program the path of the file, the alias {alias} and the new password.",
    ),
    (
        "java-truststore.copy",
        "Copy {file} to the computer that runs the program. Java older than 8u301 needs {file2} instead.",
    ),
    (
        "java-truststore.options",
        "Add the options below to the java command. Replace the path and enter the new password.",
    ),
    (
        "kafka.copy",
        "Copy {file}, {file2} or {file3} to the broker or client. One of them is enough.",
    ),
    (
        "kafka.lines",
        "Copy the matching properties below into its properties file. Replace the path and enter the new password.",
    ),
    ("kafka.restart", "Restart the broker or client."),
    ("macos.choose", "Choose {file} and enter the new password."),
    (
        "macos.open",
        "Open [Keychain Access] and choose [File → Import Items].",
    ),
    (
        "mulesoft.copy",
        "Copy {file} into the application. If the connector asks for PEM files, copy {file2} and {file3} instead.",
    ),
    (
        "mulesoft.values",
        "Enter the alias {alias} and the new password in the configuration of the connector.",
    ),
    (
        "netsuite.client",
        "Give the client the certificate ID that NetSuite shows, {file2} and the new password.",
    ),
    (
        "netsuite.new",
        "Click [Create New], choose entity, role and application, and upload {file}.",
    ),
    (
        "netsuite.open",
        "In NetSuite, open [Setup → Integration → Manage Authentication → OAuth 2.0 Client Credentials (M2M) Setup].",
    ),
    (
        "nginx.lines",
        "Copy the lines below into the server block. Replace the path.",
    ),
    ("nginx.reload", "Run [nginx -t], then [nginx -s reload]."),
    (
        "private.first",
        "Allow only the server’s user to read {file}.",
    ),
    (
        "private.second",
        "Allow only the server’s user to read {file2}.",
    ),
    (
        "python.code",
        "Copy the lines for your language below into the program.",
    ),
    (
        "python.copy",
        "Copy {file} and {file2} beside your program.",
    ),
    (
        "python.password",
        "Set the environment variable [KEY_PASSWORD] to the new password.",
    ),
    (
        "salesforce.check",
        "Check that the list of certificates shows {alias}.",
    ),
    (
        "salesforce.import",
        "Click [Import from Keystore], choose {file}, enter the new password and save.",
    ),
    (
        "salesforce.open",
        "In Salesforce, open [Setup → Certificate and Key Management].",
    ),
    (
        "snaplogic.account",
        "In SnapLogic, open your [Anaplan Account], or create one.",
    ),
    (
        "snaplogic.certificate",
        "Paste the text of {file} into [External certificate contents].",
    ),
    ("snaplogic.delete", "Delete {file2} from your computer."),
    (
        "snaplogic.key",
        "Paste the text of {file2} into [External private key].",
    ),
    (
        "snowflake.client",
        "Give the driver or connector the path of {file} and the new password.",
    ),
    (
        "snowflake.user",
        "Replace [USER_NAME] in the first line below and run it in Snowflake.",
    ),
    (
        "spring.lines",
        "Copy the lines below into [application.yaml]. Replace the path.",
    ),
    (
        "spring.password",
        "Set the environment variable [KEYSTORE_PASSWORD] to the new password and restart the application.",
    ),
    (
        "tomcat.copy",
        "Copy {file} into the [conf] folder of Tomcat.",
    ),
    (
        "tomcat.lines",
        "Copy the connector below into [conf/server.xml] and enter the new password.",
    ),
    ("tomcat.restart", "Restart Tomcat."),
    (
        "windows.import",
        "Copy {file} to the computer and double-click it. The [Certificate Import Wizard] opens.",
    ),
    (
        "windows.password",
        "Enter the new password and finish the wizard.",
    ),
    (
        "windows.place",
        "Choose [Current User] for yourself, or [Local Machine] for a service.",
    ),
    (
        "workiva.choose",
        "In the Anaplan connection of Workiva, choose certificate authentication.",
    ),
    (
        "workiva.upload",
        "Upload {file} and {file2}, or {file3} with the alias {alias}. Enter the new password.",
    ),
];
