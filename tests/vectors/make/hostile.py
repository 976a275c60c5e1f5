"""One vector for each way a file can fail: what it is not, what it lacks, what it claims."""
import json
import os
import struct

import jks
from der import NULL, explicit, integer, octets, oid, seq, tlv
from pfx import CIPHERS, DATA, bmp, cert_bag, data, encrypted, key_bag, nested, pbes1_3des, pbes2, pfx, shrouded, utf8
from shelf import PASSWORD, key

COSTLY = 5_000_001
MOST = 2**31 - 1
NAMED = {"friendly_name": "alice", "local_key_id": b"\x01"}


def make(shelf):
    other_files(shelf)
    cut_and_flipped(shelf)
    claims(shelf)
    lengths_and_depths(shelf)
    stores(shelf)


def other_files(shelf):
    def file(name, body, note, looks_like):
        shelf.put(name, body, note, passwords=[], error="not-recognised", data={"looks_like": looks_like})

    html = "<!DOCTYPE html>\n<html><head><title>Log in</title></head><body><p>Your session has ended.</p></body></html>\n"
    file("html-hostile.p12", html.encode(), "a log-in page saved under the file's name", "html")
    pixel = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    file("png-hostile.pfx", b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + pixel + os.urandom(64),
         "a picture", "image")
    file("empty-hostile.p12", b"", "no bytes at all", "empty")
    # the first byte is one that begins no format, lest chance make a SEQUENCE
    file("random-hostile.p12", b"\x93" + os.urandom(2047), "random bytes", "unknown")
    file("zeros-hostile.p12", bytes(2048), "zero bytes", "zeros")
    file("json-hostile.jks", json.dumps({"error": "access_denied", "status": 403}).encode(), "an error as JSON", "json")
    file("text-hostile.pem", b"Dear Alice,\n\nplease find your certificate attached.\n", "a letter", "text")


