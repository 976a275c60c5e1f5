"""PKCS#12 by openssl: the encryptions, the MACs, the passwords, the keys; and PKCS#8, PKCS#1, SEC1 and PEM."""
from shelf import CHAIN, PASSWORD, key

ONE = ["-inkey", "alice.key", "-in", "alice.pem"]
ALL = [*ONE, "-certfile", "chain.pem"]
ALONE = ("alice",)


def make(shelf):
    pkcs12(shelf)
    keys(shelf)
    pem(shelf)


def pkcs12(shelf):
    def p12(what, note, *options, ingredients=ONE, keys=None, password=PASSWORD, name="alice", **holds):
        file = f"pkcs12-openssl-{what}.p12"
        named = ["-name", name] if name else []
        command = ["openssl", "pkcs12", "-export", *ingredients, *named, *options, "-passout", f"pass:{password}",
                   "-out", file]
        holds.setdefault("passwords", [password])
        shelf.run(file, "openssl", note, command, keys=[key(name, chain=ALONE)] if keys is None else keys, **holds)

    def both(cipher):
        return ["-keypbe", cipher, "-certpbe", cipher]

    p12("default", "AES-256, PBKDF2-HMAC-SHA256, MAC SHA-256, chain of three", ingredients=ALL, keys=[key()],
        findings=[])
    p12("aes128", "PBES2 AES-128", *both("AES-128-CBC"))
    p12("aes192", "PBES2 AES-192", *both("AES-192-CBC"))
    p12("pbes2-3des", "PBES2 3DES", *both("DES-EDE3-CBC"))
    p12("legacy", "RC2-40 certificates, 3DES key, MAC SHA-1: what openssl 1.x wrote", "-legacy", ingredients=ALL,
        keys=[key()])
    p12("3des", "PBES1 3DES with three keys", "-legacy", *both("PBE-SHA1-3DES"), "-macalg", "sha1")
    p12("2des", "PBES1 3DES with two keys", "-legacy", *both("PBE-SHA1-2DES"), "-macalg", "sha1")
    p12("rc2-40", "PBES1 RC2-40", "-legacy", *both("PBE-SHA1-RC2-40"), "-macalg", "sha1")
    p12("rc2-128", "PBES1 RC2-128", "-legacy", *both("PBE-SHA1-RC2-128"), "-macalg", "sha1")
    p12("rc4-40", "PBES1 RC4-40", "-legacy", *both("PBE-SHA1-RC4-40"), "-macalg", "sha1")
    p12("rc4-128", "PBES1 RC4-128", "-legacy", *both("PBE-SHA1-RC4-128"), "-macalg", "sha1")
    p12("certs-plain", "the key encrypted, the certificates not", "-certpbe", "NONE", ingredients=ALL, keys=[key()])
    p12("key-plain", "a key bag: the key not encrypted inside an unencrypted safe", "-keypbe", "NONE")
    p12("all-plain", "nothing encrypted, MAC with a password", "-keypbe", "NONE", "-certpbe", "NONE")
    p12("all-plain-nomac", "nothing encrypted and no MAC: opens without a password", "-keypbe", "NONE", "-certpbe",
        "NONE", "-nomac", password="", passwords=[])
    # with -nomac alone, openssl leaves the certificates open
    p12("nomac", "encrypted, no MAC", "-nomac", *both("AES-256-CBC"), findings=["no-mac"])
    p12("nomac-certs-plain", "the key encrypted, the certificates not, no MAC", "-nomac")
    p12("nomac-rc4-128", "a stream cipher and no MAC: neither a digest nor padding shows a wrong password", "-legacy",
        *both("PBE-SHA1-RC4-128"), "-nomac")
    p12("mac-sha1", "MAC SHA-1", "-macalg", "sha1")
    p12("mac-sha224", "MAC SHA-224", "-macalg", "sha224")
    p12("mac-sha384", "MAC SHA-384", "-macalg", "sha384")
    p12("mac-sha512", "MAC SHA-512", "-macalg", "sha512")
    p12("mac-once", "MAC with one iteration, which DER leaves out", "-nomaciter")
    p12("noname", "no friendlyName", name=None)
    p12("unicode-name", "a friendlyName beyond Latin-1", name="Zoë 山田")
    p12("quoted-name", "a friendlyName like markup", name="<b>alice</b> & \"co\"")
    p12("csp", "the attribute for Microsoft's key store", "-CSP", "Microsoft Enhanced Cryptographic Provider v1.0",
        "-LMK", *both("PBE-SHA1-3DES"), "-macalg", "sha1")
    p12("caname", "the authorities have names too", "-caname", "The Issuing One", "-caname", "The Root",
        ingredients=ALL, keys=[key()])
    p12("reversed", "certificates root first", ingredients=["-inkey", "alice.key", "-in", "alice.pem", "-certfile",
        "reversed.pem"], keys=[key()])
    p12("key-only", "a private key and no certificate", ingredients=["-nocerts", "-inkey", "alice.key"],
        keys=[key(chain=())])
    p12("certs-only", "three certificates and no private key", ingredients=["-nokeys", "-in", "alice.chain.pem"],
        name=None, keys=[], certificates=list(CHAIN), findings=["no-private-key"])

    p12("empty-password", "the empty password, modern", password="", passwords=[])
    p12("empty-password-legacy", "the empty password, PBES1", "-legacy", password="", passwords=[])
    p12("unicode-password", "a password beyond Latin-1, PBES2", password="пароль-密码")
    p12("unicode-password-legacy", "a password beyond Latin-1, PBES1", "-legacy", password="пароль-密码")
    p12("emoji-password", "a password beyond the BMP, PBES2", password="key😀ferry")
    p12("emoji-password-legacy", "a password beyond the BMP, PBES1: surrogate pairs", "-legacy",
        password="key😀ferry")
    p12("umlaut-password-legacy", "umlauts, PBES1", "-legacy", password="Schlüssel")
    p12("blanks-password", "blanks at both ends of the password", password="  key ferry ")
    p12("quotes-password", "quotes, a backslash, a dollar in the password", password="a'b\"c\\d$e`f")
    # bytes that are no UTF-8: openssl widens them for PBES1 and the MAC, and takes them as they are for PBES2
    shelf.tools.write("latin1.txt", "Schlüssel\n".encode("latin-1"))
    for what, options in (("latin1", []), ("latin1-legacy", ["-legacy"])):
        file = f"pkcs12-openssl-{what}.p12"
        shelf.run(file, "openssl", "the password typed in a Latin-1 terminal (latin1.txt holds its bytes)",
                  ["openssl", "pkcs12", "-export", *ONE, "-name", "alice", *options, "-passout", "file:latin1.txt",
                   "-out", file], passwords=["Schlüssel"], keys=[key(chain=ALONE)],
                  reader=("openssl", ["-passin", "file:latin1.txt"], None))

    for name in ("rsa3072", "rsa4096", "p256", "p384", "p521", "ed25519", "ed448"):
        p12(name, f"key: {name}", ingredients=["-inkey", f"{name}.key", "-in", f"{name}.pem"], name=name,
            keys=[key(name, name, (name,))])
    p256 = {"ingredients": ["-inkey", "p256.key", "-in", "p256.pem"], "keys": [key("alice", "p256", ("p256",))]}
    p12("small", "one iteration everywhere, for tests that open it thousands of times", "-iter", "1", **p256)
    p12("small-nomac", "the same without a MAC", "-iter", "1", "-nomac", *both("AES-256-CBC"), **p256)
    for name, codes in FINDINGS.items():
        p12(name, f"a certificate to find fault with: {name}", name=name, findings=codes,
            ingredients=["-inkey", f"{name}.key", "-in", f"{name}.pem"], keys=[key(name, name, (name,))])

    shelf.again("pkcs12-openssl-default.p12", "a wrong password", passwords=["wrong"], error="wrong-password")
    shelf.again("pkcs12-openssl-default.p12", "no password", passwords=[], error="password-needed")
    shelf.again("pkcs12-openssl-default.p12", "the right password among wrong ones",
                passwords=["wrong", "", PASSWORD], keys=[key()])
    shelf.again("pkcs12-openssl-nomac.p12", "a wrong password, noticed by the padding", passwords=["wrong"],
                error="wrong-password")
    shelf.again("pkcs12-openssl-nomac.p12", "no MAC, no password", passwords=[], error="password-needed")
    shelf.again("pkcs12-openssl-nomac-rc4-128.p12", "a wrong password, noticed by what it gives",
                passwords=["wrong"], error="wrong-password")
    shelf.again("pkcs12-openssl-all-plain.p12", "only the MAC needs the password", passwords=["wrong"],
                error="wrong-password")


