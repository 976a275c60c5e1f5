"""ITU-T X.690: just enough DER to write a PKCS#12 file by hand, and just enough BER to write it as NSS would.

Every function takes and returns bytes. Nothing here reads: what the files hold is read back by openssl and Java.
"""


def tlv(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def indefinite(tag, *parts):
    """BER only: a constructed value that ends where two zero bytes say so."""
    return bytes([tag, 0x80]) + b"".join(parts) + b"\0\0"


def seq(*parts):
    return tlv(0x30, *parts)


def set_of(*parts):
    # X.690 11.6: DER sorts the elements of a SET OF by their encodings
    return tlv(0x31, *sorted(parts))


def octets(body):
    return tlv(0x04, body)


def segments(body, size, tag=0x24):
    """BER only: an octet string in pieces, under an indefinite length."""
    return indefinite(tag, *(octets(body[at:at + size]) for at in range(0, len(body), size)))


def integer(value):
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def oid(dotted):
    first, second, *rest = map(int, dotted.split("."))
    body = b""
    for arc in (40 * first + second, *rest):
        septets = [arc & 0x7F]
        while arc := arc >> 7:
            septets.append(0x80 | arc & 0x7F)
        body += bytes(reversed(septets))
    return tlv(0x06, body)


def bmp(text):
    return tlv(0x1E, text.encode("utf-16-be"))


def explicit(number, *parts):
    return tlv(0xA0 | number, *parts)


NULL = tlv(0x05)
