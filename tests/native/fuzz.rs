//! The fuzz targets without a fuzzer: each runs its seeds, and changes of them that are the same each time.
//!
//! `cargo xtask soak` gives the same functions to libFuzzer, for as long as it is told.

#[allow(dead_code, reason = "libFuzzer's targets use the rest")]
#[path = "../../fuzz/src/lib.rs"]
mod bodies;

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use crate::support::corpus::corpus;
use crate::support::each;

/// Changed files that each target runs.
const CHANGED: usize = 1_000;

/// Longest file that is a seed.
const LENGTH: u64 = 16 << 10;

/// Each target and its seeds' names, as libFuzzer has them.
const SEEDS: &str = include_str!("../../fuzz/seeds");

macro_rules! targets {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            run(stringify!($name));
        })*

        #[test]
        fn every_target_has_a_test() {
            let tests = [$(stringify!($name)),*];
            assert_eq!(bodies::targets::ALL.map(|(name, _)| name), tests);
            let seeds: Vec<&str> = rows().map(|(name, _)| name).collect();
            assert_eq!(seeds, tests);
        }
    };
}

targets! { recognise_and_parse pkcs12_unlock pem jks cms x509 pkcs8 bks_bcfks round_trip }

fn run(name: &str) {
    let mut all = bodies::targets::ALL.into_iter();
    let (_, target) = all.find(|(other, _)| *other == name).expect("it is one");
    let seeds = seeds(name);
    assert!(!seeds.is_empty(), "{name} has no seed");
    let mut random = Random::new(name);
    let changed: Vec<Vec<u8>> = (0..CHANGED).map(|_| changed(&mut random, &seeds)).collect();
    let inputs: Vec<&Vec<u8>> = seeds.iter().chain(&changed).collect();
    let failed: Vec<usize> = each(&inputs, |input| {
        panic::catch_unwind(AssertUnwindSafe(|| target(input))).is_err()
    })
    .into_iter()
    .enumerate()
    .filter_map(|(index, failed)| failed.then_some(index))
    .collect();
    println!("{name}: {} seeds, {CHANGED} changes of them", seeds.len());
    if let Some(first) = failed.first() {
        let path = std::env::temp_dir().join(format!("keyferry-fuzz-{name}"));
        fs::write(&path, inputs[*first]).expect("the folder for scratch files takes one");
        panic!("{} inputs fail; one is {}", failed.len(), path.display());
    }
}

/// Each target's name and patterns.
fn rows() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let lines = SEEDS.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let mut words = line.split_whitespace();
        let name = words.next().expect("a line begins with a name");
        (name, words.collect())
    })
}

/// The vectors, and the files of the corpus where there is one, that are a target's seeds.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let (_, patterns) = rows()
        .find(|(name, _)| *name == target)
        .expect("it has a line");
    let mut seeds = Vec::new();
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    walk(&vectors, &patterns, &mut seeds);
    if let Some((root, _)) = corpus() {
        walk(&root, &patterns, &mut seeds);
    }
    seeds
}

fn walk(folder: &Path, patterns: &[&str], seeds: &mut Vec<Vec<u8>>) {
    let inside = fs::read_dir(folder).expect("the folder is there");
    let mut inside: Vec<_> = inside.map(|entry| entry.expect("it is whole")).collect();
    inside.sort_by_key(fs::DirEntry::file_name);
    for entry in inside {
        let data = entry.metadata().expect("a file has a length");
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if data.is_dir() && name != "make" {
            walk(&entry.path(), patterns, seeds);
        } else if data.is_file() && data.len() <= LENGTH && fits(&name, patterns) {
            seeds.push(fs::read(entry.path()).expect("a vector can be read"));
        }
    }
}

/// Whether a name is as one of the patterns says, each with one star.
fn fits(name: &str, patterns: &[&str]) -> bool {
    patterns.iter().any(|pattern| {
        let (begins, ends) = pattern.split_once('*').expect("a pattern has a star");
        name.strip_prefix(begins)
            .is_some_and(|rest| rest.ends_with(ends))
    })
}

/// A seed with one to four changes: a bit, a byte, a stretch out, twice, or from another seed, or an early end.
fn changed(random: &mut Random, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        let end = at + random.below(bytes.len() - at).min(64) + 1;
        match random.below(6) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = [0, 1, 0x7f, 0x80, 0x81, 0x84, 0xff][random.below(7)],
            2 => drop(bytes.drain(at..end)),
            3 => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
            4 => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len().max(1)).min(other.len());
                let to = other.len().min(from + 64);
                drop(bytes.splice(at..end, other[from..to].iter().copied()));
            }
            _ => bytes.truncate(at),
        }
    }
    bytes
}

/// xorshift64: the same numbers for the same name.
struct Random(u64);

impl Random {
    fn new(name: &str) -> Self {
        // FNV-1a, which is never zero for these names.
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(hash)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}
