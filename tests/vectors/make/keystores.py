"""JCEKS, BKS, UBER and BCFKS: by keytool, by Java, by BouncyCastle, and by hand where they fail."""
import hashlib
import hmac
import os
import struct

import jks
import pfx
from der import integer, octets, oid, seq
from others import keytool, trust
from shelf import PASSWORD, key

MOST = 2**31 - 1
# Java derives a JCEKS key with 200,000 digests, and takes no fewer than this
QUICK = "-J-Djdk.jceks.iterationCount=10000"
JCEKS = 0xCECECECE


def make(shelf):
    jceks(shelf)
    bouncy_castle(shelf)
    hostile_jceks(shelf)
    hostile_bouncy_castle(shelf)


def jceks(shelf):
    def one(what, note, *commands, passwords=(PASSWORD,), **holds):
        file = f"jceks-keytool-{what}.jceks"
        shelf.run(file, "keytool", note, *(command(file) for command in commands), passwords=passwords, **holds)
        return file

    def alice(*options, store=PASSWORD, own=None):
        return lambda file: keytool("alice", file, "alice", "JCEKS", store, own, *options)

    default = one("default", "a key with its chain: 200,000 digests of Sun's own", alice(), keys=[key()])
    shelf.again(default, "a wrong password", passwords=["wrong"], error="wrong-password")
    shelf.again(default, "no password", passwords=[], error="password-needed")
    two = one("two-passwords", "the key has a password of its own", alice(QUICK, store="storepass", own="keypass"),
              passwords=["storepass", "keypass"], keys=[key()])
    shelf.again(two, "only the store's password is known", passwords=["storepass"], error="content-password-needed",
                data={"alias": "alice"})
    one("secret-key", "an identity, a sealed AES key and a trusted certificate after it", alice(QUICK),
        lambda file: ["keytool", QUICK, "-genseckey", "-alias", "aes", "-keyalg", "AES", "-keysize", "256", "-keystore",
                      file, "-storetype", "JCEKS", "-storepass", PASSWORD],
        lambda file: trust(file, "root", "root", "JCEKS"), keys=[key()], secret_keys=1, certificates=["root"])
    trusted = one("truststore", "trusted certificates only", lambda file: trust(file, "root", "root", "JCEKS"),
                  certificates=["root"])
    shelf.again(trusted, "opened without a password, its integrity unchecked", passwords=[], certificates=["root"],
                findings=["integrity-unchecked"], reader="none")


def bouncy_castle(shelf):
    source = shelf.source / "Keystores.java"
    shelf.tools.run("java", "-Djdk.jceks.iterationCount=10000", "-cp", shelf.bcprov, source, "write", PASSWORD)
    command = f"java -Djdk.jceks.iterationCount=10000 -cp {shelf.bcprov} make/Keystores.java write {PASSWORD}"

    def made(file, note, maker="bc", passwords=(PASSWORD,), **holds):
        shelf.again(file, note, passwords=passwords, maker=maker, command=command, **holds)

    for form, suffix in (("bks", "bks"), ("uber", "ubr"), ("bcfks", "bcfks")):
        def name(what):
            return f"{form}-bc-{what}.{suffix}"

        default = name("default")
        made(default, "an identity and a trusted certificate", keys=[key()], certificates=["root"])
        shelf.again(default, "a wrong password", passwords=["wrong"], error="wrong-password")
        shelf.again(default, "no password", passwords=[], error="password-needed")
        made(name("two-passwords"), "the key has a password of its own", passwords=["storepass", "keypass"], keys=[key()])
        shelf.again(name("two-passwords"), "only the store's password is known", passwords=["storepass"],
                    error="content-password-needed", data={"alias": "alice"})
        made(name("unicode-password"), "a password beyond the BMP", passwords=["schlüssel-密码-😀"], keys=[key()])
        made(name("empty-password"), "the empty password: no bytes", passwords=[], keys=[key()])
        if form == "bcfks":
            made(name("secret-keys"), "an AES and a 3DES key", secret_keys=2)
        else:
            made(name("secret-keys"), "AES, HMAC and 3DES keys", secret_keys=3)
    made("bks-bc-truststore.bks", "a trusted certificate only", certificates=["root"])
    shelf.again("bks-bc-truststore.bks", "opened without a password, its integrity unchecked", passwords=[],
                certificates=["root"], findings=["integrity-unchecked"], reader="none")
    made("bks-bc-stored-value.bks", "bytes that an application protects itself", secret_keys=1, reader="none")
    made("bcfks-bc-scrypt.bcfks", "scrypt, AES-CCM, HMAC-SHA512", keys=[key()])
    made("bcfks-bc-wrap-sha3.bcfks", "PBKDF2-HMAC-SHA3-512, AES key wrap with padding, HMAC-SHA3-512", keys=[key()])
    made("bcfks-bc-signed.bcfks", "signed with a key where others have a MAC", error="unsupported-form")
    made("jceks-java-secret-keys.jceks", "AES, HMAC, DES and 3DES keys, sealed", maker="java", secret_keys=4)
    shelf.put("bks-crafted-v1.bks", bks(1, bks_trusted("root", shelf.tools.read("root.der"))),
              "version 1: an HMAC key of 20 bits, of which two bytes are left", certificates=["root"])


