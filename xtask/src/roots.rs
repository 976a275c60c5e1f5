//! `cargo xtask roots`: the roots that Mozilla trusts, from NSS's builtin token to the table of the core.
//!
//! ```text
//! Table ::= SEQUENCE { version UTF8String, date UTF8String, roots SEQUENCE OF Root }
//! Root ::= SEQUENCE { purposes INTEGER (1 TLS, 2 e-mail, 3 both), sha256 OCTET STRING, notAfter Time, subject Name,
//!                     SubjectPublicKeyInfo, nameConstraints [0] OCTET STRING OPTIONAL }
//! ```
//!
//! Verifying and naming need no more of a root than that, and a page that carries whole certificates carries twice the
//! bytes. The list is data of the Mozilla project under MPL-2.0. It is as old as the NSS of the machine that makes the
//! table; the version inside says which. Roots that had expired on that day are left out.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::command::command;
use crate::root;

/// What NSS calls its list.
const TOKEN: &str = "Builtin Object Token";
/// Where Debian and Fedora keep the token.
const LIBRARIES: [&str; 4] = [
    "/usr/lib/x86_64-linux-gnu/libnssckbi.so",
    "/usr/lib/aarch64-linux-gnu/libnssckbi.so",
    "/usr/lib64/libnssckbi.so",
    "/usr/lib/libnssckbi.so",
];

/// Writes the table anew.
///
/// # Errors
///
/// When NSS's token or its tools are not here, or say something unheard of.
pub fn roots() -> Result<()> {
    let scratch = root().join("target/roots");
    fs::create_dir_all(&scratch)?;
    let written = write(&scratch);
    fs::remove_dir_all(&scratch)?;
    written
}

fn write(scratch: &Path) -> Result<()> {
    let library = LIBRARIES.iter().find(|path| Path::new(path).exists());
    let library = library.context("NSS's builtin roots (libnssckbi.so of libnss3) are not here")?;
    let database = format!("sql:{}", scratch.display());
    output(Command::new("certutil").args(["-N", "--empty-password", "-d", &database]))?;
    output(Command::new("modutil").args([
        "-force", "-add", "roots", "-libfile", library, "-dbdir", &database,
    ]))?;
    let version = version(&database)?;
    let date = output(command("date -u +%F"))?;
    let date = text(&date)?.trim().to_owned();
    let list = output(Command::new("certutil").args(["-L", "-h", TOKEN, "-d", &database]))?;
    let mut rows = Vec::new();
    let (mut tls, mut email) = (0, 0);
    for (nickname, purposes) in text(&list)?.lines().filter_map(row) {
        let show = |form: &[&str]| {
            output(
                Command::new("certutil")
                    .args(["-L", "-n", nickname, "-d", &database])
                    .args(form),
            )
        };
        let digest = fingerprint(text(&show(&[])?)?).context("certutil prints no fingerprint")?;
        let Some(row) = entry(&show(&["-r"])?, purposes, &digest, &date)
            .with_context(|| nickname.to_owned())?
        else {
            println!("{nickname} has expired");
            continue;
        };
        tls += purposes & 1;
        email += purposes >> 1;
        rows.push(row);
    }
    ensure!(
        rows.len() > 100,
        "only {} roots: the token was not read whole",
        rows.len()
    );
    rows.sort();
    let parts = [
        tlv(12, version.as_bytes()),
        tlv(12, date.as_bytes()),
        tlv(0x30, &rows.concat()),
    ];
    let table = tlv(0x30, &parts.concat());
    fs::write(root().join("src/judge/roots/mozilla.der"), &table)?;
    println!(
        "{} roots, {tls} for TLS, {email} for e-mail, of builtin version {version}: {} bytes",
        rows.len(),
        table.len()
    );
    Ok(())
}

/// A nickname and what it is trusted for, of a line of certutil's list.
fn row(line: &str) -> Option<(&str, u8)> {
    let (nickname, trust) = line.trim_end().rsplit_once(' ')?;
    let nickname = nickname.trim_end();
    nickname.starts_with(TOKEN).then_some(())?;
    let mut columns = trust.split(',').map(|flags| u8::from(flags.contains('C')));
    let purposes = columns.next()? | columns.next()? << 1;
    (purposes != 0).then_some((nickname, purposes))
}

