"""ZIP archives whose entries are locked, as Info-ZIP, 7-Zip and libarchive write them."""
import struct

from shelf import PASSWORD, key

MAILED = ["alice.der", "issuing.der", "root.pem", "alice.key"]


def make(shelf):
    shelf.tools.write("readme.txt", b"Install it.\n")
    zip_crypto(shelf)
    aes(shelf)
    broken(shelf)


def zip_crypto(shelf):
    archive(shelf, "infozip-locked", "infozip", "ZipCrypto, as Windows and macOS write it too", ["zip", "-q", "-P", PASSWORD],
            MAILED, keys=[key(None)])
    shelf.again("zip-infozip-locked.zip", "no password", passwords=[], error="password-needed")
    shelf.again("zip-infozip-locked.zip", "a wrong password", passwords=["wrong"], error="wrong-password")
    archive(shelf, "infozip-locked-stored", "infozip", "ZipCrypto, stored", ["zip", "-q", "-0", "-P", PASSWORD], MAILED,
            keys=[key(None)])
    # With a data descriptor the header ends with a byte of the time.
    shelf.run("zip-infozip-locked-streamed.zip", "infozip", "ZipCrypto, written to a pipe: sizes behind the bytes",
              ["sh", "-c", f"zip -q -fd -P {PASSWORD} - {' '.join(MAILED)} > zip-infozip-locked-streamed.zip"],
              keys=[key(None)], reader="none")
    archive(shelf, "infozip-locked-dos", "infozip", "the password in the code page of DOS",
            ["sh", "-c", "zip -q -P $(printf 'gr\\201n') \"$@\"", "sh"], MAILED, passwords=["grün"], keys=[key(None)])
    archive(shelf, "infozip-locked-beside", "infozip", "a locked key, and a text of no interest", ["zip", "-q", "-P", PASSWORD],
            ["alice.key", "readme.txt"], keys=[key(None, chain=())])
    archive(shelf, "infozip-locked-unrelated", "infozip", "locked, with nothing in it", ["zip", "-q", "-P", PASSWORD],
            ["readme.txt"], error="not-recognised", data={"looks_like": "archive-without"})
    shelf.run("zip-infozip-locked-partly.zip", "infozip", "certificates that are not locked, and the key that is",
              ["zip", "-q", "zip-infozip-locked-partly.zip", "alice.der", "issuing.der", "root.pem"],
              ["zip", "-q", "-P", PASSWORD, "zip-infozip-locked-partly.zip", "alice.key"], keys=[key(None)], reader="none")
    shelf.run("zip-infozip-locked-two-passwords.zip", "infozip", "entries with different passwords",
              ["zip", "-q", "-P", "first", "zip-infozip-locked-two-passwords.zip", "alice.der", "issuing.der", "root.pem"],
              ["zip", "-q", "-P", "second", "zip-infozip-locked-two-passwords.zip", "alice.key"],
              passwords=["first", "second"], keys=[key(None)], reader="none")
    shelf.again("zip-infozip-locked-two-passwords.zip", "only one of them is known", passwords=["first"],
                error="content-password-needed", data={"alias": "alice.key"})
    archive(shelf, "infozip-locked-p12", "infozip", "a PKCS#12 file with a password of its own", ["zip", "-q", "-P", "outer"],
            ["pkcs12-openssl-default.p12"], passwords=["outer", PASSWORD], keys=[key()])
    shelf.again("zip-infozip-locked-p12.zip", "only the archive's password is known", passwords=["outer"],
                error="content-password-needed", data={"alias": "pkcs12-openssl-default.p12"})


def aes(shelf):
    for bits in (128, 192, 256):
        archive(shelf, f"7z-locked-aes{bits}", "sevenzip", f"AES-{bits}, AE-2",
                ["7z", "a", "-tzip", f"-mem=AES{bits}", f"-p{PASSWORD}"], MAILED, keys=[key(None)])
    shelf.again("zip-7z-locked-aes256.zip", "a wrong password", passwords=["wrong"], error="wrong-password")
    archive(shelf, "7z-locked", "sevenzip", "ZipCrypto of 7-Zip", ["7z", "a", "-tzip", "-mem=ZipCrypto", f"-p{PASSWORD}"], MAILED,
            keys=[key(None)])
    archive(shelf, "7z-locked-lzma", "sevenzip", "AES-256 over a method of packing that is seldom used",
            ["7z", "a", "-tzip", "-mm=LZMA", "-mem=AES256", f"-p{PASSWORD}"], ["alice.der"], error="unsupported-form")
    archive(shelf, "libarchive-locked-aes256", "libarchive", "AES-256, AE-1: with a check value",
            ["bsdtar", "--format", "zip", "--options", "zip:encryption=aes256", "--passphrase", PASSWORD, "-cf"], MAILED,
            keys=[key(None)])


def broken(shelf):
    shelf.tools.run("7z", "a", "-tzip", "-mem=AES256", f"-p{PASSWORD}", "whole.zip", "alice.der")
    flipped = bytearray(shelf.tools.read("whole.zip"))
    flipped[200] ^= 1
    shelf.put("zip-hostile-locked-flipped.zip", bytes(flipped), "one bit of an encrypted entry flipped", error="damaged",
              reader="none")
    single = shelf.tools.read("zip-infozip-locked-unrelated.zip")
    record = single.index(b"PK\x01\x02")
    strong = bytearray(single)
    strong[6] |= 0x40
    strong[record + 8] |= 0x40
    shelf.put("zip-hostile-locked-strong.zip", bytes(strong), "says that PKWARE's strong encryption locks it",
              error="unsupported-form", reader="none")
    # The packed bytes of many entries are those of one; the directory alone has a name for each.
    shelf.tools.run("zip", "-q", "-0", "-P", PASSWORD, "one.zip", "alice.der")
    one = shelf.tools.read("one.zip")
    start, stop = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    entries = b"".join(one[start:stop].replace(b"alice.", b"ali%02d." % number) for number in range(50))
    end = one[stop:stop + 8] + struct.pack("<HHI", 50, 50, len(entries)) + one[stop + 16:]
    shelf.put("zip-hostile-locked-overlap.zip", one[:start] + entries + end, "50 entries that lie over each other",
              error="damaged", reader="none")
    # Both headers say that the entry is encrypted, and it is not.
    plain = shelf.tools.home / "plain.zip"
    shelf.tools.run("zip", "-q", plain, "alice.der")
    lies = bytearray(plain.read_bytes())
    lies[6] |= 1
    lies[lies.index(b"PK\x01\x02") + 8] |= 1
    shelf.put("zip-hostile-locked.zip", bytes(lies), "said to be locked, and it is not", error="wrong-password", reader="none")
    shelf.again("zip-hostile-locked.zip", "no password", passwords=[], error="password-needed")


def archive(shelf, what, maker, note, command, files, passwords=(PASSWORD,), **holds):
    file = f"zip-{what}.zip"
    shelf.run(file, maker, note, [*command, file, *files], passwords=passwords, reader="none", **holds)
