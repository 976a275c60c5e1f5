"""Every cipher, PRF, MAC, kind of key and curve that is read: by openssl where it writes them, else by BouncyCastle.

What no tool writes whole is put together here from what BouncyCastle enciphers (Ciphers.java) and Python digests.
"""
import hashlib
import hmac
import os
import re

from der import NULL, integer, octets, oid, seq, tlv
from pfx import (DATA, DIGESTS, ITERATIONS, PRFS, bmp, cert_bag, data, encrypted, explicit, kdf, pbes2, pfx, shrouded,
                 utf8)
from shelf import PASSWORD, key

LEGACY = ["-provider", "legacy", "-provider", "default"]
LOCKED = ["-passout", f"pass:{PASSWORD}"]
ALONE = ("p256",)
NAMED = {"friendly_name": "alice", "local_key_id": b"\x01"}

CIPHERS = ["des-cbc", "rc2-cbc", "rc2-64-cbc", "rc2-40-cbc", "bf-cbc", "cast5-cbc", "sm4-cbc", "rc4",
           *(f"{cipher}-{bits}-cbc" for cipher in ("aria", "camellia") for bits in (128, 192, 256)),
           *(f"{cipher}-{bits}-ecb" for cipher in ("aes", "aria", "camellia") for bits in (128, 192, 256)),
           "des-ecb", "sm4-ecb"]

# what openssl writes on request, and nobody requests
UNSUPPORTED = ["seed-cbc", "aes-256-cfb"]
OLD_UNSUPPORTED = ["aes-256-ctr", "desx-cbc"]

# what a vector is called: (BouncyCastle's transformation, OID, bytes of key, bytes of vector)
FOREIGN = {
    "idea-cbc": ("IDEA/CBC/PKCS7Padding", "1.3.6.1.4.1.188.7.1.1.2", 16, 8),
    "cast5-cbc": ("CAST5/CBC/PKCS7Padding", "1.2.840.113533.7.66.10", 16, 8),
    "cast5-80-cbc": ("CAST5/CBC/PKCS7Padding", "1.2.840.113533.7.66.10", 10, 8),
    "bf-448-cbc": ("Blowfish/CBC/PKCS7Padding", "1.3.6.1.4.1.3029.1.2", 56, 8),
    "aes-128-gcm": ("AES/GCM/NoPadding", "2.16.840.1.101.3.4.1.6", 16, 12),
    "aes-192-gcm": ("AES/GCM/NoPadding", "2.16.840.1.101.3.4.1.26", 24, 12),
    "aes-256-gcm": ("AES/GCM/NoPadding", "2.16.840.1.101.3.4.1.46", 32, 12),
}
# those whose key has a size of its own, which PBKDF2 then states
SIZED = ("cast5-80-cbc", "bf-448-cbc")

# BouncyCastle's name of the whole scheme: its OID
SCHEMES = {
    "PBEWITHMD2ANDDES": "1.2.840.113549.1.5.1",
    "PBEWITHSHA1AND128BITAES-CBC-BC": "1.3.6.1.4.1.22554.1.1.2.1.2",
    "PBEWITHSHA1AND192BITAES-CBC-BC": "1.3.6.1.4.1.22554.1.1.2.1.22",
    "PBEWITHSHA1AND256BITAES-CBC-BC": "1.3.6.1.4.1.22554.1.1.2.1.42",
    "PBEWITHSHA256AND128BITAES-CBC-BC": "1.3.6.1.4.1.22554.1.2.1.2.1.2",
    "PBEWITHSHA256AND192BITAES-CBC-BC": "1.3.6.1.4.1.22554.1.2.1.2.1.22",
    "PBEWITHSHA256AND256BITAES-CBC-BC": "1.3.6.1.4.1.22554.1.2.1.2.1.42",
}

SHA3 = {f"sha3_{bits}": (f"2.16.840.1.101.3.4.2.{7 + at}", f"2.16.840.1.101.3.4.2.{13 + at}")
        for at, bits in enumerate((224, 256, 384, 512))}


def make(shelf):
    p8, der = shelf.tools.read("p256.p8"), shelf.tools.read("p256.der")
    ciphers(shelf, p8)
    unsupported(shelf)
    functions(shelf, p8)
    macs(shelf, p8, der)
    pbmac1s(shelf, p8, der)
    kinds(shelf)
    curves(shelf)


def unsupported(shelf):
    for cipher in UNSUPPORTED:
        file = f"pkcs8-openssl-pbes2-{cipher}.pem"
        shelf.run(file, "openssl", f"PBES2 {cipher}, which is not supported", ["openssl", "pkcs8", "-topk8", "-in", "p256.key",
                  *LEGACY, "-v2", cipher, *LOCKED, "-out", file], error="unsupported-algorithm",
                  data={"algorithm": cipher.upper()})
    for cipher in OLD_UNSUPPORTED:
        file = f"pem-openssl-proctype-{cipher}.pem"
        shelf.run(file, "openssl", f"Proc-Type, {cipher}, which is not supported", ["openssl", "ec", "-in", "p256.key", *LEGACY,
                  f"-{cipher}", *LOCKED, "-out", file], error="unsupported-algorithm", data={"algorithm": cipher.upper()})


