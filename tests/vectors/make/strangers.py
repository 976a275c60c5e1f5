"""Reads every vector that should open with the tools' own readers, so that the manifest says what strangers found.

A vector that no stranger can read carries reader="none" and is noted as such: its contents are known by construction.
"""
import base64
import re
from concurrent.futures import ThreadPoolExecutor

from run import Failed, sha256

BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----.+?-----END \1-----\n", re.S)


# What Java calls a form of keystore, and who reads it there.
KEYSTORES = {"jks": ("JKS", "SUN"), "jceks": ("JCEKS", "SunJCE"), "bks": ("BKS", "BC"), "uber": ("UBER", "BC"),
             "bcfks": ("BCFKS", "BC")}


class Strangers:
    def __init__(self, tools, bcprov, source):
        self.tools, self.bcprov, self.source = tools, bcprov, source
        self.spki = {}

    def check(self, vectors):
        """Sets `opened_by` on each vector; raises if a stranger finds something else, or none opens it."""
        opening = [vector for vector in vectors if vector.error is None]
        java = self.java(opening)
        with ThreadPoolExecutor(4) as pool:
            openssl = list(pool.map(self.openssl, opening))
        trouble = []
        for number, vector in enumerate(opening):
            expected = self.expected(vector)
            found = [*openssl[number], *java.get(number, [])]
            vector.opened_by = []
            for who, keys, certificates in found:
                if (keys, certificates) != expected:
                    trouble.append(f"{who} finds other things in {vector.file}: {keys, certificates}, not {expected}")
                if who not in vector.opened_by:
                    vector.opened_by.append(who)
            if bool(vector.opened_by) == (vector.reader == "none"):
                trouble.append(f"{vector.file} is opened by {vector.opened_by or 'none'}")
        if trouble:
            raise Failed("\n".join(trouble))

    def expected(self, vector):
        keys = {self.hash_of(entry["name"], "key") for entry in vector.keys}
        names = {name for entry in vector.keys for name in entry["chain"]} | set(vector.certificates)
        return keys, {self.hash_of(name, "pem") for name in names}

    def hash_of(self, name, kind):
        if name is None:  # a key of a kind that nobody has
            return None
        if (name, kind) not in self.spki:
            file = f"{name}.{kind}"
            self.spki[name, kind] = (
                self.tools.spki_sha256(file) if kind == "key" else self.tools.certificate_sha256(file))
        return self.spki[name, kind]

    def openssl(self, vector):
        if vector.reader == "none" or vector.file.split("-")[0] in KEYSTORES:
            return []
        if vector.file.startswith("crl-"):
            self.tools.run("openssl", "crl", "-inform", "DER", "-noout", "-in", vector.file)
            return [("openssl", set(), set())]
        arguments, password = [], None
        if isinstance(vector.reader, tuple):
            who, arguments, password = vector.reader
            if who != "openssl":
                return []
        text = b""
        for file in (vector.file, *vector.together):
            for candidate in [password] if password is not None else [*vector.passwords, ""]:
                done = self.openssl_text(file, arguments, candidate)
                if done is not None:
                    text += done
                    break
        return [("openssl", *self.blocks(text))] if text else []

    def openssl_text(self, file, arguments, password):
        secret = [] if "-passin" in arguments else ["-passin", f"pass:{password}"]
        if file.startswith("pkcs12-"):
            command = ["openssl", "pkcs12", "-legacy", "-nodes", "-in", file, *arguments, *secret]
        elif file.startswith(("pem-openssl-proctype", "pkcs1-", "sec1-", "pkcs8-")):
            legacy = ["-provider", "legacy", "-provider", "default"]
            command = ["openssl", "pkey", *legacy, "-in", file, *secret]
        elif file.startswith("x509-"):
            command = ["openssl", "x509", "-inform", "DER", "-in", file]
        else:
            command = ["openssl", "storeutl", *secret, file]
        done = self.tools.run(*command, may_fail=True)
        return None if done.returncode else done.stdout

    def blocks(self, text):
        keys, certificates = set(), set()
        for block in BLOCK.finditer(text):
            body = block.group(0)
            if block.group(1) == b"CERTIFICATE":
                certificates.add(sha256(self.tools.out("openssl", "x509", "-outform", "DER", stdin=body)))
            elif block.group(1) != b"X509 CRL":
                keys.add(self.spki_of(body))
        return keys, certificates

    def spki_of(self, body, form="PEM"):
        return sha256(self.tools.out("openssl", "pkey", "-inform", form, "-pubout", "-outform", "DER", stdin=body))

    def java(self, vectors):
        lines = []
        for number, vector in enumerate(vectors):
            if vector.reader == "none":
                continue
            if vector.file.split("-")[0] in KEYSTORES:
                lines.append((number, vector, *KEYSTORES[vector.file.split("-")[0]]))
            elif isinstance(vector.reader, tuple) and vector.reader[0] == "java":
                lines.append((number, vector, "PKCS12", vector.reader[1]))
        # the same file may stand on several lines, so the answers are matched by order
        ask = "".join("\t".join([vector.file, kind, provider, *self.for_java(vector)]) + "\n"
                      for _, vector, kind, provider in lines)
        answers = self.tools.out("java", "-cp", self.bcprov, self.source / "Stores.java", "read",
                                 stdin=ask.encode()).decode()
        found, at, keys, certificates, aliases = {}, 0, set(), set(), set()
        for line in answers.splitlines():
            _, provider, what, *rest = line.split("\t")
            if what == "key":
                aliases.add(rest[0])
                keys.add(self.spki_of(base64.b64decode(rest[1]), "DER"))
                certificates |= {sha256(base64.b64decode(one)) for one in rest[2:]}
            elif what == "certificate":
                certificates.add(sha256(base64.b64decode(rest[1])))
            else:
                if what == "opened":
                    if aliases != {entry["alias"] for entry in lines[at][1].keys}:
                        raise Failed(f"java finds the aliases {aliases} in {lines[at][1].file}")
                    found.setdefault(lines[at][0], []).append((f"java ({provider})", keys, certificates))
                at, keys, certificates, aliases = at + 1, set(), set(), set()
        return found

    @staticmethod
    def for_java(vector):
        # the right one first: Java's store takes one password
        return [word for word in vector.passwords if word not in ("", "wrong")] or [""]
