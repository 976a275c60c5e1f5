//! `cargo xtask bench costs`: what the ciphers, digests and formats that few files use add to the page.
//!
//! The compiler's wasm still has the names of its functions. Each function's bytes go to the crate, or the module of ours,
//! that its name begins with. Tables have no names: a stretch of data goes to the first function that points at its
//! beginning. Their share of the page's brotli bytes is pro rata, so it is an estimate: tables of random bytes compress
//! worse than code does, a byte that only looks like a pointer parts a table, and what is inlined, or becomes of another
//! crate's generic function, is counted there and not here.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};

use super::brotli;
use crate::root;

/// What is printed, by the beginning of a function's path.
const ROWS: [(&str, &[&str]); 30] = [
    ("AES-GCM", &["aes_gcm", "ghash", "polyval"]),
    ("ARIA", &["aria"]),
    ("bcrypt_pbkdf", &["bcrypt_pbkdf"]),
    ("Blowfish", &["blowfish"]),
    ("Camellia", &["camellia"]),
    ("CAST5", &["cast5"]),
    ("ChaCha20, Poly1305", &["chacha20", "poly1305"]),
    ("DES, 3DES", &["des"]),
    ("IDEA", &["idea"]),
    ("RC2", &["rc2"]),
    ("RC4", &["rc4"]),
    ("SM4", &["sm4"]),
    ("Twofish", &["twofish"]),
    ("MD2", &["md2"]),
    ("MD4", &["md4"]),
    ("MD5", &["md5"]),
    ("RIPEMD-160", &["ripemd"]),
    ("SHA-3", &["sha3", "keccak"]),
    ("SM3", &["sm3"]),
    ("Whirlpool", &["whirlpool"]),
    ("scrypt", &["scrypt", "salsa20"]),
    ("derivations, a digest each", &["keyferry::crypto::kdf"]),
    ("HMAC, a digest each", &["hmac", "keyferry::crypto::digest"]),
    ("old curves", &["keyferry::crypto::curve"]),
    (
        "JKS, JCEKS",
        &["keyferry::format::jks", "keyferry::format::java"],
    ),
    ("BKS, UBER", &["keyferry::format::bks"]),
    (
        "BCFKS",
        &["keyferry::format::bcfks", "keyferry::crypto::cipher::ccm"],
    ),
    ("OpenSSH", &["keyferry::format::openssh"]),
    ("locked ZIP", &["keyferry::container::zip::locked"]),
    ("ZIP", &["keyferry::container::zip", "miniz_oxide"]),
];

/// Prints the table.
pub(super) fn costs() -> Result<()> {
    let wasm = root().join("target/wasm32-unknown-unknown/page/keyferry.wasm");
    let wasm = Module::parse(&fs::read(wasm)?).context("the wasm cannot be read")?;
    let whole = wasm.functions.iter().map(|one| one.1).sum::<usize>() + wasm.data;
    let share = brotli()? as f64 / whole as f64;
    let mut sums = BTreeMap::new();
    for (path, code, data) in &wasm.functions {
        let fits = |part: &&str| {
            path.strip_prefix(*part)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        };
        // The first row that fits has it, so that a part stands before its whole.
        if let Some(row) = ROWS.iter().position(|(_, parts)| parts.iter().any(fits)) {
            let sum: &mut (usize, usize) = sums.entry(row).or_default();
            sum.0 += code;
            sum.1 += data;
        }
    }
    println!("\nwhat parts of the page cost, in bytes");
    println!(
        "{:<28}{:>10}{:>10}{:>14}",
        "", "code", "tables", "brotli, est."
    );
    let mut all = 0;
    for (at, (name, _)) in ROWS.iter().enumerate() {
        let (code, data) = sums.get(&at).copied().unwrap_or_default();
        all += code + data;
        println!(
            "{name:<28}{code:>10}{data:>10}{:>14.0}",
            (code + data) as f64 * share
        );
    }
    println!("{:<28}{all:>20}{:>14.0}", "together", all as f64 * share);
    println!(
        "{:<28}{whole:>20}{:>14.0}",
        "the whole page",
        whole as f64 * share
    );
    Ok(())
}

/// The functions of a module: path, bytes of code, bytes of data that it is the first to point at.
struct Module {
    functions: Vec<(String, usize, usize)>,
    data: usize,
}

