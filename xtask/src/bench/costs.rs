//! `cargo xtask bench costs`: what the ciphers, digests and formats that few files use add to the page.
//!
//! The compiler's wasm still has the names of its functions. Each function's bytes go to the crate, or the module of ours,
//! that its name begins with; the second table is of the largest crates. Tables have no names: a stretch of data goes to the first function that points at its
//! beginning. Their share of the page's brotli bytes is pro rata, so it is an estimate: tables of random bytes compress
//! worse than code does, a byte that only looks like a pointer parts a table, and what is inlined, or becomes of another
//! crate's generic function, is counted there and not here.

use std::collections::BTreeMap;
use std::fs;

use anyhow::Result;
use rustc_demangle::demangle;
use wasmparser::{DataKind, FunctionBody, KnownCustom, Name, Operator, Parser, Payload};

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

/// How many crates are printed.
const CRATES: usize = 40;

/// Prints the tables.
pub(super) fn costs() -> Result<()> {
    let wasm = root().join("target/wasm32-unknown-unknown/page/keyferry.wasm");
    let wasm = Module::parse(&fs::read(wasm)?)?;
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
    crates(&wasm, share);
    Ok(())
}

/// Prints the crates that take most.
fn crates(wasm: &Module, share: f64) {
    let mut sums: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (path, code, data) in &wasm.functions {
        let name = path.split("::").next().unwrap_or_default();
        let sum = sums.entry(name).or_default();
        *sum = (sum.0 + code, sum.1 + data);
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, (code, data))| std::cmp::Reverse(code + data));
    println!(
        "\n{:<28}{:>10}{:>10}{:>14}",
        "crate", "code", "tables", "brotli, est."
    );
    for (name, (code, data)) in sums.into_iter().take(CRATES) {
        let estimate = (code + data) as f64 * share;
        println!("{name:<28}{code:>10}{data:>10}{estimate:>14.0}");
    }
}

/// The functions of a module: path, bytes of code, bytes of data that it is the first to point at.
struct Module {
    functions: Vec<(String, usize, usize)>,
    data: usize,
}

impl Module {
    fn parse(wasm: &[u8]) -> Result<Self> {
        let (mut imported, mut bodies) = (0, Vec::new());
        let (mut names, mut segments) = (BTreeMap::new(), Vec::new());
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                // All that Rust imports are functions.
                Payload::ImportSection(imports) => imported = imports.count() as usize,
                Payload::CodeSectionEntry(body) => bodies.push(body),
                Payload::DataSection(data) => {
                    for segment in data {
                        let segment = segment?;
                        if let DataKind::Active { offset_expr, .. } = &segment.kind
                            && let Operator::I32Const { value } =
                                offset_expr.get_operators_reader().read()?
                        {
                            let address = value as usize;
                            segments.push(address..address + segment.data.len());
                        }
                    }
                }
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(subsections) = section.as_known() {
                        for subsection in subsections {
                            if let Name::Function(functions) = subsection? {
                                for named in functions {
                                    let named = named?;
                                    names.insert(named.index as usize, named.name);
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        for (number, body) in bodies.iter().enumerate() {
            for address in pointed_at(body)? {
                if segments.iter().any(|one| one.contains(&address)) {
                    first.entry(address).or_insert(number);
                }
            }
        }
        let name = |at| names.get(&(imported + at)).copied().unwrap_or_default();
        let mut functions: Vec<_> = bodies
            .iter()
            .enumerate()
            .map(|(at, body)| (path(name(at)), body.range().len(), 0))
            .collect();
        let mut ends = first.keys().skip(1).copied().chain([usize::MAX]);
        for (&address, &number) in &first {
            let segment = segments.iter().find(|one| one.contains(&address));
            let end = segment.map_or(address, |one| one.end);
            functions[number].2 += ends.next().unwrap_or(end).min(end) - address;
        }
        let data = segments.iter().map(|one| one.len()).sum();
        Ok(Self { functions, data })
    }
}

/// The constants of a function, and the offsets of what it loads: where one of them lies in the data, it points there.
fn pointed_at(body: &FunctionBody<'_>) -> Result<Vec<usize>> {
    let mut addresses = Vec::new();
    for operator in body.get_operators_reader()? {
        match operator? {
            Operator::I32Const { value } => addresses.push(value as usize),
            Operator::I32Load { memarg }
            | Operator::I64Load { memarg }
            | Operator::I32Load8U { memarg }
            | Operator::I32Load8S { memarg }
            | Operator::I32Load16U { memarg }
            | Operator::I64Load32U { memarg }
            | Operator::V128Load { memarg } => addresses.push(memarg.offset as usize),
            _ => {}
        }
    }
    Ok(addresses)
}

/// The path that a function's name begins with: that of the type, where a type implements something.
fn path(name: &str) -> String {
    let name = format!("{:#}", demangle(name));
    let start = name.trim_start_matches(['<', '&', '*', '[', '(']);
    let start = start.trim_start_matches("mut ").trim_start_matches("dyn ");
    let end = start.find(|c: char| !(c.is_alphanumeric() || "_:".contains(c)));
    start[..end.unwrap_or(start.len())]
        .trim_end_matches(':')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn paths_of_mangled_names() {
        assert_eq!(
            path("_ZN8camellia5utils6set_ka17he443ac59577b8cc1E"),
            "camellia::utils::set_ka"
        );
        let implemented =
            "_ZN49_$LT$sha3..Sha3_256$u20$as$u20$digest..Update$GT$6update17h0123456789abcdefE";
        assert_eq!(path(implemented), "sha3::Sha3_256");
        assert_eq!(path("memcpy"), "memcpy");
    }
}
