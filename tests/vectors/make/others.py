"""Files by NSS, GnuTLS, keytool and BouncyCastle."""
from shelf import PASSWORD, key


def make(shelf):
    for name in ("alice", "bob", "p256"):
        shelf.tools.run("openssl", "pkcs12", "-export", "-inkey", f"{name}.key", "-in", f"{name}.pem", "-certfile",
                        "chain.pem", "-name", name, "-passout", f"pass:{PASSWORD}", "-out", f"{name}.p12")
    nss(shelf)
    gnutls(shelf)
    keytool_pkcs12(shelf)
    keytool_jks(shelf)
    bouncy_castle(shelf)


def nss(shelf):
    """pk12util writes indefinite lengths, also inside what the MAC covers, and 600,000 iterations for AES."""
    (shelf.tools.home / "nssdb").mkdir()
    shelf.tools.run("certutil", "-N", "-d", "nssdb", "--empty-password")
    shelf.tools.run("pk12util", "-i", "alice.p12", "-d", "nssdb", "-W", PASSWORD)

    def p12(what, note, *options, password=PASSWORD):
        file = f"pkcs12-nss-{what}.p12"
        shelf.run(file, "nss", note, ["pk12util", "-o", file, "-n", "alice", "-d", "nssdb", *options, "-W", password],
                  passwords=[password] if password else [], keys=[key()])

    def both(cipher):
        return ["-c", cipher, "-C", cipher]

    p12("default", "as Firefox exports: BER, AES-256, 600,000 iterations")
    p12("aes128", "BER, AES-128", *both("AES-128-CBC"))
    p12("3des", "BER, PBES1 3DES", *both("DES-EDE3-CBC"))
    p12("rc2-40", "BER, RC2-40 certificates, 3DES key", "-c", "DES-EDE3-CBC", "-C",
        "PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC")
    p12("rc4-40", "BER, RC4-40 certificates, RC4-128 key", "-c", "RC4", "-C",
        "PKCS #12 V2 PBE With SHA-1 And 40 Bit RC4")
    p12("certs-plain", "BER, certificates not encrypted", "-c", "DES-EDE3-CBC", "-C", "NONE")
    p12("emoji-password", "BER, a password beyond the BMP, PBES1", *both("DES-EDE3-CBC"), password="key😀ferry")


def gnutls(shelf):
    def p12(what, note, *options, passwords=(PASSWORD,)):
        file = f"pkcs12-gnutls-{what}.p12"
        shelf.run(file, "gnutls", note, ["certtool", "--to-p12", "--load-privkey", "alice.key", "--load-certificate",
                  "alice.pem", "--load-ca-certificate", "issuing.pem", "--p12-name", "alice", *options, "--outder",
                  "--outfile", file], passwords=passwords, keys=[key(chain=("alice", "issuing"))])

    own = ["--password", PASSWORD]
    p12("aes256", "AES-256", "--pkcs-cipher", "aes-256", *own)
    p12("aes128", "AES-128", "--pkcs-cipher", "aes-128", *own)
    p12("3des", "PBES1 3DES", "--pkcs-cipher", "3des-pkcs12", *own)
    p12("rc2-40", "RC2-40", "--pkcs-cipher", "rc2-40", *own)
    p12("arcfour", "RC4-128", "--pkcs-cipher", "arcfour", *own)
    p12("empty-password", "the empty password: two zero bytes under PBES1", "--pkcs-cipher", "3des-pkcs12",
        "--empty-password", passwords=[])
    p12("null-password", "no password at all: no bytes under PBES1", "--pkcs-cipher", "3des-pkcs12",
        "--null-password", passwords=[])


def keytool(source, file, alias, store, store_password=PASSWORD, key_password=None, *properties):
    return ["keytool", *properties, "-importkeystore", "-noprompt", "-srckeystore", f"{source}.p12", "-srcstoretype",
            "PKCS12", "-srcstorepass", PASSWORD, "-srcalias", source, "-destkeystore", file, "-deststoretype", store,
            "-deststorepass", store_password, "-destkeypass", key_password or store_password, "-destalias", alias]


def trust(file, alias, name, store):
    return ["keytool", "-importcert", "-noprompt", "-alias", alias, "-file", f"{name}.pem", "-keystore", file,
            "-storetype", store, "-storepass", PASSWORD]


