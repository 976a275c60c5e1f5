//! The table: what each stranger is expected to find in each row, what it found, and how that is printed.
//!
//! A cell has four letters: `o` it opens, `k` the keys are equal, `c` the certificates are, in the order of their chains
//! where the stranger tells it, `a` the aliases are. `-` is what the row has not or the stranger does not tell, `x` what is
//! there and is another. A blank cell is a format that the stranger does not have.

use std::collections::BTreeMap;

use keyferry::model::private_key::PrivateKey;

use super::rows::{Kind, Row, UNICODE};

/// The strangers, in the order of the columns.
pub const COLUMNS: [&str; 12] = [
    "openssl", "legacy", "keytool", "java", "connect", "nss", "certtool", "bc", "python", "ssh",
    "p12", "keyferry",
];

/// What a stranger says it found in a file.
#[derive(Default)]
pub struct Seen {
    /// PKCS#8, PKCS#1 or SEC 1 of private keys, or a SubjectPublicKeyInfo; none where it does not tell.
    pub keys: Option<Vec<Vec<u8>>>,
    pub certificates: Option<Certificates>,
    pub aliases: Option<Vec<String>>,
}

/// Certificates, by SHA-256.
pub enum Certificates {
    /// In no order that means anything.
    Bag(Vec<String>),
    /// One chain for each entry.
    Chains(Vec<Vec<String>>),
}

/// Every cell, by column and row.
pub type Cells = BTreeMap<(&'static str, String), Result<Seen, String>>;

/// Something that a stranger cannot do, however right the file is.
struct Exception {
    columns: &'static [&'static str],
    rows: fn(&Row) -> bool,
    /// What the cell says instead.
    cell: &'static str,
    /// Whether it is a matter of its version: then one that can is right as well.
    until: bool,
    reason: &'static str,
}

const EXCEPTIONS: [Exception; 15] = [
    Exception {
        columns: &["keytool", "java"],
        rows: |row| row.kind == Kind::Pkcs12 && row.store == UNICODE,
        cell: CLOSED,
        until: false,
        reason: "Java takes only ASCII passwords for PKCS#12",
    },
    Exception {
        columns: &["java"],
        rows: |row| matches!(row.kind, Kind::Jceks | Kind::Pkcs8) && row.key == UNICODE,
        cell: CLOSED,
        until: false,
        reason: "Java takes only ASCII passwords for password-based encryption",
    },
    Exception {
        columns: &["openssl", "legacy", "certtool", "bc", "python", "p12"],
        rows: |row| row.kind == Kind::Pkcs12 && row.store != row.key,
        cell: CLOSED,
        until: false,
        reason: "it has one password for all of a PKCS#12 file",
    },
    Exception {
        columns: &["nss"],
        rows: |row| row.store != row.key,
        cell: "oxca",
        until: false,
        reason: "it has one password for all of a PKCS#12 file",
    },
    Exception {
        columns: &["connect"],
        rows: |row| row.store != row.key,
        cell: CLOSED,
        until: false,
        reason: "Anaplan Connect tries the keystore's password on the key",
    },
    Exception {
        columns: &["connect"],
        rows: |row| row.keys.is_empty(),
        cell: CLOSED,
        until: false,
        reason: "Anaplan Connect wants a key, and there are certificates alone",
    },
    Exception {
        columns: &["connect"],
        rows: |row| row.keys.iter().any(|key| key.algorithm().name != "RSA"),
        cell: CLOSED,
        until: false,
        reason: "Anaplan Connect signs with RSA keys alone",
    },
    Exception {
        columns: &["java"],
        rows: |row| row.name.contains("3des") || row.name.contains("scrypt"),
        cell: CLOSED,
        until: true,
        reason: "Java's PBES2 is PBKDF2 with AES alone",
    },
    Exception {
        columns: &["certtool"],
        rows: |row| row.name.contains("scrypt"),
        cell: CLOSED,
        until: true,
        reason: "GnuTLS has no scrypt",
    },
    Exception {
        columns: &["bc"],
        rows: |row| row.name.starts_with("modern-sha512-"),
        cell: CLOSED,
        until: true,
        reason: "BouncyCastle 1.72 knows no PKCS#12 MAC with SHA-512",
    },
    Exception {
        columns: &["openssl", "legacy"],
        rows: |row| row.kind == Kind::Pkcs12 && has_beyond(row, '\u{ff}'),
        cell: "okcx",
        until: true,
        reason: "OpenSSL prints the lower byte of each character of a friendlyName",
    },
    Exception {
        columns: &["nss"],
        rows: |row| row.of == "ed25519",
        cell: "oxca",
        until: true,
        reason: "NSS 3.87 has no Ed25519",
    },
    Exception {
        columns: &["python"],
        rows: |row| row.kind == Kind::Pkcs12 && row.keys.len() > 1,
        cell: "oxca",
        until: false,
        reason: "Python's cryptography gives one key of a file",
    },
    Exception {
        columns: &["python", "p12"],
        rows: |row| row.kind == Kind::Pkcs12 && has_beyond(row, '\u{ffff}'),
        cell: "okcx",
        until: true,
        reason: "it reads no name beyond the Basic Multilingual Plane",
    },
    Exception {
        columns: &["p12"],
        rows: |row| row.kind == Kind::Pkcs12 && row.store == UNICODE,
        cell: CLOSED,
        until: true,
        reason: "p12-keystore takes no password beyond the Basic Multilingual Plane",
    },
];