def ciphers(shelf, p8):
    for cipher in CIPHERS:
        file = f"pkcs8-openssl-pbes2-{cipher}.pem"
        shelf.run(file, "openssl", f"PBES2 {cipher}", ["openssl", "pkcs8", "-topk8", "-in", "p256.key", *LEGACY, "-v2",
                  cipher, *LOCKED, "-out", file], keys=[key(None, "p256", ())])
    for pbe in ("MD5-DES", "SHA1-DES", "MD5-RC2-64", "SHA1-RC2-64"):
        file = f"pkcs8-openssl-pbes1-{pbe.lower()}.pem"
        shelf.run(file, "openssl", f"PBES1 of PKCS#5, {pbe}", ["openssl", "pkcs8", "-topk8", "-in", "p256.key", *LEGACY,
                  "-v1", f"PBE-{pbe}", *LOCKED, "-out", file], keys=[key(None, "p256", ())])
    salts = {name: os.urandom(16) for name in FOREIGN}
    derived = {name: hashlib.pbkdf2_hmac("sha256", utf8(PASSWORD), salts[name], ITERATIONS, row[2])
               for name, row in FOREIGN.items()}
    questions = [f"cipher {row[0]} {derived[name].hex()} {os.urandom(row[3]).hex()} {p8.hex()}"
                 for name, row in FOREIGN.items()]
    questions += [f"pbe {name} {PASSWORD} {p8.hex()}" for name in SCHEMES]
    answers = [[bytes.fromhex(word) for word in answer] for answer in ask(shelf, questions)]
    for name, (parameters, body) in zip(FOREIGN, answers):
        _, cipher, size, _ = FOREIGN[name]
        pbkdf2 = seq(octets(salts[name]), integer(ITERATIONS), integer(size) if name in SIZED else b"",
                     seq(oid(PRFS["sha256"]), NULL))
        algorithm = seq(oid("1.2.840.113549.1.5.13"),
                        seq(seq(oid("1.2.840.113549.1.5.12"), pbkdf2), seq(oid(cipher), parameters)))
        shelf.put(f"pkcs8-bc-pbes2-{name}.der", seq(algorithm, octets(body)), f"PBES2 {name}, enciphered by BouncyCastle",
                  keys=[key(None, "p256", ())], reader="none")
    for name, (parameters, body) in zip(SCHEMES, answers[len(FOREIGN):]):
        what = name.lower().removeprefix("pbewith")
        shelf.put(f"pkcs8-bc-pbes1-{what}.der", seq(seq(oid(SCHEMES[name]), parameters), octets(body)),
                  f"{name}, enciphered by BouncyCastle", keys=[key(None, "p256", ())], reader="none")


def ask(shelf, questions):
    command = ["java", "-cp", shelf.bcprov, shelf.source / "Ciphers.java"]
    answers = shelf.tools.out(*command, stdin="".join(f"{question}\n" for question in questions).encode())
    return [line.split() for line in answers.decode().splitlines()]


def functions(shelf, p8):
    for prf in ("MD5", "SHA512-224", "SHA512-256"):
        file = f"pkcs8-openssl-prf-{prf.lower()}.pem"
        shelf.run(file, "openssl", f"PBKDF2 with HMAC-{prf}", ["openssl", "pkcs8", "-topk8", "-in", "p256.key", "-v2",
                  "aes-256-cbc", "-v2prf", f"hmacWith{prf}", *LOCKED, "-out", file], keys=[key(None, "p256", ())])
    file = "pkcs8-openssl-scrypt.pem"
    shelf.run(file, "openssl", "scrypt", ["openssl", "pkcs8", "-topk8", "-in", "p256.key", "-scrypt", *LOCKED, "-out",
              file], keys=[key(None, "p256", ())])
    for name, (_, prf) in SHA3.items():
        PRFS[name] = prf
        algorithm, body = pbes2(utf8(PASSWORD), "aes256", name)(p8)
        what = name.replace("_", "-")
        shelf.put(f"pkcs8-crafted-prf-{what}.der", seq(algorithm, octets(body)), f"PBKDF2 with HMAC-{what}",
                  keys=[key(None, "p256", ())], reader="none")
    empty = pbes2(utf8(PASSWORD), salt=b"")(p8)
    shelf.put("pkcs8-crafted-salt-empty.der", seq(empty[0], octets(empty[1])), "a salt of no bytes",
              keys=[key(None, "p256", ())])


