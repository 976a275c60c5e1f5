"""Texts as people have them, OpenSSH's keys, archives; and what is no certificate file at all."""
import base64
import io
import json
import struct
import urllib.parse
import zipfile

from shelf import CHAIN, PASSWORD, key

ALONE = ("alice",)
OLD_CIPHERS = ("aes128", "aes192", "aes256", "des", "des3", "camellia256")
SSH = {"ed25519": ["ed25519"], "p256": ["ecdsa", "-b", "256"], "p384": ["ecdsa", "-b", "384"],
       "p521": ["ecdsa", "-b", "521"], "rsa": ["rsa", "-b", "2048"]}
SSH_CIPHERS = ("3des-cbc", "aes128-cbc", "aes192-ctr", "aes256-ctr", "aes256-gcm@openssh.com",
               "chacha20-poly1305@openssh.com")


def make(shelf):
    old_encryption(shelf)
    texts(shelf)
    bare(shelf)
    labels(shelf)
    openssh(shelf)
    archives(shelf)
    others(shelf)


def old_encryption(shelf):
    for cipher in OLD_CIPHERS:
        for kind, source, option in (("", "alice", "rsa"), ("-ec", "p256", "ec")):
            file = f"pem-openssl-proctype{kind}-{cipher}.pem"
            if kind and cipher != "aes256":
                continue
            traditional = ["-traditional"] if option == "rsa" else []
            shelf.run(file, "openssl", f"the old encryption of PEM, {cipher}, {option.upper()}",
                      ["openssl", option, "-provider", "legacy", "-provider", "default", "-in", f"{source}.key",
                       *traditional, f"-{cipher}", "-passout", f"pass:{PASSWORD}", "-out", file],
                      keys=[key(None, source, ())])
    whole = shelf.tools.read("pem-openssl-proctype-aes256.pem")
    shelf.again("pem-openssl-proctype-aes256.pem", "a wrong password, noticed by the padding", passwords=["wrong"],
                error="wrong-password")

    def broken(what, body, note, error):
        shelf.put(f"pem-hostile-proctype-{what}.pem", body, note, error=error)

    start = whole.index(b"DEK-Info: ")
    end = whole.index(b"\n", start)
    line = whole[start:end + 1]
    broken("no-dek", whole.replace(line, b""), "no DEK-Info line", "damaged")
    broken("short-iv", whole.replace(line, line[:-3] + b"\n"), "an initialisation vector cut short", "damaged")
    broken("unknown-cipher", whole.replace(b"AES-256-CBC", b"ROT-13-CBC"), "a cipher that nobody has",
           "unsupported-algorithm")
    shelf.put("pem-crafted-proctype-one-line.pem", whole.replace(b"\n", b" "), "the old encryption, on one line",
              keys=[key(None, chain=())], reader="none")


def texts(shelf):
    text = shelf.tools.read("pem-openssl-identity.pem").decode()
    lines = text.splitlines()

    def put(what, body, note, **how):
        body = body if isinstance(body, bytes) else body.encode()
        shelf.put(f"pem-crafted-{what}.pem", body, note, passwords=[], keys=[key(None)], reader="none", **how)

    put("utf16be-no-bom", text.encode("utf-16-be"), "UTF-16, big-endian, without a byte order mark")
    put("utf16le-no-bom", text.encode("utf-16-le"), "UTF-16, little-endian, without a byte order mark")
    put("cr", text.replace("\n", "\r"), "CR alone at the ends of lines")
    put("nul-tail", text + "\0" * 5, "zero bytes at the end")
    put("indented", "".join(f"\t  {line}  \n" for line in lines), "indented by a tab and blanks")
    put("mail", "On Monday Alice wrote:\n" + "".join(f"> > {line}\n" for line in lines), "quoted by e-mail programs")
    put("escaped", 'export IDENTITY="' + text.replace("\n", "\\n") + '"\n', "newlines escaped, as in an env file")
    put("json", json.dumps({"tls": {"identity": text}}), "the value of a string in JSON")
    put("json-dotnet", json.dumps({"identity": text}).replace("+", "\\u002B"), "JSON as .NET escapes it")
    put("yaml", "identity: |\n" + "".join(f"    {line}\n" for line in lines), "a block scalar in YAML")
    put("java", "String identity =\n" + " +\n".join(f'    "{line}\\n"' for line in lines) + ";\n",
        "strings joined in a Java program")
    put("one-line", text.replace("\n", " "), "all on one line")
    put("no-line-ends", text.replace("\n", ""), "all line ends gone")
    put("dashes", text.replace("-----", "—–-"), "dashes made long ones by a word processor")
    put("odd-begin", text.replace("-----BEGIN ", "---- BEGIN  "), "BEGIN with odd dashes and blanks")
    put("url", urllib.parse.quote(text), "percent-encoded, as a web server puts it into a header")
    put("html", "<html><body><p>" + "<br/>\n".join(lines) + "</p></body></html>\n", "on a web page, each line with its break")
    put("rtf", "{\\rtf1\\ansi\\f0 " + "\\par\r\n".join(lines) + "\\par\r\n}", "pasted into a word processor, saved as RTF")
    head = "From: ca@example.com\nContent-Transfer-Encoding: quoted-printable\n\n"
    escaped = lambda part: part.replace("=", "=3D")
    folded = "".join(f"{escaped(line[:40])}=\n{escaped(line[40:])}\n" for line in lines)
    put("quoted-printable", head + folded, "an e-mail in quoted-printable, its lines folded")
    put("latin1", "Größe\n".encode("latin-1") + text.encode(), "a comment in ISO 8859-1 before it")