/// The cell of what does not open.
const CLOSED: &str = "x---";

fn has_beyond(row: &Row, last: char) -> bool {
    row.aliases
        .iter()
        .any(|alias| alias.chars().any(|c| c > last))
}

/// Whether a stranger is asked about a row at all.
fn asked(column: &str, row: &Row) -> bool {
    let open = row.key.is_empty();
    match column {
        "openssl" => !matches!(
            row.kind,
            Kind::Jceks | Kind::Jks | Kind::Openssh | Kind::OpensshLine
        ),
        "legacy" | "nss" | "p12" => row.kind == Kind::Pkcs12,
        "keytool" => matches!(row.kind, Kind::Jceks | Kind::Jks | Kind::Pkcs12),
        "java" => matches!(
            row.kind,
            Kind::Certificates | Kind::Cms | Kind::Jceks | Kind::Jks | Kind::Pkcs12 | Kind::Pkcs8
        ),
        "connect" => row.kind == Kind::Jks,
        "certtool" => matches!(
            row.kind,
            Kind::Cms | Kind::Pkcs1 | Kind::Pkcs12 | Kind::Pkcs8 | Kind::Sec1
        ),
        "bc" => match row.kind {
            Kind::Certificates | Kind::Cms | Kind::Pkcs12 => true,
            Kind::Openssh | Kind::Pkcs8 => open,
            _ => false,
        },
        "python" => match row.kind {
            Kind::Jceks | Kind::Jks => false,
            Kind::Openssh => open,
            _ => true,
        },
        "ssh" => matches!(row.kind, Kind::Openssh | Kind::OpensshLine),
        _ => true,
    }
}

/// Whether a stranger tells what it found: keys, certificates, aliases.
fn tells(column: &str, kind: Kind) -> (bool, bool, bool) {
    let named = matches!(kind, Kind::Jceks | Kind::Jks | Kind::Pkcs12);
    match column {
        "keytool" => (false, true, true),
        "ssh" => (true, true, true),
        "keyferry" => (true, true, named || kind == Kind::Openssh),
        _ => (true, true, named),
    }
}

/// What a cell may say, and why where that is less than everything.
fn expected(column: &str, row: &Row) -> (Vec<String>, Option<&'static str>) {
    if !asked(column, row) {
        return (vec![String::new()], None);
    }
    let (keys, certificates, aliases) = tells(column, row.kind);
    let letter = |there: bool, letter| if there { letter } else { '-' };
    let full: String = [
        'o',
        letter(keys && !row.keys.is_empty(), 'k'),
        letter(certificates && !row.chains.is_empty(), 'c'),
        letter(aliases && !row.aliases.is_empty(), 'a'),
    ]
    .iter()
    .collect();
    let exception = EXCEPTIONS
        .iter()
        .find(|one| one.columns.contains(&column) && (one.rows)(row));
    let Some(exception) = exception else {
        return (vec![full], None);
    };
    let letters = full.chars().zip(exception.cell.chars());
    let less = match exception.cell {
        CLOSED => CLOSED.into(),
        _ => letters
            .map(|(full, less)| if full == '-' { '-' } else { less })
            .collect(),
    };
    let mut cells = vec![less];
    cells.extend(Some(full).filter(|_| exception.until));
    (cells, Some(exception.reason))
}