def macs(shelf, p8, der):
    for mac in ("md4", "md5", "ripemd160", "sha512-224", "sha512-256", "sha3-224", "sha3-256", "sha3-384", "sha3-512",
                "sm3", "whirlpool"):
        file = f"pkcs12-openssl-mac-{mac}.p12"
        shelf.run(file, "openssl", f"MAC {mac}", ["openssl", "pkcs12", "-export", "-inkey", "p256.key", "-in",
                  "p256.pem", "-name", "alice", "-legacy", "-macalg", mac, *LOCKED, "-out", file],
                  keys=[key("alice", "p256", ALONE)])
    covered = safes(p8, der)
    salt = os.urandom(8)
    [[value]] = ask(shelf, [f"pkcs12mac MD2 {PASSWORD} {salt.hex()} {covered.hex()}"])
    md2 = seq(seq(seq(oid("1.2.840.113549.2.2"), NULL), octets(bytes.fromhex(value))), octets(salt), integer(ITERATIONS))
    whole(shelf, "pkcs12-bc-mac-md2.p12", "MAC MD2, computed by BouncyCastle", covered, md2, reader="none")
    mac = kdf(bmp(PASSWORD), b"", 3, ITERATIONS, 32, "sha256")
    value = hmac.new(mac, covered, "sha256").digest()
    bare = seq(seq(seq(oid(DIGESTS["sha256"]), NULL), octets(value)), octets(b""), integer(ITERATIONS))
    whole(shelf, "pkcs12-crafted-mac-salt-empty.p12", "a MAC with a salt of no bytes", covered, bare)


def safes(p8, der):
    """The octets that a MAC covers: an identity under AES."""
    aes = pbes2(utf8(PASSWORD))
    return seq(encrypted(aes, cert_bag(der, **NAMED)), data(shrouded(p8, aes, **NAMED)))


def whole(shelf, file, note, covered, mac, **holds):
    if "error" not in holds:
        holds.setdefault("keys", [key("alice", "p256", ALONE)])
    shelf.put(file, seq(integer(3), seq(DATA, explicit(0, octets(covered))), mac), note, **holds)


def pbmac1(covered, password=utf8(PASSWORD), prf="sha256", digest="sha256", stated=32, length=None):
    """MacData of RFC 9579; `stated` is the key length written down, none at all if it is None."""
    salt = os.urandom(16)
    mac = hashlib.pbkdf2_hmac(prf, password, salt, ITERATIONS, length or stated or 32)
    pbkdf2 = seq(octets(salt), integer(ITERATIONS), b"" if stated is None else integer(stated),
                 b"" if prf == "sha1" else seq(oid(PRFS[prf]), NULL))
    algorithm = seq(oid("1.2.840.113549.1.5.14"),
                    seq(seq(oid("1.2.840.113549.1.5.12"), pbkdf2), seq(oid(PRFS[digest]), NULL)))
    value = hmac.new(mac, covered, digest).digest()
    # What stands behind the algorithm is left over and not looked at.
    return seq(seq(algorithm, octets(value)), octets(b"NOT USED"), integer(1))


def pbmac1s(shelf, p8, der):
    unverified = {"reader": ("openssl", ["-nomacver"], PASSWORD)}

    def p12(what, note, mac, **holds):
        kind = "hostile" if "error" in holds else "crafted"
        whole(shelf, f"pkcs12-{kind}-pbmac1-{what}.p12", note, covered, mac, **holds)

    covered = safes(p8, der)
    p12("sha256", "PBMAC1 with HMAC-SHA256, as RFC 9579, A.1", pbmac1(covered), **unverified)
    p12("sha512", "PBMAC1, HMAC-SHA512 under PBKDF2-HMAC-SHA256, as RFC 9579, A.2", pbmac1(covered, digest="sha512",
        stated=64), **unverified)
    p12("sha1", "PBMAC1, PBKDF2 with its default PRF, the shortest key that is allowed", pbmac1(covered, prf="sha1",
        stated=20), **unverified)
    p12("long-key", "PBMAC1 with a key of 256 bytes", pbmac1(covered, stated=256), **unverified)
    shelf.again("pkcs12-crafted-pbmac1-sha256.p12", "PBMAC1, a wrong password", passwords=["wrong"],
                error="wrong-password")
    for length in (1, 19):
        p12(f"key-{length}", f"PBMAC1 with a key of {length} bytes: who changed the file could find a MAC for it",
            pbmac1(covered, stated=length), error="unsupported-form")
    p12("key-unstated", "PBMAC1 without the length of its key", pbmac1(covered, stated=None), error="damaged")
    p12("key-2g", "PBMAC1 that claims a key of two GiB", pbmac1(covered, stated=2**31 - 1, length=32),
        error="unsupported-form")