def bare(shelf):
    der, p8, p12 = (shelf.tools.read(name) for name in ("alice.der", "alice.p8", "pkcs12-openssl-default.p12"))
    base64_of = lambda body: base64.b64encode(body).decode()
    wrapped = lambda body: base64.encodebytes(body).decode()

    def put(file, body, note, **holds):
        holds = {"passwords": [], "reader": "none", **holds}
        shelf.put(file, body.encode(), note, **holds)

    alone = {"certificates": list(ALONE), "format": "certificate"}
    put("base64-crafted-line.txt", base64_of(der), "a certificate in base64 without armour, one line", **alone)
    put("base64-crafted-wrapped.txt", wrapped(der), "the same in lines of 76", **alone)
    put("base64-crafted-url.txt", base64.urlsafe_b64encode(der).decode().rstrip("="), "in the alphabet of URLs, no padding",
        **alone)
    put("base64-crafted-mail.txt", f"Dear Alice\n\n{wrapped(der)}\nRegards\n", "in the middle of a letter", **alone)
    put("base64-crafted-hex.txt", der.hex(), "in hexadecimal digits", **alone)
    put("base64-crafted-key.txt", base64_of(p8), "a private key", format="private-key",
        keys=[key(None, chain=())])
    put("base64-crafted-p12.txt", wrapped(p12), "a PKCS#12 file", passwords=[PASSWORD], keys=[key()], format="pkcs12")
    put("base64-crafted-jks.txt", wrapped(shelf.tools.read("jks-keytool-default.jks")), "a Java keystore",
        passwords=[PASSWORD], keys=[key()], format="jks")
    put("base64-crafted-vault.json", json.dumps({"value": base64_of(p12), "contentType": "application/x-pkcs12"}),
        "the JSON of a key vault", passwords=[PASSWORD], keys=[key()], format="pkcs12")
    secret = "apiVersion: v1\nkind: Secret\ndata:\n  tls.crt: {}\n  tls.key: {}\n"
    chain = b"".join(shelf.tools.read(f"{name}.pem") for name in CHAIN)
    put("base64-crafted-secret.yaml", secret.format(base64_of(chain), base64_of(shelf.tools.read("alice.key"))),
        "a Kubernetes secret: PEM in base64 in YAML", keys=[key(None)], format="pem")
    x5c = [base64_of(shelf.tools.read(f"{name}.der")) for name in CHAIN]
    put("base64-crafted-x5c.json", json.dumps({"keys": [{"kty": "RSA", "x5c": x5c}]}, indent=1),
        "the chain of a JSON Web Key", certificates=list(CHAIN), format="pem")