def cut_and_flipped(shelf):
    read = shelf.tools.read

    def cut(source, at, suffix, note, **holds):
        shelf.put(f"{source.split('-')[0]}-hostile-cut-{at}.{suffix}", read(source)[:at], note, error="truncated", **holds)

    cut("pkcs12-openssl-default.p12", 2000, "p12", "cut in the middle")
    cut("pkcs12-openssl-default.p12", 10, "p12", "ten bytes of it")
    cut("pkcs12-nss-default.p12", 3000, "p12", "cut in the middle, BER")
    whole = read("pkcs12-nss-3des.p12")
    shelf.put("pkcs12-hostile-cut-last.p12", whole[:-1], "one byte is missing, BER", error="truncated")
    cut("jks-keytool-default.jks", 2500, "jks", "cut in the middle")
    cut("x509-openssl-cert.cer", 500, "cer", "cut in the middle", passwords=[])
    text = read("pem-openssl-cert.pem")
    shelf.put("pem-hostile-cut.pem", text[:text.index(b"-----END")], "no END line", passwords=[], error="truncated")

    def flip(body, at):
        return body[:at] + bytes([body[at] ^ 1]) + body[at + 1:]

    default = read("pkcs12-openssl-default.p12")
    # the signature of the first certificate, which is garbled where it is decrypted, and nothing else
    ciphertext = default.index(b"\x80\x82", default.index(oid(CIPHERS["aes256"][0])) + 29)
    shelf.put("pkcs12-hostile-flipped.p12", flip(default, ciphertext + len(read("alice.der")) - 100),
              "one bit of the encrypted certificates flipped: the MAC says so", error="damaged")
    shelf.put("pkcs12-hostile-flipped-mac.p12", flip(default, default.rindex(b"\x04\x20") + 10),
              "one bit of the MAC flipped: the contents still open", error="damaged")
    store = read("jks-keytool-default.jks")
    shelf.put("jks-hostile-flipped.jks", flip(store, len(store) - 1), "one bit of the digest flipped: the key still opens",
              error="damaged")
    # The middle of the RSA key's numbers, in the clear and encrypted; for EC the private number itself.
    plain = read("pkcs12-openssl-all-plain-nomac.p12")
    at = plain.index(read("alice.p8")) + len(read("alice.p8")) // 2
    shelf.put("pkcs12-hostile-flipped-key.p12", flip(plain, at), "one bit of an RSA key flipped, no MAC", passwords=[],
              error="inconsistent-key")
    p256, certificate = read("p256.p8"), read("p256.der")
    broken = flip(p256, p256.index(b"\x04\x20") + 10)
    shelf.put("pkcs12-hostile-flipped-ec.p12", pfx(data(key_bag(broken, **NAMED), cert_bag(certificate, **NAMED))),
              "one bit of an EC key flipped, its public key beside it, no MAC", passwords=[], error="inconsistent-key")
    encrypted_key = read("pkcs8-openssl-encrypted-der.der")
    shelf.put("pkcs8-hostile-flipped.der", flip(encrypted_key, len(encrypted_key) // 2),
              "one bit of an encrypted RSA key flipped: nothing tells it from a wrong password", error="wrong-password")


def claims(shelf):
    p8, der = shelf.tools.read("alice.p8"), shelf.tools.read("alice.der")
    good = pbes2(utf8(PASSWORD))

    def p12(what, note, error, certificate_scheme=good, key_scheme=good, mac=bmp(PASSWORD), data_=None, **how):
        body = pfx(encrypted(certificate_scheme, cert_bag(der, **NAMED)), data(shrouded(p8, key_scheme, **NAMED)),
                   mac=mac, **how)
        shelf.put(f"pkcs12-hostile-{what}.p12", body, note, error=error, data=data_)

    invented = pbes2(utf8(PASSWORD), "invented")
    named = {"algorithm": "1.3.6.1.4.1.99999999.1"}
    p12("unknown-cipher", "PBES2 with a cipher that nobody has", "unsupported-algorithm", invented, invented, data_=named)
    p12("iterations-mac", "the MAC claims 2^31-1 iterations", "costly-derivation", claim=MOST)
    p12("iterations-mac-costly", "a MAC of 5,000,001 iterations, and it is true", "costly-derivation", iterations=COSTLY)
    p12("iterations-pbes2", "PBKDF2 claims 2^31-1 iterations", "costly-derivation",
        pbes2(utf8(PASSWORD), claim=MOST), mac=None)
    p12("iterations-key", "the key's PBKDF2 claims 5,000,001 iterations", "costly-derivation",
        key_scheme=pbes2(utf8(PASSWORD), claim=COSTLY))
    p12("iterations-pbes1", "PBES1 claims 2^31-1 iterations", "costly-derivation",
        pbes1_3des(bmp(PASSWORD), claim=MOST), mac=None)
    p12("iterations-zero", "no iterations at all", "damaged", claim=0)
    p12("iterations-negative", "fewer than none", "damaged", claim=-1)
    p12("iterations-huge", "2^200 iterations", "costly-derivation", claim=2**200)
    algorithm, body = pbes2(utf8(PASSWORD), claim=MOST)(p8)
    shelf.put("pkcs8-hostile-iterations.der", seq(algorithm, octets(body)), "2^31-1 iterations",
              error="costly-derivation")
    # RFC 8018 PBES2 with scrypt, N = 2^30: a tebibyte of memory
    scrypt = seq(oid("1.3.6.1.4.1.11591.4.11"), seq(octets(b"salt"), integer(2**30), integer(8), integer(1)))
    cipher = seq(oid("2.16.840.1.101.3.4.1.42"), octets(bytes(16)))
    shelf.put("pkcs8-hostile-scrypt.der", seq(seq(oid("1.2.840.113549.1.5.13"), seq(scrypt, cipher)), octets(bytes(64))),
              "scrypt that asks for a tebibyte of memory", error="unsupported-form")
    odd = seq(oid("1.2.840.113549.1.12.1.99"), seq(octets(b"saltsalt"), integer(1)))
    shelf.put("pkcs12-hostile-unknown-pbe.p12", pfx(data(seq(oid("1.2.840.113549.1.12.10.1.2"),
              explicit(0, seq(odd, octets(bytes(64))))))), "a PBE that nobody has", error="unsupported-algorithm",
              data={"algorithm": "1.2.840.113549.1.12.1.99"})
    covered = seq()
    odd = seq(seq(seq(oid("1.3.6.1.4.1.99999999.2"), NULL), octets(bytes(16))), octets(b"saltsalt"))
    shelf.put("pkcs12-hostile-unknown-mac.p12", seq(integer(3), seq(DATA, explicit(0, octets(covered))), odd),
              "a MAC with a digest that nobody has", error="unsupported-algorithm",
              data={"algorithm": "1.3.6.1.4.1.99999999.2"})
    signed = seq(oid("1.2.840.113549.1.7.2"), explicit(0, seq()))
    shelf.put("pkcs12-hostile-signed.p12", seq(integer(3), signed), "integrity by signature, which nobody writes",
              error="unsupported-form")
    shelf.put("pkcs12-hostile-version.p12", seq(integer(4), seq(DATA, explicit(0, octets(covered)))),
              "version 4 of PFX", error="unsupported-form")


def lengths_and_depths(shelf):
    def p12(what, note, body, error):
        shelf.put(f"pkcs12-hostile-{what}.p12", body, note, error=error)

    p12("length-4g", "a SEQUENCE that claims 4 GiB", b"\x30\x84\xff\xff\xff\xff\x02\x01\x03", "truncated")
    p12("length-2p63", "a SEQUENCE that claims 2^63-1 bytes", b"\x30\x88\x7f" + b"\xff" * 7 + b"\x02\x01\x03", "truncated")
    p12("length-126", "a length of 126 bytes", b"\x30\xfe" + b"\x01" * 126 + b"\x02\x01\x03", "not-recognised")
    inner = seq(integer(3), seq(DATA, b"\xa0\x82\x01\x06\x04\x84\xff\xff\xff\xff" + b"0" * 256))
    p12("length-inner", "an OCTET STRING longer than what is around it", inner, "damaged")
    deep = NULL
    for _ in range(2000):
        deep = tlv(0x30, deep)
    p12("deep", "2,000 SEQUENCEs in each other", seq(integer(3), deep), "too-complex")
    p12("deep-ber", "20,000 SEQUENCEs of indefinite length in each other", b"\x30\x80\x02\x01\x03" + b"\x30\x80" * 20_000
        + b"\0\0" * 20_001, "too-complex")
    p12("never-ends", "indefinite lengths that are opened and never closed", b"\x30\x80\x02\x01\x03" + b"\x30\x80" * 40_000,
        "too-complex")
    segment = b"\x24\x80" * 3000 + b"\x04\x01x" + b"\0\0" * 3000
    p12("deep-segments", "3,000 octet strings in each other", seq(integer(3), seq(DATA, explicit(0, segment))),
        "too-complex")
    many = b"\x24\x80" + b"\x04\x01\x30" * 30_000 + b"\0\0"
    p12("many-segments", "30,000 segments of one byte, and no sense in them", seq(integer(3), seq(DATA, explicit(0, many))),
        "damaged")
    safes = nested()
    for _ in range(500):
        safes = nested(safes)
    p12("deep-safes", "500 SafeContents in each other", pfx(data(safes)), "too-complex")


def stores(shelf):
    der, p8 = shelf.tools.read("alice.der"), shelf.tools.read("alice.p8")

    def store(what, note, body, error, **holds):
        shelf.put(f"jks-hostile-{what}.jks", body, note, error=error, **holds)

    entry = jks.trusted_entry("alice", der)
    store("entries", "claims 2^31-1 entries and holds none; the digest is right", jks.store(PASSWORD, count=MOST),
          "truncated")
    store("entries-one-more", "claims two entries and holds one", jks.store(PASSWORD, entry, count=2), "truncated")
    head = jks.u32(2) + jks.utf("a") + jks.STAMP + jks.utf("X.509")
    store("certificate-length", "a certificate of 2^31-1 bytes", jks.store(PASSWORD, head + jks.u32(MOST) + b"x" * 50),
          "truncated")
    head = jks.u32(1) + jks.utf("a") + jks.STAMP
    store("key-length", "a key of 2^32-1 bytes", jks.store(PASSWORD, head + jks.u32(2**32 - 1) + b"x" * 50), "truncated")
    protected = jks.sized(jks.protect(p8, PASSWORD))
    store("chain-count", "a chain of 2^31-1 certificates", jks.store(PASSWORD, head + protected + jks.u32(MOST)),
          "truncated")
    short = jks.sized(seq(seq(oid("1.3.6.1.4.1.42.2.17.1.1"), NULL), octets(b"short")))
    store("short-key", "a protected key shorter than its salt and digest", jks.store(PASSWORD, head + short + jks.u32(0)),
          "damaged")
    store("version", "version 3", jks.store(PASSWORD, entry, version=3), "unsupported-form")
    store("tag", "an entry of kind 9", jks.store(PASSWORD, jks.u32(9) + entry[4:]), "damaged")
    store("alias", "an alias that is not modified UTF-8", jks.store(PASSWORD, jks.u32(2) + b"\0\3\xff\xfe\xc0"
          + jks.STAMP + jks.certificate(der, 2)), "damaged")
    store("certificate-type", "a certificate of type PGP", jks.store(PASSWORD, jks.u32(2) + jks.utf("a") + jks.STAMP
          + jks.utf("PGP") + jks.sized(b"xxxx")), "unsupported-form")