def kinds(shelf):
    """Keys that are neither RSA nor on a curve of a named kind; one is read as each of the shapes it comes in."""
    run = shelf.tools.run
    run("openssl", "genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt", "dsa_paramgen_bits:1024", "-out", "dsa.par")
    made = {
        "dsa": ["-paramfile", "dsa.par"],
        "dh": ["-algorithm", "DH", "-pkeyopt", "group:ffdhe2048"],
        "dhx": ["-algorithm", "DHX", "-pkeyopt", "group:dh_2048_256"],
        "x25519": ["-algorithm", "X25519"],
        "x448": ["-algorithm", "X448"],
        "rsapss": ["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt",
                   "rsa_pss_keygen_md:sha256"],
        "rsa3primes": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt", "rsa_keygen_primes:3"],
    }
    for name, how in made.items():
        command = ["openssl", "genpkey", *how, "-out", f"{name}.key"]
        run(*command)
        shelf.tools.write(f"pkcs8-openssl-{name}.pem", shelf.tools.read(f"{name}.key"))
        shelf.again(f"pkcs8-openssl-{name}.pem", f"PKCS#8, plain: {name}", passwords=[], maker="openssl",
                    command=" ".join(command[:-1]) + f" pkcs8-openssl-{name}.pem", keys=[key(None, name, ())])
    file = "pkcs1-openssl-dsa.pem"
    shelf.run(file, "openssl", "DSA as six integers", ["openssl", "pkey", "-in", "dsa.key", "-traditional", "-out",
              file], passwords=[], keys=[key(None, "dsa", ())])
    run("openssl", "pkey", "-in", "dsa.key", "-traditional", "-outform", "DER", "-out", "dsa.der")
    body = shelf.tools.read("dsa.der")
    shelf.put("pkcs1-hostile-dsa.der", body[:-1] + bytes([body[-1] ^ 1]), "a DSA key whose private number was changed",
              passwords=[], error="inconsistent-key")
    unknown = seq(integer(0), seq(oid("1.3.6.1.4.1.99999999.3")), octets(octets(bytes(range(32)))))
    shelf.put("pkcs8-crafted-unknown.der", unknown, "a kind of key that nobody has: kept as it is", passwords=[],
              keys=[{"alias": None, "name": None, "chain": []}], reader="none")
    run("openssl", "pkey", "-in", "ed25519.key", "-outform", "DER", "-out", "ed25519.whole")
    bare = shelf.tools.read("ed25519.whole")
    public = shelf.tools.out("openssl", "pkey", "-in", "ed25519.key", "-pubout", "-outform", "DER")[-32:]
    beside = lambda point: seq(integer(1), bare[5:], tlv(0x81, b"\0", point))
    shelf.put("pkcs8-crafted-ed25519-public.der", beside(public), "version 2: the public key beside the private one",
              passwords=[], keys=[key(None, "ed25519", ())], reader="none")
    shelf.put("pkcs8-hostile-ed25519-public.der", beside(bytes(32)), "another's public key beside the private one",
              passwords=[], error="inconsistent-key")


def curves(shelf):
    """Each curve over a prime field that openssl has, and the ways to write one down."""
    listed = shelf.tools.out("openssl", "ecparam", "-list_curves").decode()
    names = re.findall(r"^ *(\S+) *:.*(?:prime field|SM2|curve over a \d+ bit prime)", listed.replace("\n\t", " "), re.M)
    for name in [name for name in names if not name.startswith("wap-")] + ["sect283r1"]:
        command = ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", f"ec_paramgen_curve:{name}", "-outform", "DER"]
        file = f"pkcs8-openssl-ec-{name}.der"
        shelf.run(file, "openssl", f"an EC key on {name}", [*command, "-out", file], passwords=[],
                  keys=[key(None, f"ec-{name}", ())])
        shelf.tools.run("openssl", "pkey", "-inform", "DER", "-in", file, "-out", f"ec-{name}.key")

    def written(what, note, name, *how):
        file = f"sec1-openssl-{what}.pem"
        command = ["openssl", "ec", "-in", f"ec-{name}.key", *how, "-out", file]
        shelf.run(file, "openssl", note, command, passwords=[], keys=[key(None, what, ())])
        shelf.tools.run("openssl", "ec", "-in", file, "-out", f"{what}.key")

    explicit_ = ["-param_enc", "explicit"]
    for name in ("prime256v1", "secp224r1", "brainpoolP256r1"):
        written(f"explicit-{name}", f"{name} with its figures written out", name, *explicit_)
        written(f"compressed-{name}", f"{name} with a compressed public point", name, "-conv_form", "compressed")
        written(f"hybrid-{name}", f"{name} with its public point in the hybrid form", name, "-conv_form", "hybrid")
        written(f"nopublic-{name}", f"{name} without the public key", name, "-no_public")