/// What a cell says.
fn actual(column: &str, row: &Row, seen: &Result<Seen, String>) -> String {
    let Ok(seen) = seen else {
        return CLOSED.into();
    };
    let (_, _, names) = tells(column, row.kind);
    let keys = seen
        .keys
        .as_ref()
        .filter(|_| !row.keys.is_empty())
        .map(|keys| same_keys(keys, row));
    let certificates = seen
        .certificates
        .as_ref()
        .filter(|_| !row.chains.is_empty())
        .map(|certificates| match certificates {
            Certificates::Bag(bag) => once(bag.clone()) == once(row.chains.concat()),
            Certificates::Chains(chains) => sorted(chains.clone()) == sorted(row.chains.clone()),
        });
    // Java lowers the aliases of a PKCS#12 as it reads them.
    let lowers = matches!(column, "java" | "keytool");
    let named = |aliases: &Vec<String>| {
        once(aliases.iter().map(|alias| match lowers {
            true => alias.to_lowercase(),
            false => alias.clone(),
        }))
    };
    let aliases = seen
        .aliases
        .as_ref()
        .filter(|_| names && !row.aliases.is_empty())
        .map(|aliases| named(aliases) == named(&row.aliases));
    let letter = |answer: Option<bool>, letter| match answer {
        None => '-',
        Some(true) => letter,
        Some(false) => 'x',
    };
    [
        'o',
        letter(keys, 'k'),
        letter(certificates, 'c'),
        letter(aliases, 'a'),
    ]
    .iter()
    .collect()
}

fn same_keys(keys: &[Vec<u8>], row: &Row) -> bool {
    let mut found: Vec<&[u8]> = keys.iter().map(Vec::as_slice).collect();
    found.sort_unstable();
    found.dedup();
    let same = |der: &[u8], key: &PrivateKey| {
        Some(der) == key.spki() || PrivateKey::parse(der).is_ok_and(|found| found == *key)
    };
    found.len() == row.keys.len()
        && row
            .keys
            .iter()
            .all(|key| found.iter().any(|der| same(der, key)))
}

fn sorted<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort_unstable();
    all
}

fn once(all: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = all.into_iter().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Prints the table; gives what is not as expected, and how many cells there are.
pub fn print(rows: &[Row], cells: &Cells) -> (Vec<String>, usize) {
    let mut wrong = Vec::new();
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut count = 0;
    let header: String = COLUMNS.iter().map(|column| format!("{column:9}")).collect();
    println!("{:36}{header}", "");
    for row in rows {
        let mut line = format!("{:36}", row.name);
        for column in COLUMNS {
            let seen = cells.get(&(column, row.name.clone()));
            let said = seen.map_or(String::new(), |seen| actual(column, row, seen));
            let (wanted, reason) = expected(column, row);
            line += &format!("{said:9}");
            count += usize::from(!said.is_empty());
            if let Some(reason) = reason {
                reasons.entry(reason).or_default().push(column);
            }
            if !wanted.contains(&said) {
                let why = seen.and_then(|seen| seen.as_ref().err());
                wrong.push(format!(
                    "{column} on {}: “{said}”, where it should be {wanted:?}; {}",
                    row.name,
                    why.map_or("it opens", String::as_str)
                ));
            }
        }
        println!("{}", line.trim_end());
    }
    println!(
        "o opens, k keys equal, c certificates equal, a aliases equal; - not there or not told"
    );
    println!(
        "legacy is openssl with -legacy, connect the way of Anaplan Connect, p12 the crate p12-keystore"
    );
    println!("x cannot:");
    for (reason, columns) in reasons {
        let columns = once(columns.into_iter().map(str::to_owned)).join(", ");
        println!("  {columns}: {reason}");
    }
    (wrong, count)
}
