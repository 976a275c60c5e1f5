"""What Python's cryptography finds in written files, told as Strangers.java tells it.

    python3 strangers.py FOLDER
"""

import pathlib
import sys

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_ssh_private_key,
    load_ssh_public_key,
    pkcs7,
    pkcs12,
)


def pkcs8(key):
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()).hex()


def chain(certificates):
    return ",".join(one.fingerprint(SHA256()).hex() for one in certificates)


def keystore(data, store, _):
    found = pkcs12.load_pkcs12(data, store)
    certificates = ([found.cert] if found.cert else []) + found.additional_certs
    names = [one.friendly_name.hex() for one in certificates if one.friendly_name]
    keys = [pkcs8(found.key)] if found.key else []
    return keys, chain(one.certificate for one in certificates), names


def key(data, _, password):
    return [pkcs8(load_pem_private_key(data, password or None))], "", []


def openssh(data, _, password):
    return [pkcs8(load_ssh_private_key(data, password or None))], "", []


def line(data, *_):
    public = load_ssh_public_key(data.rstrip())
    return [public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo).hex()], "", []


def bag(data, *_):
    load = pkcs7.load_pem_pkcs7_certificates if data.startswith(b"--") else pkcs7.load_der_pkcs7_certificates
    return [], chain(load(data)), []


def certificates(data, *_):
    end = b"-----END CERTIFICATE-----"
    blocks = [block + end for block in data.split(end) if b"BEGIN" in block]
    return [], chain(map(x509.load_pem_x509_certificate, blocks)), []


LOOKS = {
    "Certificates": certificates,
    "Cms": bag,
    "Openssh": openssh,
    "OpensshLine": line,
    "Pkcs1": key,
    "Pkcs12": keystore,
    "Pkcs8": key,
    "Sec1": key,
}


def main(folder):
    for row in (folder / "rows").read_text().splitlines():
        name, kind, store, password, _ = row.split("\t")
        # Debian's package comes without bcrypt, which a locked OpenSSH key wants.
        if kind not in LOOKS or (kind == "Openssh" and password):
            continue
        data = (folder / name).read_bytes()
        try:
            keys, chains, aliases = LOOKS[kind](data, bytes.fromhex(store), bytes.fromhex(password))
            print("python", name, ",".join(keys), chains, ",".join(aliases), sep="\t")
        except Exception as error:  # whatever it is, it is what the row is told
            print("python", name, "!", " ".join(repr(error).split()), sep="\t")


main(pathlib.Path(sys.argv[1]))
