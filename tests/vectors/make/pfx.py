"""RFC 7292 by hand: what no tool at hand writes. AES and 3DES are openssl's; the digests are Python's.

    PFX ::= SEQUENCE { 3, ContentInfo(AuthenticatedSafe), MacData OPTIONAL }

A password is `bytes` here, already in the encoding the vector is about: see `bmp`, `utf8` and `widened`.
"""
import hashlib
import hmac
import os
import subprocess

from der import NULL, bmp as bmp_string, explicit, indefinite, integer, octets, oid, segments, seq, set_of, tlv

DATA = oid("1.2.840.113549.1.7.1")
ENCRYPTED_DATA = oid("1.2.840.113549.1.7.6")
BAG = "1.2.840.113549.1.12.10.1."
ITERATIONS = 2048

DIGESTS = {
    "sha1": "1.3.14.3.2.26",
    "sha224": "2.16.840.1.101.3.4.2.4",
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
PRFS = {
    "sha1": "1.2.840.113549.2.7",
    "sha224": "1.2.840.113549.2.8",
    "sha256": "1.2.840.113549.2.9",
    "sha384": "1.2.840.113549.2.10",
    "sha512": "1.2.840.113549.2.11",
}
# cipher: (OID, openssl's name, bytes of key, bytes of IV)
CIPHERS = {
    "aes128": ("2.16.840.1.101.3.4.1.2", "aes-128-cbc", 16, 16),
    "aes192": ("2.16.840.1.101.3.4.1.22", "aes-192-cbc", 24, 16),
    "aes256": ("2.16.840.1.101.3.4.1.42", "aes-256-cbc", 32, 16),
    "3des": ("1.2.840.113549.3.7", "des-ede3-cbc", 24, 8),
    # an arc of a private enterprise number that nobody holds
    "invented": ("1.3.6.1.4.1.99999999.1", "aes-256-cbc", 32, 16),
}


def bmp(password):
    """RFC 7292 B.1: UTF-16, big endian, closed by two zero bytes."""
    return password.encode("utf-16-be") + b"\0\0"


def utf8(password):
    """RFC 8018 leaves it open; everybody's PBES2 takes UTF-8."""
    return password.encode()


def widened(raw):
    """OpenSSL before 1.1: each byte that was typed becomes 16 bits, whatever the bytes meant."""
    return b"".join(bytes([0, byte]) for byte in raw) + b"\0\0"


def kdf(password, salt, purpose, iterations, size, digest="sha1"):
    """RFC 7292 B.2. `purpose` is 1 for a key, 2 for an IV, 3 for a MAC key."""
    block = hashlib.new(digest).block_size

    def fill(what):
        # as often as it takes to end on a whole block; nothing stays nothing
        whole = -(-len(what) // block) * block
        return (what * (whole // len(what) + 1))[:whole] if what else b""

    state, out = fill(salt) + fill(password), b""
    while len(out) < size:
        round_ = bytes([purpose]) * block + state
        for _ in range(iterations):
            round_ = hashlib.new(digest, round_).digest()
        out += round_
        add = int.from_bytes(fill(round_), "big") + 1
        state = b"".join(
            ((int.from_bytes(state[at:at + block], "big") + add) % (1 << 8 * block)).to_bytes(block, "big")
            for at in range(0, len(state), block)
        )
    return out[:size]


def encipher(cipher, key, iv, plain):
    command = ["openssl", "enc", f"-{cipher}", "-K", key.hex(), "-iv", iv.hex()]
    return subprocess.run(command, input=plain, capture_output=True, check=True).stdout


def pbes2(password, cipher="aes256", prf="sha256", iterations=ITERATIONS, claim=None, key_length=False, salt=None):
    """A scheme: plain bytes → (AlgorithmIdentifier, encrypted bytes). `claim` is the iteration count written down,
    `salt` one that is not random."""
    def scheme(plain):
        cipher_oid, name, key_size, iv_size = CIPHERS[cipher]
        used = os.urandom(16) if salt is None else salt
        iv = os.urandom(iv_size)
        key = hashlib.pbkdf2_hmac(prf, password, used, iterations, key_size)
        pbkdf2 = seq(
            octets(used),
            integer(iterations if claim is None else claim),
            integer(key_size) if key_length else b"",
            # the default, which DER leaves out
            b"" if prf == "sha1" else seq(oid(PRFS[prf]), NULL),
        )
        algorithm = seq(
            oid("1.2.840.113549.1.5.13"),
            seq(seq(oid("1.2.840.113549.1.5.12"), pbkdf2), seq(oid(cipher_oid), octets(iv))),
        )
        return algorithm, encipher(name, key, iv, plain)
    return scheme


def pbes1_3des(password, iterations=ITERATIONS, claim=None):
    """pbeWithSHAAnd3-KeyTripleDES-CBC, RFC 7292 appendix C."""
    def scheme(plain):
        salt = os.urandom(8)
        key, iv = kdf(password, salt, 1, iterations, 24), kdf(password, salt, 2, iterations, 8)
        parameters = seq(octets(salt), integer(iterations if claim is None else claim))
        return seq(oid("1.2.840.113549.1.12.1.3"), parameters), encipher("des-ede3-cbc", key, iv, plain)
    return scheme


def attributes(friendly_name=None, local_key_id=None, csp=None):
    found = []
    if friendly_name is not None:
        found.append(seq(oid("1.2.840.113549.1.9.20"), set_of(bmp_string(friendly_name))))
    if local_key_id is not None:
        found.append(seq(oid("1.2.840.113549.1.9.21"), set_of(octets(local_key_id))))
    if csp is not None:
        found.append(seq(oid("1.3.6.1.4.1.311.17.1"), set_of(bmp_string(csp))))
    return set_of(*found) if found else b""


def bag(number, value, **named):
    return seq(oid(f"{BAG}{number}"), explicit(0, value), attributes(**named))


def key_bag(pkcs8, **named):
    return bag(1, pkcs8, **named)


def shrouded(pkcs8, scheme, **named):
    algorithm, encrypted = scheme(pkcs8)
    return bag(2, seq(algorithm, octets(encrypted)), **named)


def cert_bag(certificate, **named):
    return bag(3, seq(oid("1.2.840.113549.1.9.22.1"), explicit(0, octets(certificate))), **named)


def crl_bag(crl, **named):
    return bag(4, seq(oid("1.2.840.113549.1.9.23.1"), explicit(0, octets(crl))), **named)


def nested(*bags, **named):
    return bag(6, seq(*bags), **named)


def data(*bags):
    return seq(DATA, explicit(0, octets(seq(*bags))))


def encrypted(scheme, *bags):
    algorithm, body = scheme(seq(*bags))
    info = seq(DATA, algorithm, tlv(0x80, body))
    return seq(ENCRYPTED_DATA, explicit(0, seq(integer(0), info)))


def encrypted_ber(scheme, *bags):
    """As `encrypted`, the way NSS lays it out: no length known beforehand, the octets in pieces under [0]."""
    algorithm, body = scheme(indefinite(0x30, *bags))
    info = indefinite(0x30, DATA, algorithm, segments(body, 100, tag=0xA0))
    return indefinite(0x30, ENCRYPTED_DATA, indefinite(0xA0, indefinite(0x30, integer(0), info)))


def mac_data(password, covered, digest="sha256", iterations=ITERATIONS, claim=None):
    salt = os.urandom(8)
    key = kdf(password, salt, 3, iterations, hashlib.new(digest).digest_size, digest)
    value = hmac.new(key, covered, digest).digest()
    written = iterations if claim is None else claim
    # DEFAULT 1, which DER leaves out
    count = integer(written) if written != 1 else b""
    return seq(seq(seq(oid(DIGESTS[digest]), NULL), octets(value)), octets(salt), count)


def pfx(*safes, mac=None, **how):
    """The whole file; `mac` is the password of the MAC, in bytes, or None for a file without one."""
    covered = seq(*safes)
    tail = b"" if mac is None else mac_data(mac, covered, **how)
    return seq(integer(3), seq(DATA, explicit(0, octets(covered))), tail)


def pfx_ber(*safes, mac=None, **how):
    """As `pfx` with indefinite lengths all over; the MAC covers the joined segments as they stand, BER and all."""
    covered = indefinite(0x30, *safes)
    tail = b"" if mac is None else mac_data(mac, covered, **how)
    return indefinite(0x30, integer(3), indefinite(0x30, DATA, indefinite(0xA0, segments(covered, 128))), tail)