# end entity: codes of severity error and warning that the target anaplan has for it, alone, without its chain
FINDINGS = {
    "expired": ["expired"],
    "future": ["not-yet-valid"],
    "selfsigned": ["self-signed"],
    "rsa1024": ["rsa-too-small"],
    "noeku": ["extended-key-usage-missing"],
    "serveronly": ["extended-key-usage"],
    "clientonly": [],
    "smimeonly": [],
    "encipheronly": ["key-usage"],
    "mailincn": ["no-email"],
    "mailindn": [],
    "nomail": ["no-email"],
    "unicode": ["key-not-rsa"],
}


def keys(shelf):
    def file(what, note, command, name="alice", **holds):
        made = f"{what}.{'der' if 'DER' in command else 'pem'}"
        shelf.run(made, "openssl", note, [*command, "-out", made], keys=[key(None, name, ())], **holds)

    def pkcs8(what, note, *options, name="alice", **holds):
        command = ["openssl", "pkcs8", "-topk8", "-in", f"{name}.key", *options]
        file(f"pkcs8-openssl-{what}", note, command, name, **holds)

    plain = ["-nocrypt"]
    locked = ["-passout", f"pass:{PASSWORD}"]
    pkcs8("rsa", "PKCS#8, plain", *plain, passwords=[])
    pkcs8("rsa-der", "PKCS#8, plain, DER", *plain, "-outform", "DER", passwords=[])
    for name in ("p256", "p384", "p521", "ed25519", "ed448"):
        pkcs8(name, f"PKCS#8, plain: {name}", *plain, name=name, passwords=[])
    for cipher in ("aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "des3"):
        pkcs8(f"pbes2-{cipher}", f"PBES2 {cipher}", "-v2", cipher, *locked, name="p256")
    for prf in ("SHA1", "SHA224", "SHA256", "SHA384", "SHA512"):
        pkcs8(f"prf-{prf.lower()}", f"PBKDF2 with HMAC-{prf}", "-v2", "aes-256-cbc", "-v2prf", f"hmacWith{prf}",
              *locked, name="p256")
    for pbe in ("3DES", "2DES", "RC2-40", "RC2-128", "RC4-40", "RC4-128"):
        pkcs8(f"pbes1-{pbe.lower()}", f"PBES1 {pbe}", "-provider", "legacy", "-provider", "default", "-v1",
              f"PBE-SHA1-{pbe}", *locked, name="p256")
    pkcs8("encrypted-der", "PBES2, DER", "-v2", "aes-256-cbc", *locked, "-outform", "DER")
    pkcs8("empty-password", "encrypted with the empty password", "-v2", "aes-256-cbc", "-passout", "pass:",
          name="p256", passwords=[])
    pkcs8("small", "one iteration, DER", "-v2", "aes-256-cbc", "-iter", "1", *locked, "-outform", "DER", name="p256")
    pkcs8("umlaut-password", "a password beyond ASCII", "-v2", "aes-256-cbc", "-passout", "pass:Schlüssel",
          name="p256", passwords=["Schlüssel"])
    shelf.again("pkcs8-openssl-encrypted-der.der", "a wrong password", passwords=["wrong"], error="wrong-password")
    shelf.again("pkcs8-openssl-prf-sha256.pem", "a wrong password", passwords=["wrong"], error="wrong-password")
    shelf.again("pkcs8-openssl-prf-sha256.pem", "no password", passwords=[], error="password-needed")

    file("pkcs1-openssl-rsa", "PKCS#1", ["openssl", "rsa", "-in", "alice.key", "-traditional"], passwords=[])
    file("pkcs1-openssl-rsa-der", "PKCS#1, DER", ["openssl", "rsa", "-in", "alice.key", "-traditional", "-outform",
         "DER"], passwords=[])
    for name in ("p256", "p384", "p521"):
        file(f"sec1-openssl-{name}", f"SEC1, {name}", ["openssl", "ec", "-in", f"{name}.key"], name, passwords=[])
    file("sec1-openssl-p256-der", "SEC1, DER", ["openssl", "ec", "-in", "p256.key", "-outform", "DER"], "p256",
         passwords=[])
    file("sec1-openssl-p256-nopublic", "SEC1 without the public key", ["openssl", "ec", "-in", "p256.key",
         "-no_public"], "p256", passwords=[])


def pem(shelf):
    def x509(what, note, command, names, passwords=(), **holds):
        shelf.run(what, "openssl", note, command, passwords=passwords, certificates=list(names), **holds)

    def joined(file, note, *parts, passwords=(), **holds):
        shelf.tools.write(file, b"".join(shelf.tools.read(part) for part in parts))
        shelf.again(file, note, passwords=passwords, maker="openssl", command=f"cat {' '.join(parts)} > {file}", **holds)

    x509("pem-openssl-cert.pem", "a certificate", ["openssl", "x509", "-in", "alice.pem", "-out",
         "pem-openssl-cert.pem"], ALONE, findings=["no-private-key"])
    x509("x509-openssl-cert.cer", "a certificate, DER", ["openssl", "x509", "-in", "alice.pem", "-outform",
         "DER", "-out", "x509-openssl-cert.cer"], ALONE)
    x509("pem-openssl-text.pem", "a certificate below the text that openssl prints of it", ["openssl", "x509", "-in",
         "alice.pem", "-text", "-out", "pem-openssl-text.pem"], ALONE)
    joined("pem-openssl-chain.pem", "a chain of three", "alice.pem", "issuing.pem", "root.pem",
           certificates=list(CHAIN))
    joined("pem-openssl-identity.pem", "key and chain in one file", "alice.key", "alice.pem", "issuing.pem",
           "root.pem", keys=[key(None)])
    joined("pem-openssl-identity-reversed.pem", "root first, key last", "root.pem", "issuing.pem", "alice.pem",
           "alice.key", keys=[key(None)])
    joined("pem-openssl-other-certificate.pem", "another's certificate", "bob.pem", certificates=["bob"])
    joined("pem-openssl-mismatch.pem", "a key and a certificate that is not the key's", "alice.key", "bob.pem",
           keys=[key(None, chain=())], certificates=["bob"], findings=["no-private-key", "certificate-of-another-key"])
    joined("pem-openssl-two-identities.pem", "two keys, two certificates, crossed", "alice.key", "bob.key",
           "bob.pem", "alice.pem", keys=[key(None, chain=ALONE), key(None, "bob", ("bob",))])
    shelf.again("pkcs8-openssl-rsa.pem", "a key and its certificate in two files", passwords=[],
                together=["pem-openssl-cert.pem"], keys=[key(None, chain=ALONE)])
    shelf.again("pkcs8-openssl-rsa.pem", "a key and another's certificate in two files", passwords=[],
                together=["pem-openssl-other-certificate.pem"], keys=[key(None, chain=())], certificates=["bob"])
    shelf.run("pem-openssl-bags.pem", "openssl", "what `openssl pkcs12 -nodes` prints: attributes before each block",
              ["openssl", "pkcs12", "-in", "pkcs12-openssl-default.p12", "-passin", f"pass:{PASSWORD}", "-nodes",
               "-out", "pem-openssl-bags.pem"], passwords=[], keys=[key(None)])
    text = shelf.tools.read("pem-openssl-identity.pem")
    shelf.put("pem-crafted-crlf.pem", text.replace(b"\n", b"\r\n"), "CR LF at the ends of lines", passwords=[],
              keys=[key(None)])
    shelf.put("pem-crafted-bom.pem", b"\xef\xbb\xbf" + text, "a byte order mark first", passwords=[],
              keys=[key(None)])
    shelf.put("pem-crafted-utf16.pem", text.decode().encode("utf-16"), "UTF-16 with a byte order mark", passwords=[],
              keys=[key(None)], reader="none")
    shelf.run("crl-openssl.crl", "openssl", "a revocation list, DER", ["openssl", "crl", "-in", "crl.pem", "-outform",
              "DER", "-out", "crl-openssl.crl"], passwords=[], crls=1)
