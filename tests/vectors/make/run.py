"""Runs the tools in one temporary folder, and writes down what was run."""
import hashlib
import os
import shlex
import subprocess
from pathlib import Path

ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}


class Failed(Exception):
    """A tool that we rely on did not do what we asked."""


class Tools:
    """`home` is where the tools run: the ingredients lie there, and the vectors until they are copied."""

    def __init__(self, home):
        self.home = Path(home)
        # SubjectPublicKeyInfos of keys that openssl does not read, by the name of their file
        self.known_spki = {}

    def run(self, *command, stdin=b"", may_fail=False):
        done = subprocess.run(
            [str(word) for word in command], cwd=self.home, env=ENVIRONMENT, input=stdin, capture_output=True
        )
        if done.returncode and not may_fail:
            raise Failed(f"{shlex.join(map(str, command))}\n{(done.stdout + done.stderr).decode(errors='replace')}")
        return done

    def out(self, *command, **how):
        return self.run(*command, **how).stdout

    def read(self, name):
        return (self.home / name).read_bytes()

    def write(self, name, body):
        (self.home / name).write_bytes(body)

    def versions(self):
        first = lambda *command: self.out(*command).decode().split("\n")[0].strip()
        dpkg = lambda package: first("dpkg-query", "-W", "-f=${Version}", package)
        java = self.run("java", "-version").stderr.decode().split('"')[1]
        return {
            "openssl": "OpenSSL " + first("openssl", "version").split()[1],
            "keytool": f"keytool of OpenJDK {java}",
            "java": f"OpenJDK {java}",
            "bc": f"BouncyCastle {dpkg('libbcprov-java')} (Debian's libbcprov-java)",
            "nss": f"pk12util of NSS {dpkg('libnss3-tools')} (Debian's libnss3-tools)",
            "gnutls": "GnuTLS " + first("certtool", "--version").split()[1],
            "openssh": self.run("ssh", "-V").stderr.decode().split(",")[0],
            "infozip": "Info-ZIP's zip " + dpkg("zip"),
            "sevenzip": "7-Zip " + dpkg("p7zip-full") + " (Debian's p7zip-full)",
            "libarchive": first("bsdtar", "--version"),
            "crafted": "the Python beside this page",
        }

    def spki_sha256(self, key, password=None):
        """The SHA-256 of the public key that openssl derives from a private one."""
        if key in self.known_spki:
            return sha256(self.known_spki[key])
        how = [] if password is None else ["-passin", f"pass:{password}"]
        return sha256(self.out("openssl", "pkey", "-in", key, *how, "-pubout", "-outform", "DER"))

    def certificate_sha256(self, certificate):
        return sha256(self.out("openssl", "x509", "-in", certificate, "-outform", "DER"))


def sha256(body):
    return hashlib.sha256(body).hexdigest()