def labels(shelf):
    def block(label, der):
        return f"-----BEGIN {label}-----\n".encode() + base64.encodebytes(der) + f"-----END {label}-----\n".encode()

    shelf.run("pem-openssl-trusted.pem", "openssl", "TRUSTED CERTIFICATE: trust settings after the certificate",
              ["openssl", "x509", "-in", "alice.pem", "-trustout", "-addtrust", "clientAuth", "-setalias", "alice", "-out",
               "pem-openssl-trusted.pem"], passwords=[], certificates=list(ALONE))
    for form, file in (("DER", "pkcs7-openssl-der.p7b"), ("PEM", "pkcs7-openssl-pem.p7b")):
        command = ["openssl", "crl2pkcs7", "-in", "crl.pem"]
        for name in CHAIN:
            command += ["-certfile", f"{name}.pem"]
        shelf.run(file, "openssl", f"certificates and a revocation list in PKCS#7, {form}",
                  [*command, "-outform", form, "-out", file], passwords=[], certificates=list(CHAIN), crls=1,
                  format={"DER": "pkcs7", "PEM": "pem"}[form], reader="none")
    shelf.put("pem-crafted-ec-parameters.pem", shelf.tools.out("openssl", "ecparam", "-name", "P-256")
              + shelf.tools.read("p256.key"), "EC PARAMETERS before the key", passwords=[],
              keys=[key(None, "p256", ())], reader="none")
    shelf.put("pem-crafted-p12.pem", block("PKCS12", shelf.tools.read("pkcs12-openssl-default.p12")),
              "a PKCS#12 file in a PEM block", keys=[key()], reader="none")
    shelf.put("x509-crafted-joined.cer", b"".join(shelf.tools.read(f"{name}.der") for name in CHAIN),
              "three DER certificates joined", passwords=[], certificates=list(CHAIN), reader="none")
    shelf.put("pem-hostile-label-lies.pem", block("PRIVATE KEY", shelf.tools.read("alice.der")),
              "a certificate under the name of a private key", passwords=[], error="damaged")
    shelf.put("pem-hostile-begin-flood.pem", b"-----BEGIN CERTIFICATE-----\n" * 20_000, "20,000 BEGIN lines",
              passwords=[], error="truncated")


def openssh(shelf):
    for what, kind in SSH.items():
        for password in ("", PASSWORD):
            file = f"openssh-keygen-{what}{'-encrypted' if password else ''}"
            make_ssh(shelf, file, ["-t", *kind, "-N", password], password, f"{what}, {'bcrypt' if password else 'plain'}")
    for cipher in SSH_CIPHERS:
        file = f"openssh-keygen-{cipher.split('@')[0]}"
        make_ssh(shelf, file, ["-t", "ed25519", "-N", PASSWORD, "-Z", cipher], PASSWORD, f"encrypted with {cipher}")
    shelf.again("openssh-keygen-ed25519-encrypted", "a wrong password, noticed by the check numbers", passwords=["wrong"],
                error="wrong-password")
    shelf.again("openssh-keygen-ed25519-encrypted", "no password", passwords=[], error="password-needed")


def make_ssh(shelf, file, options, password, note):
    """A key of ssh-keygen's, which cannot take one of ours in this form; its hash is that of the same key as PKCS#8."""
    shelf.run(file, "openssh", note, ["ssh-keygen", "-q", "-C", "", *options, "-f", file],
              passwords=[password] if password else [], keys=[key(None, file, ())], format="pem", reader="none")
    # ssh-keygen writes PKCS#8 of every kind but Ed25519, whose public half stands in its .pub file.
    kind, body = (shelf.tools.home / f"{file}.pub").read_text().split()[:2]
    blob = base64.b64decode(body)
    if kind == "ssh-ed25519":
        spki = bytes.fromhex("302a300506032b6570032100") + blob[-32:]
    else:
        public = shelf.tools.out("ssh-keygen", "-e", "-m", "PKCS8", "-f", f"{file}.pub")
        spki = shelf.tools.out("openssl", "pkey", "-pubin", "-outform", "DER", stdin=public)
    shelf.tools.known_spki[f"{file}.key"] = spki