def keytool_pkcs12(shelf):
    def p12(what, note, *properties):
        file = f"pkcs12-keytool-{what}.p12"
        shelf.run(file, "keytool", note, keytool("alice", file, "alice", "PKCS12", PASSWORD, None, *properties),
                  keys=[key()])

    p12("default", "as Java 17 writes it: 10,000 iterations")
    p12("legacy", "as Java 8 wrote it: RC2-40, 3DES, MAC SHA-1", "-J-Dkeystore.pkcs12.legacy")
    for prf, aes in (("SHA1", 128), ("SHA224", 128), ("SHA384", 256), ("SHA512", 256)):
        pbe = f"PBEWithHmac{prf}AndAES_{aes}"
        p12(f"prf-{prf.lower()}", f"PBES2 AES-{aes}, PBKDF2-HMAC-{prf}, MAC {prf}",
            f"-J-Dkeystore.pkcs12.certProtectionAlgorithm={pbe}", f"-J-Dkeystore.pkcs12.keyProtectionAlgorithm={pbe}",
            f"-J-Dkeystore.pkcs12.macAlgorithm=HmacPBE{prf}")
    p12("nomac", "certificates plain and no MAC, the key encrypted: Java without a store password",
        "-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE", "-J-Dkeystore.pkcs12.macAlgorithm=NONE")
    file = "pkcs12-keytool-two-keys.p12"
    shelf.run(file, "keytool", "two identities", keytool("alice", file, "alice", "PKCS12"),
              keytool("bob", file, "bob", "PKCS12"), keys=[key(), key("bob", "bob", ("bob", "issuing", "root"))])
    file = "pkcs12-keytool-truststore.p12"
    shelf.run(file, "keytool", "certificates with Oracle's trustedKeyUsage attribute", trust(file, "root", "root",
              "PKCS12"), trust(file, "issuing", "issuing", "PKCS12"), certificates=["issuing", "root"])
    file = "pkcs12-keytool-secret-key.p12"
    shelf.run(file, "keytool", "an identity and an AES key in a secret bag", keytool("alice", file, "alice", "PKCS12"),
              ["keytool", "-genseckey", "-alias", "aes", "-keyalg", "AES", "-keysize", "128", "-keystore", file,
               "-storetype", "PKCS12", "-storepass", PASSWORD], keys=[key()], secret_keys=1)


def keytool_jks(shelf):
    def jks(what, note, *commands, passwords=(PASSWORD,), **holds):
        file = f"jks-keytool-{what}.jks"
        shelf.run(file, "keytool", note, *(command(file) for command in commands), passwords=passwords, **holds)
        return file

    def one(source="alice", alias="alice", store=PASSWORD, own=None):
        return lambda file: keytool(source, file, alias, "JKS", store, own)

    bob = key("bob", "bob", ("bob", "issuing", "root"))
    default = jks("default", "a key with its chain, key password = store password", one(), keys=[key()])
    jks("two-keys", "two identities and a trusted certificate", one(), one("bob", "bob"),
        lambda file: trust(file, "ca", "root", "JKS"), keys=[key(), bob], certificates=["root"])
    two = jks("two-passwords", "the key has a password of its own", one(store="storepass", own="keypass"),
              passwords=["storepass", "keypass"], keys=[key()])
    shelf.again(two, "only the store's password is known", passwords=["storepass"], error="content-password-needed")
    three = jks("three-passwords", "two keys, each with its own password", one(store="storepass", own="keypass"),
                one("bob", "bob", "storepass", "bobspass"), passwords=["storepass", "keypass", "bobspass"],
                keys=[key(), bob])
    jks("p256", "an EC key", one("p256", "p256"), keys=[key("p256", "p256", ("p256", "issuing", "root"))])
    jks("truststore", "trusted certificates only", lambda file: trust(file, "root", "root", "JKS"),
        lambda file: trust(file, "issuing", "issuing", "JKS"), certificates=["root", "issuing"])
    jks("unicode-alias", "an alias beyond the BMP, in modified UTF-8", one(alias="schlüssel 山田 😀"),
        keys=[key("schlüssel 山田 😀")])
    jks("umlaut-password", "a password beyond ASCII", one(store="Schlüssel"), passwords=["Schlüssel"], keys=[key()])
    shelf.again(default, "a wrong password", passwords=["wrong"], error="wrong-password")
    shelf.again(default, "no password", passwords=[], error="password-needed")


def bouncy_castle(shelf):
    """BouncyCastle's default is BER. Stores.java writes all its files in one run."""
    source = str(shelf.source / "Stores.java")
    shelf.tools.run("java", "-cp", shelf.bcprov, source, "write", PASSWORD)
    command = f"java -cp {shelf.bcprov} make/Stores.java write {PASSWORD}"

    def made(file, note, maker="bc", passwords=(PASSWORD,), **holds):
        shelf.again(file, note, passwords=passwords, maker=maker, command=command, **holds)

    made("pkcs12-bc-default.p12", "BER, RC2-40 certificates, 3DES key", keys=[key()])
    made("pkcs12-bc-der.p12", "the same as DER", keys=[key()])
    made("pkcs12-bc-3des.p12", "BER, 3DES", keys=[key()])
    made("pkcs12-bc-two-keys.p12", "BER, two identities and a certificate of its own", keys=[key(),
         key("bob", "bob", ("bob", "issuing", "root"))], certificates=["selfsigned"])
    made("pkcs12-bc-empty-password.p12", "BER, the empty password: no bytes", passwords=[], keys=[key()])
    made("pkcs12-bc-unicode.p12", "BER, name and password beyond Latin-1", passwords=["пароль-密码"],
         keys=[key("schlüssel 山田")])
    made("pkcs12-java-two-passwords.p12", "the key has a password of its own", maker="java",
         passwords=["storepass", "keypass"], keys=[key()], reader=("java", "SunJSSE", None))
    shelf.again("pkcs12-java-two-passwords.p12", "only the store's password is known", passwords=["storepass"],
                error="content-password-needed")
