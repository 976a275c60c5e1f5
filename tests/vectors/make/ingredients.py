"""The keys and certificates that every vector is made of: two authorities and a family of end entities, by openssl.

Each NAME becomes NAME.key (PKCS#8 PEM), NAME.pem (its certificate), NAME.der and NAME.p8 (the same two as DER).
Dates are fixed, so that what a check says at a fixed instant does not depend on the day these were made.
"""
from concurrent.futures import ThreadPoolExecutor

VALID = ("20260101000000Z", "20460101000000Z")
EXPIRED = ("20240101000000Z", "20250101000000Z")
FUTURE = ("20400101000000Z", "20420101000000Z")

POINTERS = (
    "crlDistributionPoints=URI:http://crl.example.com/issuing.crl\n"
    "authorityInfoAccess=OCSP;URI:http://ocsp.example.com\n"
)
IDS = "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
AUTHORITY = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
DN = "/C=DE/O=Example GmbH/CN=Alice Example"


def person(usage="digitalSignature", extended="clientAuth,emailProtection", san="email:alice@example.com"):
    lines = ["basicConstraints=CA:FALSE", f"keyUsage=critical,{usage}"]
    if extended:
        lines.append(f"extendedKeyUsage={extended}")
    if san:
        lines.append(f"subjectAltName={san}")
    return "\n".join(lines) + "\n" + POINTERS


# name: (key, issuer or None for self-signed, subject, extensions, validity)
RECIPES = {
    "root": ("rsa:2048", None, "/O=Keyferry Tests/CN=Test Root", AUTHORITY, VALID),
    "issuing": ("rsa:2048", "root", "/O=Keyferry Tests/CN=Test Issuing", AUTHORITY, VALID),
    "alice": ("rsa:2048", "issuing", DN, person(), VALID),
    "bob": ("rsa:2048", "issuing", "/C=DE/O=Example GmbH/CN=Bob Example", person(san="email:bob@example.com"), VALID),
    "rsa3072": ("rsa:3072", "issuing", DN, person(), VALID),
    "rsa4096": ("rsa:4096", "issuing", DN, person(), VALID),
    "p256": ("P-256", "issuing", DN, person(), VALID),
    "p384": ("P-384", "issuing", DN, person(), VALID),
    "p521": ("P-521", "issuing", DN, person(), VALID),
    "ed25519": ("ED25519", "issuing", DN, person(), VALID),
    "ed448": ("ED448", "issuing", DN, person(), VALID),
    "unicode": ("P-256", "issuing", "/C=DE/O=Müller & Söhne GmbH/CN=Zoë 山田 😀", person(), VALID),
    "expired": ("rsa:2048", "issuing", DN, person(), EXPIRED),
    "future": ("rsa:2048", "issuing", DN, person(), FUTURE),
    "selfsigned": ("rsa:2048", None, DN, person(), VALID),
    "rsa1024": ("rsa:1024", "issuing", DN, person(), VALID),
    "noeku": ("rsa:2048", "issuing", DN, person(extended=None), VALID),
    "serveronly": ("rsa:2048", "issuing", DN, person(extended="serverAuth"), VALID),
    "clientonly": ("rsa:2048", "issuing", DN, person(extended="clientAuth"), VALID),
    "smimeonly": ("rsa:2048", "issuing", DN, person(extended="emailProtection"), VALID),
    "encipheronly": ("rsa:2048", "issuing", DN, person(usage="keyEncipherment"), VALID),
    "mailincn": ("rsa:2048", "issuing", "/C=DE/O=Example GmbH/CN=alice@example.com", person(san=None), VALID),
    "mailindn": ("rsa:2048", "issuing", DN + "/emailAddress=alice@example.com", person(san=None), VALID),
    "nomail": ("rsa:2048", "issuing", DN, person(san=None), VALID),
}

CA = """[ca]
default_ca = test
[test]
database = index.txt
serial = serial
crlnumber = crlnumber
new_certs_dir = issued
default_md = sha256
default_crl_days = 7300
policy = any
unique_subject = no
preserve = yes
email_in_dn = yes
utf8 = yes
[any]
countryName = optional
organizationName = optional
commonName = optional
emailAddress = optional
"""


def make(tools):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda item: make_key(tools, item[0], item[1][0]), RECIPES.items()))
    tools.write("ca.cnf", CA.encode())
    tools.write("index.txt", b"")
    tools.write("serial", b"4B4601\n")
    tools.write("crlnumber", b"01\n")
    (tools.home / "issued").mkdir()
    for name, recipe in RECIPES.items():
        issue(tools, name, *recipe[1:])
    tools.write("chain.pem", tools.read("issuing.pem") + tools.read("root.pem"))
    tools.run("openssl", "ca", "-config", "ca.cnf", "-gencrl", "-cert", "issuing.pem", "-keyfile", "issuing.key",
              "-out", "crl.pem")
    tools.run("openssl", "crl", "-in", "crl.pem", "-outform", "DER", "-out", "crl.der")


def make_key(tools, name, kind):
    how = {
        "rsa": lambda: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:" + kind[4:]],
        "P-2": lambda: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:" + kind],
        "P-3": lambda: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:" + kind],
        "P-5": lambda: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:" + kind],
    }.get(kind[:3], lambda: ["-algorithm", kind])()
    tools.run("openssl", "genpkey", *how, "-out", f"{name}.key")
    tools.run("openssl", "pkcs8", "-topk8", "-nocrypt", "-in", f"{name}.key", "-outform", "DER", "-out", f"{name}.p8")


def issue(tools, name, issuer, subject, extensions, validity):
    start, end = validity
    tools.run("openssl", "req", "-new", "-utf8", "-key", f"{name}.key", "-subj", subject, "-out", f"{name}.csr")
    tools.write("extensions.cnf", (extensions + IDS).encode())
    signer = ["-selfsign", "-keyfile", f"{name}.key"] if issuer is None else [
        "-cert", f"{issuer}.pem", "-keyfile", f"{issuer}.key"]
    tools.run("openssl", "ca", "-batch", "-notext", "-config", "ca.cnf", "-in", f"{name}.csr", *signer,
              "-startdate", start, "-enddate", end, "-extfile", "extensions.cnf", "-out", f"{name}.pem")
    tools.run("openssl", "x509", "-in", f"{name}.pem", "-outform", "DER", "-out", f"{name}.der")