def archives(shelf):
    read = shelf.tools.read

    def packed(files, method=zipfile.ZIP_DEFLATED):
        body = io.BytesIO()
        with zipfile.ZipFile(body, "w", method) as archive:
            for name, content in files:
                archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, method)
        return body.getvalue()

    def put(what, body, note, **how):
        shelf.put(f"zip-{what}.zip", body, note, reader="none", **how)

    mailed = [("readme.txt", "Install it."), ("chain/", ""), ("chain/issuing.crt", read("issuing.der")),
              ("chain/root.crt", read("root.pem")), ("alice.crt", read("alice.der"))]
    put("crafted-mailed", packed([*mailed, ("alice.key", read("alice.key"))]), "what a CA mails, and the key", passwords=[],
        keys=[key(None)])
    put("crafted-stored", packed([("alice.p12", read("pkcs12-openssl-default.p12"))], zipfile.ZIP_STORED),
        "a PKCS#12 file, stored", keys=[key()])
    put("hostile-nested", packed([("inner.zip", packed(mailed))]), "an archive in an archive", passwords=[],
        error="unsupported-form")
    put("hostile-large", packed([("zeros.crt", bytes((64 << 20) + 1))]), "64 MiB and a byte of zeros, packed small",
        passwords=[], error="too-large")
    put("hostile-many", packed([(f"{number}.crt", "") for number in range(1001)]), "1,001 entries", passwords=[],
        error="too-complex")
    put("hostile-unrelated", packed([("readme.txt", "Hello.")]), "nothing in it", passwords=[], error="not-recognised",
        data={"looks_like": "archive-without"})
    put("hostile-document", packed([("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>")]),
        "a word processor's document", passwords=[], error="not-recognised", data={"looks_like": "office"})
    whole = packed(mailed)
    put("hostile-cut", whole[:len(whole) // 2], "cut in the middle", passwords=[], error="truncated")
    single = packed([("alice.crt", read("alice.der"))])
    at = len("alice.crt") + 30 + 200
    put("hostile-flipped", single[:at] + bytes([single[at] ^ 1]) + single[at + 1:], "one bit flipped: the check value says so",
        passwords=[], error="damaged")


def others(shelf):
    read = shelf.tools.read

    def file(name, body, note, looks_like):
        shelf.put(name, body, note, passwords=[], error="not-recognised", data={"looks_like": looks_like})

    def mangled(what, body, note):
        shelf.put(f"pkcs12-hostile-{what}.p12", body, note, error="damaged")

    p12 = read("pkcs12-openssl-default.p12")
    mangled("saved-as-latin1", p12.decode("latin-1").encode(), "read as ISO 8859-1 and saved as UTF-8")
    mangled("saved-as-windows", p12.decode("cp1252", "replace").encode(), "read as Windows-1252 and saved as UTF-8")
    mangled("saved-as-utf8", p12.decode("utf-8", "replace").encode(), "read as UTF-8 and saved, bytes replaced")
    mangled("carried-as-text", p12.replace(b"\n", b"\r\n"), "every LF made CR LF by a transfer in text mode")
    mangled("newline-first", b"\r\n" + p12, "a line break before its start")
    file("office-hostile.p12", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "an old office document", "office")
    file("pdf-hostile.p12", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document", "pdf")
    file("xml-hostile.jks", b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', "an error as XML", "xml")
    file("mobileconfig-hostile.p12", b'<?xml version="1.0"?><plist><dict><key>PayloadType</key></dict></plist>',
         "a configuration profile without a certificate", "mobileconfig")
    file("mail-hostile.p12", b"Return-Path: <ca@example.com>\r\nReceived: from ca\r\nSubject: Your certificate\r\n\r\nHello\r\n",
         "an e-mail without its attachment", "email")
    file("gzip-hostile.p12", b"\x1f\x8b\x08\0" + bytes(20), "another archive", "archive")
    file("program-hostile.p12", b"MZ\x90\0" + bytes(200), "a program", "program")
    pgp = b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZQ==\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n"
    file("pgp-hostile.asc", pgp, "a key of PGP", "pgp")
    file("putty-hostile.ppk", b"PuTTY-User-Key-File-3: ssh-ed25519\r\nEncryption: none\r\n", "a key of PuTTY", "putty")
    file("java-hostile.ser", b"\xac\xed\0\x05sr\0\x11java.util.HashMap" + bytes(40), "objects of Java", "java-serialized")
    file("sqlite-hostile.db", b"SQLite format 3\0" + bytes(84), "the database of NSS", "nss-database")
    file("sst-hostile.sst", b"\0\0\0\0CERT" + struct.pack("<II", 32, 1), "a store of Windows", "windows-store")
    file("pvk-hostile.pvk", struct.pack("<6I", 0xB0B5F11E, 0, 1, 0, 0, 0), "a key of old Windows tools", "windows-pvk")
    file("keychain-hostile.keychain", b"kych\0\x01\0\0" + bytes(40), "a keychain of macOS", "mac-keychain")
    file("gnome-hostile.keyring", b"GnomeKeyring\n\r\0\n" + bytes(40), "a keyring of a desktop", "gnome-keyring")
    parameters = shelf.tools.out("openssl", "ecparam", "-name", "P-256")
    file("pem-hostile-parameters.pem", parameters, "parameters without a key", "parameters")
