"""PKCS#12 and JKS that no tool at hand writes, though other tools once did."""
import jks
from pfx import (bmp, cert_bag, crl_bag, data, encrypted, encrypted_ber, key_bag, nested, pbes1_3des, pbes2, pfx,
                 pfx_ber, shrouded, utf8, widened)
from shelf import CHAIN, PASSWORD, key

ALONE = ("alice",)
ID, OTHER_ID = b"\x01\x00\x00\x00", b"\x02\x00\x00\x00"
NAMED = {"friendly_name": "alice", "local_key_id": ID}


def make(shelf):
    read = shelf.tools.read
    p8 = {name: read(f"{name}.p8") for name in ("alice", "bob", "p256")}
    der = {name: read(f"{name}.der") for name in ("alice", "bob", "p256", "issuing", "root")}
    structures(shelf, p8, der)
    passwords(shelf, p8, der)
    stores(shelf, p8, der)


def structures(shelf, p8, der):
    aes, three = pbes2(utf8(PASSWORD)), pbes1_3des(bmp(PASSWORD))
    mac = {"mac": bmp(PASSWORD)}

    def p12(what, note, body, suffix="p12", keys=None, **holds):
        shelf.put(f"pkcs12-crafted-{what}.{suffix}", body, note, ordered=True,
                  keys=[key(chain=ALONE)] if keys is None else keys, **holds)

    p12("nested", "the key and the certificate inside nested SafeContents", pfx(
        encrypted(aes, nested(shrouded(p8["alice"], three, **NAMED), nested(cert_bag(der["alice"], **NAMED)))), **mac))
    p12("crl", "a revocation list beside the identity", pfx(
        encrypted(aes, cert_bag(der["alice"], **NAMED), crl_bag(shelf.tools.read("crl.der"))),
        data(shrouded(p8["alice"], aes, **NAMED)), **mac), crls=1)
    p12("key-bag", "a plain key bag inside an encrypted safe", pfx(
        encrypted(aes, key_bag(p8["alice"], **NAMED), cert_bag(der["alice"], **NAMED)), **mac))
    p12("no-attributes", "neither friendlyName nor localKeyId: paired by the public key", pfx(
        data(shrouded(p8["alice"], aes)), encrypted(aes, *(cert_bag(der[name]) for name in CHAIN)), **mac),
        keys=[key(None)])
    p12("no-local-key-id", "a friendlyName on the key alone, no localKeyId, root first", pfx(
        encrypted(aes, *(cert_bag(der[name]) for name in reversed(CHAIN))),
        data(shrouded(p8["alice"], aes, friendly_name="alice")), **mac), keys=[key()])
    p12("several-keys", "three identities in one file, certificates in another order, no localKeyId", pfx(
        encrypted(aes, cert_bag(der["root"]), cert_bag(der["bob"]), cert_bag(der["p256"]), cert_bag(der["issuing"]),
                  cert_bag(der["alice"])),
        data(*(shrouded(p8[name], aes, friendly_name=name) for name in ("p256", "alice", "bob"))), **mac),
        keys=[key(name, name, (name, "issuing", "root")) for name in ("p256", "alice", "bob")])
    emoji = {"friendly_name": "alice 😀", "local_key_id": ID}
    p12("emoji-name", "a friendlyName beyond the BMP, as surrogate pairs", pfx(
        encrypted(aes, cert_bag(der["alice"], **emoji)), data(shrouded(p8["alice"], aes, **emoji)), **mac),
        keys=[key("alice 😀", chain=ALONE)])
    p12("same-name", "two keys under one friendlyName", pfx(
        encrypted(aes, cert_bag(der["alice"], local_key_id=ID), cert_bag(der["bob"], local_key_id=OTHER_ID)),
        data(shrouded(p8["alice"], aes, friendly_name="me", local_key_id=ID),
             shrouded(p8["bob"], aes, friendly_name="me", local_key_id=OTHER_ID)), **mac),
        keys=[key("me", "alice", ALONE), key("me", "bob", ("bob",))])
    p12("crossed-ids", "the localKeyIds point at each other's certificates: the public keys decide", pfx(
        encrypted(aes, cert_bag(der["alice"], local_key_id=OTHER_ID), cert_bag(der["bob"], local_key_id=ID)),
        data(shrouded(p8["alice"], aes, friendly_name="alice", local_key_id=ID),
             shrouded(p8["bob"], aes, friendly_name="bob", local_key_id=OTHER_ID)), **mac),
        keys=[key(chain=ALONE), key("bob", "bob", ("bob",))])
    p12("mismatch", "a certificate that is not the key's, under the key's localKeyId", pfx(
        encrypted(aes, cert_bag(der["bob"], **NAMED)), data(shrouded(p8["alice"], aes, **NAMED)), **mac),
        keys=[key(chain=())], certificates=["bob"], findings=["no-private-key", "certificate-of-another-key"])
    p12("windows", "laid out as Windows exports: 3DES, SHA-1, 2,000 iterations, a temporary name, the CSP's name", pfx(
        data(shrouded(p8["alice"], pbes1_3des(bmp(PASSWORD), 2000), local_key_id=ID,
                      friendly_name="PvkTmp:0c44d4a7-93c5-4d5b-a9c1-6f2a3f2f5a10",
                      csp="Microsoft Enhanced Cryptographic Provider v1.0")),
        encrypted(pbes1_3des(bmp(PASSWORD), 2000), cert_bag(der["alice"], local_key_id=ID), cert_bag(der["issuing"]),
                  cert_bag(der["root"])), digest="sha1", iterations=2000, **mac), suffix="pfx",
        keys=[key("PvkTmp:0c44d4a7-93c5-4d5b-a9c1-6f2a3f2f5a10")])
    p12("ber", "indefinite lengths and segments everywhere, AES-256, also inside the encrypted safe", pfx_ber(
        encrypted_ber(aes, cert_bag(der["alice"], **NAMED)),
        data(shrouded(p8["alice"], aes, **NAMED)), **mac))
    p12("ber-nomac", "the same with 3DES and without a MAC", pfx_ber(
        encrypted_ber(three, cert_bag(der["alice"], **NAMED), shrouded(p8["alice"], three, **NAMED))))
    once = pbes2(utf8(PASSWORD), iterations=1)
    p12("ber-small", "BER, one iteration everywhere", pfx_ber(
        encrypted_ber(once, cert_bag(der["p256"], **NAMED)), data(shrouded(p8["p256"], once, **NAMED)), iterations=1, **mac),
        keys=[key("alice", "p256", ("p256",))])
    p12("key-length", "PBKDF2 with its keyLength written down, PRF SHA-1 left out", pfx(
        encrypted(pbes2(utf8(PASSWORD), "aes128", "sha1", key_length=True), cert_bag(der["alice"], **NAMED)),
        data(shrouded(p8["alice"], pbes2(utf8(PASSWORD), "aes192", "sha1", key_length=True), **NAMED)), **mac))
    p12("prf-sha224", "PBKDF2-HMAC-SHA224, 3DES", pfx(
        encrypted(pbes2(utf8(PASSWORD), "3des", "sha224"), cert_bag(der["alice"], **NAMED)),
        data(shrouded(p8["alice"], pbes2(utf8(PASSWORD), "3des", "sha224"), **NAMED)), **mac))
    p12("trailing", "zero bytes after the end of the file", shelf.tools.read("pkcs12-crafted-key-bag.p12") + bytes(16))