def bks_trusted(alias, der):
    return b"\1" + jks.utf(alias) + jks.STAMP + jks.u32(0) + jks.certificate(der, 2)


def bks(version, *entries, iterations=1024, claim=None):
    """`claim` is how many iterations the file says it has, where that is not the truth."""
    salt, body = os.urandom(20), b"".join(entries) + b"\0"
    secret = pfx.kdf(pfx.bmp(PASSWORD), salt, 3, iterations, 2 if version < 2 else 20)
    head = jks.u32(version) + jks.sized(salt) + jks.u32(claim or iterations)
    return head + body + hmac.new(secret, body, hashlib.sha1).digest()


def java_store(body, count=1):
    body = jks.u32(JCEKS) + jks.u32(2) + jks.u32(count) + body
    return body + hashlib.sha1(PASSWORD.encode("utf-16-be") + b"Mighty Aphrodite" + body).digest()


def described(name, *fields, flags=2):
    """A class description of Java's serialization: (type, name, type's name) is a field, its ancestor null."""
    body = b"\x72" + jks.utf(name) + bytes(8) + bytes([flags]) + struct.pack(">H", len(fields))
    for kind, field, of in fields:
        body += kind.encode() + jks.utf(field) + (b"\x74" + jks.utf(of) if of else b"")
    return body + b"\x78\x70"


def hostile_jceks(shelf):
    def store(what, note, body, error, **holds):
        shelf.put(f"jceks-hostile-{what}.jceks", body, note, error=error, **holds)

    secret = jks.u32(3) + jks.utf("a") + jks.STAMP + b"\xac\xed\0\5"
    hash_map = b"\x73" + described("java.util.HashMap", ("F", "loadFactor", None), ("I", "threshold", None), flags=3)
    hash_map += struct.pack(">fi", 0.75, 12) + b"\x77\x08" + struct.pack(">ii", 16, 0) + b"\x78"
    store("hash-map", "an object that is no key, well formed", java_store(secret + hash_map), "unsupported-form")
    # each array holds the next: new Object[]{new Object[]{…}}
    deep = b"\x75" + described("[Ljava.lang.Object;") + jks.u32(1)
    deep += (b"\x75\x71" + jks.u32(0x7E0000) + jks.u32(1)) * 5000 + b"\x70"
    store("deep", "5,000 arrays in each other", java_store(secret + deep), "too-complex")
    array = b"\x75" + described("[B") + jks.u32(MOST)
    store("array-length", "an array that claims 2^31-1 bytes", java_store(secret + array), "truncated")
    wide = b"\x72" + jks.utf("a") + bytes(8) + b"\2\xff\xff" + b"Z\0\1a" * 65535 + b"\x78\x70"
    store("wide", "a class of 65,535 fields", java_store(secret + wide), "too-complex")
    store("handle", "a handle of what never was", java_store(secret + b"\x71" + jks.u32(0x7E0005)), "unsupported-form")
    protected = seq(seq(oid("1.3.6.1.4.1.42.2.19.1"), seq(octets(b"saltsalt"), integer(MOST))), octets(bytes(64)))
    entry = jks.u32(1) + jks.utf("a") + jks.STAMP + jks.sized(protected) + jks.u32(0)
    store("iterations", "a key that claims 2^31-1 digests", java_store(entry), "costly-derivation")
    store("entries", "claims 2^31-1 entries and holds none", java_store(b"", MOST), "truncated")
    read = shelf.tools.read
    whole = read("jceks-keytool-secret-key.jceks")
    store("cut", "cut inside the sealed key", whole[:whole.index(b"\xac\xed\0\5") + 300], "truncated")


def hostile_bouncy_castle(shelf):
    read = shelf.tools.read

    def flip(body, at):
        at %= len(body)
        return body[:at] + bytes([body[at] ^ 1]) + body[at + 1:]

    for form, suffix in (("bks", "bks"), ("uber", "ubr"), ("bcfks", "bcfks")):
        whole = read(f"{form}-bc-default.{suffix}")
        shelf.put(f"{form}-hostile-cut.{suffix}", whole[:1000 if form != "uber" else 1001], "cut in the middle",
                  error="truncated")
        shelf.put(f"{form}-hostile-cut-last.{suffix}", whole[:-1], "one byte is missing", error="truncated")
        # A BKS is readable but for its keys, so only one without keys has nothing but its HMAC to say so.
        victim, at = (read("bks-bc-truststore.bks"), -1) if form == "bks" else (whole, 1000)
        shelf.put(f"{form}-hostile-flipped.{suffix}", flip(victim, at), "one bit flipped", error="wrong-password")
    root = read("root.der")
    shelf.put("bks-hostile-iterations.bks", bks(2, bks_trusted("root", root), claim=MOST), "the MAC claims 2^31-1 iterations",
              error="costly-derivation")
    head = b"\1" + jks.utf("root") + jks.STAMP
    shelf.put("bks-hostile-chain-count.bks", bks(2, head + jks.u32(MOST)), "a chain of 2^31-1 certificates",
              error="truncated")
    shelf.put("bks-hostile-kind.bks", bks(2, bks_trusted("root", root), b"\x09" + head[1:] + jks.u32(0)),
              "an entry of kind 9", error="damaged")