fn version(database: &str) -> Result<String> {
    let said = output(Command::new("modutil").args(["-list", "roots", "-dbdir", database]))?;
    let version = text(&said)?
        .lines()
        .find_map(|line| line.strip_prefix("Library Version: "));
    Ok(version
        .context("modutil names no version")?
        .trim()
        .to_owned())
}

/// The SHA-256 that certutil prints, in hexadecimal with colons, on the line after its title.
fn fingerprint(said: &str) -> Option<Vec<u8>> {
    let (_, after) = said.split_once("Fingerprint (SHA-256):")?;
    let bytes = after.split_whitespace().next()?.split(':');
    let digest: Vec<u8> = bytes
        .map(|byte| u8::from_str_radix(byte, 16).ok())
        .collect::<Option<_>>()?;
    (digest.len() == 32).then_some(digest)
}

/// The row of a certificate; `None` where it had expired on the day.
fn entry(der: &[u8], purposes: u8, digest: &[u8], day: &str) -> Result<Option<Vec<u8>>> {
    let certificate = children(der)?;
    let [tbs, ..] = certificate.as_slice() else {
        bail!("it is no certificate")
    };
    let fields = children(tbs)?;
    // Version, which a root of version 1 does not have; then serial, signature, issuer, validity, subject, key, …
    let versioned = fields.first().is_some_and(|first| first[0] == 0xa0);
    let [_, _, _, validity, subject, spki, rest @ ..] = &fields[usize::from(versioned)..] else {
        bail!("it lacks fields");
    };
    let not_after = children(validity)?[1];
    let digits = String::from_utf8(contents(not_after)?.to_vec())?;
    let year = if not_after[0] == 23 {
        format!("20{digits}")
    } else {
        digits
    };
    if year[..8] < *day.replace('-', "").as_str() {
        return Ok(None);
    }
    let mut row = [
        tlv(2, &[purposes]),
        tlv(4, digest),
        not_after.to_vec(),
        subject.to_vec(),
        spki.to_vec(),
    ]
    .concat();
    for extension in rest.iter().filter(|part| part[0] == 0xa3) {
        for one in children(contents(extension)?)? {
            // id-ce-nameConstraints
            if contents(children(one)?[0])? == [0x55, 0x1d, 0x1e] {
                let parts = children(one)?;
                row.extend(tlv(0x80, contents(parts[parts.len() - 1])?));
            }
        }
    }
    Ok(Some(tlv(0x30, &row)))
}

/// The nodes inside a node, each whole.
fn children(node: &[u8]) -> Result<Vec<&[u8]>> {
    let mut rest = contents(node)?;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let length = rest.len() - after(rest)?.len();
        let (one, more) = rest.split_at(length);
        found.push(one);
        rest = more;
    }
    Ok(found)
}

fn contents(node: &[u8]) -> Result<&[u8]> {
    let (start, length) = header(node)?;
    node.get(start..start + length).context("a node is cut off")
}

fn after(bytes: &[u8]) -> Result<&[u8]> {
    let (start, length) = header(bytes)?;
    bytes.get(start + length..).context("a node is cut off")
}

/// Where the contents begin, and how long they are; DER alone.
fn header(bytes: &[u8]) -> Result<(usize, usize)> {
    let first = usize::from(*bytes.get(1).context("a node is cut off")?);
    if first < 0x80 {
        return Ok((2, first));
    }
    let digits = bytes
        .get(2..2 + (first & 0x7f))
        .context("a node is cut off")?;
    Ok((
        2 + digits.len(),
        digits
            .iter()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte)),
    ))
}

fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = contents.len();
    let mut node = match length {
        0..0x80 => vec![tag, length as u8],
        0x80..0x100 => vec![tag, 0x81, length as u8],
        0x100..0x1_0000 => vec![tag, 0x82, (length >> 8) as u8, length as u8],
        _ => vec![
            tag,
            0x83,
            (length >> 16) as u8,
            (length >> 8) as u8,
            length as u8,
        ],
    };
    node.extend_from_slice(contents);
    node
}

fn output(mut command: impl std::borrow::BorrowMut<Command>) -> Result<Vec<u8>> {
    let command = command.borrow_mut();
    let name = command.get_program().display().to_string();
    let output = command
        .output()
        .with_context(|| format!("cannot start {name}"))?;
    ensure!(
        output.status.success(),
        "{name} failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(output.stdout)
}

fn text(bytes: &[u8]) -> Result<&str> {
    Ok(std::str::from_utf8(bytes)?)
}