def passwords(shelf, p8, der):
    def p12(what, note, typed, mac, certificate_scheme, key_scheme, digest="sha256", **holds):
        body = pfx(encrypted(certificate_scheme, cert_bag(der["alice"], **NAMED)),
                   data(shrouded(p8["alice"], key_scheme, **NAMED)), mac=mac, digest=digest)
        shelf.put(f"pkcs12-crafted-{what}.p12", body, note, passwords=typed, keys=[key(chain=ALONE)], **holds)

    word = "Schlüssel-密码"
    old = widened(word.encode())
    p12("widened", "OpenSSL before 1.1: UTF-8 bytes, each widened to 16 bits", [word], old, pbes1_3des(old),
        pbes1_3des(old), "sha1")
    p12("widened-pbes2", "the same, the contents under PBES2", [word], old, pbes2(utf8(word)), pbes2(utf8(word)), "sha1",
        reader=("openssl", ["-nomacver"], word))
    latin = "Schlüssel"
    p12("latin1-pbes2", "Latin-1 bytes for PBES2", [latin], bmp(latin), pbes2(latin.encode("latin-1")),
        pbes2(latin.encode("latin-1")), reader="none")
    nothing, zeros = b"", b"\0\0"
    p12("empty-no-bytes", "the empty password as no bytes", [], nothing, pbes1_3des(nothing), pbes1_3des(nothing))
    p12("empty-two-zeros", "the empty password as two zero bytes", [], zeros, pbes1_3des(zeros), pbes1_3des(zeros))
    p12("empty-mixed", "the MAC with no bytes, the contents with two zero bytes", [], nothing, pbes1_3des(zeros),
        pbes1_3des(zeros), reader="none")
    p12("mac-password", "one password for the MAC and another for the contents", ["outer", "inner"], bmp("outer"),
        pbes2(utf8("inner")), pbes2(utf8("inner")), reader=("openssl", ["-nomacver"], "inner"))
    shelf.again("pkcs12-crafted-mac-password.p12", "only the MAC's password is known", passwords=["outer"],
                error="content-password-needed")
    p12("key-password", "the safe under one password, the key under another", ["outer", "inner"], bmp("outer"),
        pbes2(utf8("outer")), pbes2(utf8("inner")), reader=("java", "SunJSSE", None))


def stores(shelf, p8, der):
    chain = [der[name] for name in CHAIN]
    shelf.put("jks-crafted-v1.jks", jks.store(
        PASSWORD, jks.key_entry("alice", jks.protect(p8["alice"], PASSWORD), chain, version=1),
        jks.trusted_entry("root", der["root"], version=1), version=1),
        "version 1: no certificate types; a key and a trusted certificate", keys=[key()], certificates=["root"])
    shelf.put("jks-crafted-mismatch.jks", jks.store(
        PASSWORD, jks.key_entry("alice", jks.protect(p8["alice"], PASSWORD), [der["bob"]])),
        "a certificate that is not the key's", keys=[key(chain=())], certificates=["bob"],
        findings=["no-private-key", "certificate-of-another-key"], reader="none")
    shelf.put("jks-crafted-reversed.jks", jks.store(
        PASSWORD, jks.key_entry("alice", jks.protect(p8["alice"], PASSWORD), list(reversed(chain)))),
        "a chain root first", keys=[key()])
    shelf.put("jks-crafted-trailing.jks", jks.store(
        PASSWORD, jks.trusted_entry("root", der["root"])) + bytes(16), "zero bytes after the digest: Java reads it",
        certificates=["root"])