impl Module {
    /// The sections of the binary format (WebAssembly core specification, 5.5), as far as they are needed.
    fn parse(wasm: &[u8]) -> Option<Self> {
        let (mut imported, mut bodies, mut names, mut segments) =
            (0, Vec::new(), BTreeMap::new(), Vec::new());
        let mut rest = Reader(wasm.get(8..)?);
        while let Some(id) = rest.byte() {
            let length = rest.number()?;
            let mut section = Reader(rest.take(length)?);
            match id {
                0 if section.name()? == "name" => names = section.function_names()?,
                2 => imported = section.imported_functions()?,
                10 => {
                    for _ in 0..section.number()? {
                        let length = section.number()?;
                        bodies.push(section.take(length)?);
                    }
                }
                11 => {
                    for _ in 0..section.number()? {
                        // An active segment: i32.const, its address, end.
                        let (_, _, address, _) = (
                            section.number()?,
                            section.byte()?,
                            section.number()?,
                            section.byte()?,
                        );
                        let length = section.number()?;
                        section.take(length)?;
                        segments.push(address..address + length);
                    }
                }
                _ => {}
            }
        }
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        for (number, body) in bodies.iter().enumerate() {
            for address in pointed_at(body).filter(|at| segments.iter().any(|one| one.contains(at)))
            {
                first.entry(address).or_insert(number);
            }
        }
        let mut functions: Vec<_> = bodies
            .iter()
            .enumerate()
            .map(|(at, body)| {
                (
                    names.get(&(imported + at)).map_or("", |name| name),
                    body.len(),
                    0,
                )
            })
            .map(|(name, code, data)| (path(name), code, data))
            .collect();
        let mut ends = first.keys().skip(1).copied().chain([usize::MAX]);
        for (&address, &number) in &first {
            let end = ends
                .next()?
                .min(segments.iter().find(|one| one.contains(&address))?.end);
            functions[number].2 += end - address;
        }
        let data = segments.iter().map(|one| one.len()).sum();
        Some(Self { functions, data })
    }
}

/// The constants of a function, and the offsets of what it loads: where one of them lies in the data, it points there.
fn pointed_at(body: &[u8]) -> impl Iterator<Item = usize> {
    (1..body.len()).filter_map(|at| {
        let constant = body[at - 1] == 0x41;
        let offset = at > 1 && body[at - 1] <= 4 && (0x28..=0x3e).contains(&body[at - 2]);
        (constant || offset)
            .then(|| Reader(&body[at..]).number())
            .flatten()
    })
}

/// The path that a mangled name begins with: `_ZN8camellia…`, or `_ZN69_$LT$camellia..…` where a type implements something.
fn path(name: &str) -> String {
    let mut parts = Vec::new();
    let mut rest = name.strip_prefix("_ZN").unwrap_or_default();
    while let Some(digits) = rest
        .find(|c: char| !c.is_ascii_digit())
        .filter(|end| *end > 0)
    {
        let length: usize = rest[..digits].parse().unwrap_or(0);
        let Some((part, next)) = rest[digits..].split_at_checked(length) else {
            break;
        };
        parts.push(part);
        rest = next;
    }
    match parts.first().and_then(|part| part.strip_prefix("_$LT$")) {
        Some(kind) => {
            let kind = kind
                .trim_start_matches("$RF$")
                .trim_start_matches("mut$u20$");
            kind.split('$')
                .next()
                .unwrap_or_default()
                .replace("..", "::")
        }
        None => parts.join("::"),
    }
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (part, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(part)
    }

    /// LEB128, without a sign.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn name(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// Of an import section whose imports are functions alone, as Rust's are.
    fn imported_functions(&mut self) -> Option<usize> {
        self.number()
    }

    fn function_names(&mut self) -> Option<BTreeMap<usize, &'a str>> {
        let mut names = BTreeMap::new();
        while let Some(kind) = self.byte() {
            let length = self.number()?;
            let mut part = Reader(self.take(length)?);
            // The subsection of functions.
            if kind == 1 {
                for _ in 0..part.number()? {
                    names.insert(part.number()?, part.name()?);
                }
            }
        }
        Some(names)
    }
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn paths_of_mangled_names() {
        assert_eq!(
            path("_ZN8camellia5utils6set_ka17he443ac59577b8cc1E"),
            "camellia::utils::set_ka::he443ac59577b8cc1"
        );
        let implemented =
            "_ZN60_$LT$sha3..Sha3_256$u20$as$u20$digest..Update$GT$6update17h0123456789abcdefE";
        assert_eq!(path(implemented), "sha3::Sha3_256");
        assert_eq!(path("memcpy"), "");
    }
}
