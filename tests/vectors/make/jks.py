"""Java's JKS by hand (sun.security.provider.JavaKeyStore and KeyProtector): version 1, which no keytool writes now,
and files that lie.

    FEEDFEED · version · count · entries · SHA-1(UTF-16BE password ‖ "Mighty Aphrodite" ‖ all before)
"""
import hashlib
import os
import struct

from der import NULL, octets, oid, seq

MAGIC = 0xFEEDFEED
STAMP = struct.pack(">Q", 1_767_225_600_000)


def u32(number):
    return struct.pack(">I", number)


def utf(text):
    """Java's modified UTF-8 is UTF-8 for what stands here."""
    raw = text.encode()
    return struct.pack(">H", len(raw)) + raw


def sized(body):
    return u32(len(body)) + body


def certificate(der, version):
    return (utf("X.509") if version == 2 else b"") + sized(der)


def protect(pkcs8, password):
    """The key protector, 1.3.6.1.4.1.42.2.17.1.1: XOR with SHA-1(password ‖ previous), from a salt; then a digest."""
    secret, salt = password.encode("utf-16-be"), os.urandom(20)
    stream, last = b"", salt
    while len(stream) < len(pkcs8):
        last = hashlib.sha1(secret + last).digest()
        stream += last
    body = bytes(a ^ b for a, b in zip(pkcs8, stream))
    check = hashlib.sha1(secret + pkcs8).digest()
    return seq(seq(oid("1.3.6.1.4.1.42.2.17.1.1"), NULL), octets(salt + body + check))


def key_entry(alias, protected, chain, version=2):
    certificates = b"".join(certificate(der, version) for der in chain)
    return u32(1) + utf(alias) + STAMP + sized(protected) + u32(len(chain)) + certificates


def trusted_entry(alias, der, version=2):
    return u32(2) + utf(alias) + STAMP + certificate(der, version)


def store(password, *entries, version=2, count=None):
    """`count` is how many entries the file claims to hold, where that is not the truth."""
    body = u32(MAGIC) + u32(version) + u32(len(entries) if count is None else count) + b"".join(entries)
    return body + hashlib.sha1(password.encode("utf-16-be") + b"Mighty Aphrodite" + body).digest()
