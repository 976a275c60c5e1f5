"""Makes every vector, the manifest, and the table of README.md:   python3 tests/vectors/make

Needs openssl 3, Java 17 (keytool and java), libnss3-tools, gnutls-bin, openssh-client, libbcprov-java, zip, p7zip-full,
libarchive-tools. Keys and salts are random, so each run gives other bytes; what the manifest says of them is computed by
openssl and Java in the same run.
"""
import json
import shutil
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

import algorithms  # noqa: E402
import crafted  # noqa: E402
import hostile  # noqa: E402
import ingredients  # noqa: E402
import keystores  # noqa: E402
import locked  # noqa: E402
import openssl  # noqa: E402
import others  # noqa: E402
import texts  # noqa: E402
from run import Tools  # noqa: E402
from shelf import Shelf  # noqa: E402
from strangers import Strangers  # noqa: E402

SOURCE = Path(__file__).resolve().parent
VECTORS = SOURCE.parent
BCPROV = "/usr/share/java/bcprov.jar"
MARK = "<!-- below this line: written by make -->\n"
NEEDED = {"openssl": "openssl", "keytool": "openjdk-17-jdk-headless", "pk12util": "libnss3-tools",
          "certtool": "gnutls-bin", "ssh-keygen": "openssh-client", "zip": "zip", "7z": "p7zip-full",
          "bsdtar": "libarchive-tools"}


def main():
    missing = [package for tool, package in NEEDED.items() if not shutil.which(tool)]
    if not Path(BCPROV).exists():
        missing.append("libbcprov-java")
    if missing:
        sys.exit(f"missing: apt-get install {' '.join(missing)}")
    with tempfile.TemporaryDirectory() as home:
        tools = Tools(home)
        ingredients.make(tools)
        tools.write("alice.chain.pem", b"".join(tools.read(f"{name}.pem") for name in ("alice", "issuing", "root")))
        tools.write("reversed.pem", tools.read("root.pem") + tools.read("issuing.pem"))
        shelf = Shelf(tools)
        shelf.source, shelf.bcprov = SOURCE, BCPROV
        for maker in (openssl, others, crafted, algorithms, hostile, keystores, texts, locked):
            maker.make(shelf)
        strangers = Strangers(tools, BCPROV, SOURCE)
        strangers.check(shelf.vectors)
        publish(tools, shelf.vectors, strangers)


def publish(tools, vectors, strangers):
    for old in VECTORS.iterdir():
        if old.is_file() and old.name != "README.md":
            old.unlink()
    for vector in vectors:
        (VECTORS / vector.file).write_bytes(tools.read(vector.file))
    lines = [json.dumps(manifest_line(vector, strangers), ensure_ascii=False) for vector in vectors]
    (VECTORS / "manifest.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    readme = VECTORS / "README.md"
    prose = readme.read_text().split(MARK)[0]
    readme.write_text(prose + MARK + table(vectors, tools.versions()))
    files = {vector.file for vector in vectors}
    print(f"{len(files)} files, {sum(len(tools.read(file)) for file in files)} bytes, {len(vectors)} lines")


def manifest_line(vector, strangers):
    line = {"file": vector.file}
    if vector.together:
        line["together"] = vector.together
    line |= {"note": vector.note, "passwords": vector.passwords}
    if vector.error:
        line["error"] = vector.error
        if vector.data:
            line["data"] = vector.data
    else:
        line["format"] = format_of(vector)
        line["keys"] = [{
            "alias": entry["alias"],
            "spki_sha256": strangers.hash_of(entry["name"], "key"),
            "chain": [strangers.hash_of(name, "pem") for name in entry["chain"]],
        } for entry in vector.keys]
        line["certificates"] = [strangers.hash_of(name, "pem") for name in vector.certificates]
        line["crls"] = vector.crls
        line["secret_keys"] = vector.secret_keys
        line["ordered"] = vector.ordered
        line["opened_by"] = vector.opened_by
        if vector.findings is not None:
            line["findings"] = vector.findings
    line |= {"maker": vector.maker, "command": vector.command}
    return line


def format_of(vector):
    """The format by content, in the word that the page and the examples use."""
    prefix = vector.file.split("-")[0]
    if vector.format:
        return vector.format
    if vector.file.endswith(".pem"):
        return "pem"
    of_keys = "encrypted-pkcs8" if vector.passwords else "private-key"
    return {"x509": "certificate", "pkcs1": of_keys, "pkcs8": of_keys, "sec1": of_keys}.get(prefix, prefix)


def table(vectors, versions):
    rows = ["", "| maker | version |", "| --- | --- |"]
    rows += [f"| {maker} | {version} |" for maker, version in versions.items()]
    rows += ["", "| file | what it is | opened by | command |", "| --- | --- | --- | --- |"]
    for number, vector in enumerate(vectors):
        if any(earlier.file == vector.file for earlier in vectors[:number]):
            continue
        who = ", ".join(getattr(vector, "opened_by", [])) or "–"
        escape = lambda text: text.replace("|", "\\|")
        rows.append(f"| `{vector.file}` | {escape(vector.note)} | {who} | `` {escape(vector.command)} `` |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    main()
