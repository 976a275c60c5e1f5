//! The rooms of the house, from the bottom to the top: a file uses its own room and rooms below it, in the core and in the
//! page. What is seen is the text: paths from `crate::` and `super::`, and the `import` of a module.

use std::fs;
use std::path::{Path, PathBuf};

/// The core. Rooms in one row do not know each other. A unit test may use what stands above what it tests.
const CORE: &[&[&str]] = &[
    &["base"],
    &["asn1"],
    &["crypto"],
    &["model"],
    &["format"],
    &["container"],
    &["opening"],
    &["target"],
    &["judge"],
    &["convert"],
    &["request"],
    &["inventory"],
    &["view"],
    &["wasm"],
];

/// The page: folders of `www`, and files that are a room of their own. What acts does not know what is drawn, and what is
/// drawn acts on nothing.
const PAGE: &[&[&str]] = &[
    &["words"],
    &["words.js"],
    &["dom.js", "formats.js", "links.js", "sample", "slices.js"],
    &["worker"],
    &["state.js"],
    &["entries.js", "setup.js", "twice.js"],
    &["actions", "render"],
    &[
        "about",
        "batch",
        "details",
        "inventory",
        "report",
        "request",
        "system",
    ],
    &["page.js"],
];

#[test]
fn no_room_of_the_core_uses_a_room_above_it() {
    let climbs = climbs(CORE, &files("src", "rs", &["lib.rs"]), rust);
    assert!(climbs.is_empty(), "{}", climbs.join("\n"));
}

#[test]
fn no_room_of_the_page_uses_a_room_above_it() {
    let files = files("www", "js", &["node_modules"]);
    let climbs = climbs(PAGE, &files, javascript);
    assert!(climbs.is_empty(), "{}", climbs.join("\n"));
}

/// In a room for one job the same holds: what acts imports nothing that draws, and what draws nothing that acts.
const DRAW: [&str; 10] = [
    "report/view.js",
    "about/view.js",
    "batch/rows.js",
    "batch/view.js",
    "details/view.js",
    "inventory/table.js",
    "inventory/timeline.js",
    "request/made.js",
    "request/view.js",
    "system/view.js",
];
const ACT: [&str; 10] = [
    "report/save.js",
    "about/copy.js",
    "batch/batch.js",
    "batch/pool.js",
    "batch/work.js",
    "details/details.js",
    "inventory/inventory.js",
    "inventory/save.js",
    "request/request.js",
    "system/system.js",
];

#[test]
fn a_module_of_the_page_draws_or_acts() {
    let files = files("www", "js", &["node_modules"]);
    for name in DRAW.iter().chain(&ACT) {
        let there = files.iter().any(|(path, _)| path == name);
        assert!(there, "{name} is gone");
    }
    let both: Vec<_> = files
        .iter()
        .filter_map(|(path, text)| drawing_and_acting(path, text))
        .collect();
    assert!(both.is_empty(), "{}", both.join("\n"));
    let wrong = drawing_and_acting("request/view.js", "import { make } from './request.js';");
    assert_eq!(
        wrong.as_deref(),
        Some("request/view.js draws, and imports request/request.js")
    );
    let wrong = drawing_and_acting("batch/work.js", "import { touch } from './rows.js';");
    assert_eq!(
        wrong.as_deref(),
        Some("batch/work.js acts, and imports batch/rows.js")
    );
}

fn drawing_and_acting(path: &str, text: &str) -> Option<String> {
    let acts = |path: &str| ACT.contains(&path) || ["actions", "worker"].contains(&room(path));
    let draws = |path: &str| DRAW.contains(&path) || room(path) == "render";
    let imports = imports(path, text);
    if draws(path) {
        let wrong = imports.iter().find(|one| acts(one))?;
        return Some(format!("{path} draws, and imports {wrong}"));
    }
    if acts(path) {
        let wrong = imports.iter().find(|one| draws(one))?;
        return Some(format!("{path} acts, and imports {wrong}"));
    }
    None
}

#[test]
fn a_wrong_import_is_found() {
    let of_rust = |path: &str, text: &str| climbs(CORE, &[(path.into(), text.into())], rust);
    for text in [
        "use crate::convert::Options;",
        "use crate::{\n    base::text,\n    convert::{Options, review},\n};",
        "fn f() { crate::convert::review() }",
        "use super::super::convert::Options;",
    ] {
        let found = of_rust("model/name.rs", text);
        assert_eq!(found, ["model/name.rs: model → convert climbs"], "{text}");
        assert_eq!(of_rust("wasm/derive.rs", text), [""; 0], "{text}");
    }
    assert_eq!(
        of_rust("model/store.rs", "/// as [`crate::convert`] does"),
        [""; 0]
    );
    assert_eq!(of_rust("model/store.rs", "use super::name;"), [""; 0]);
    assert_eq!(
        of_rust("model/store.rs", "use crate::Opening;"),
        ["model/store.rs: model → Opening climbs"]
    );
    let of_page = |path: &str, text: &str| climbs(PAGE, &[(path.into(), text.into())], javascript);
    let state = "import {\n  state } from '../state.js';";
    assert_eq!(
        of_page("worker/a.js", state),
        ["worker/a.js: worker → state.js climbs"]
    );
    assert_eq!(of_page("worker/a.js", "import '../dom.js';"), [""; 0]);
    assert_eq!(
        of_page("dom.js", "await import('./worker/a.js')"),
        ["dom.js: dom.js → worker climbs"]
    );
    assert_eq!(
        of_page("state.js", "import { render } from './render/render.js';"),
        ["state.js: state.js → render climbs"]
    );
    assert_eq!(
        of_page(
            "actions/making.js",
            "import { render } from '../render/render.js';"
        ),
        ["actions/making.js: actions → render climbs"]
    );
    assert_eq!(
        of_page(
            "render/offer.js",
            "import { make } from '../actions/making.js';"
        ),
        ["render/offer.js: render → actions climbs"]
    );
    assert_eq!(
        of_page("words.js", "import { on } from './dom.js'"),
        ["words.js: words.js → dom.js climbs"]
    );
}

/// What climbs: a path into a room that is neither the file's own nor in a row below it.
fn climbs(
    rooms: &[&[&str]],
    files: &[(String, String)],
    uses: fn(&str, &str) -> Vec<String>,
) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files {
        let own = room(path);
        let Some(rank) = place(rooms, own) else {
            found.push(format!("{path}: {own} has no place in the table"));
            continue;
        };
        for used in uses(path, text) {
            if used != own && place(rooms, &used).is_none_or(|used| used >= rank) {
                found.push(format!("{path}: {own} → {used} climbs"));
            }
        }
    }
    found.dedup();
    found
}

fn place(rooms: &[&[&str]], room: &str) -> Option<usize> {
    rooms.iter().position(|row| row.contains(&room))
}

/// The first part of a path; of a file that lies in no folder, its name, without `.rs`.
fn room(path: &str) -> &str {
    let first = path.split('/').next().unwrap_or(path);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// The rooms that a file of the core names, comments and unit tests left out.
fn rust(path: &str, text: &str) -> Vec<String> {
    if path.ends_with("tests.rs") {
        return Vec::new();
    }
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    let code: String = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        found.extend(heads(&code[at + "crate::".len()..]));
    }
    // A file lies as deep as its path has parts; so many times `super` is the crate.
    let depth = path.trim_end_matches(".rs").split('/').count();
    let root = "super::".repeat(depth);
    for (at, _) in code.match_indices(&root) {
        // Inside a module that is written out in the file, it is the file.
        let line = code[..at].rfind('\n').map_or(0, |end| end + 1);
        if !code[line..].starts_with("    use ") {
            found.extend(heads(&code[at + root.len()..]));
        }
    }
    found
}

/// The first names of what follows `crate::`: one, or those of a group.
fn heads(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let step = |c| match c {
        '{' => 1,
        '}' => -1,
        _ => 0,
    };
    let mut depth = 1;
    let closed = |c| {
        depth += step(c);
        depth == 0
    };
    let group = &group[..group.find(closed).unwrap_or(group.len())];
    let mut depth = 0;
    let parts = group.split(|c| {
        depth += step(c);
        depth == 0 && c == ','
    });
    parts.map(name).filter(|name| !name.is_empty()).collect()
}

fn name(text: &str) -> String {
    let is_part = |c: &char| c.is_alphanumeric() || *c == '_';
    text.trim_start().chars().take_while(is_part).collect()
}

/// The rooms that a module of the page imports.
fn javascript(path: &str, text: &str) -> Vec<String> {
    let first = |path: String| path.split('/').next().unwrap_or_default().to_owned();
    imports(path, text).into_iter().map(first).collect()
}

/// The modules that a module of the page imports, by their paths below `www`.
fn imports(path: &str, text: &str) -> Vec<String> {
    // What is said to the type checker is no import.
    let mut code = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        code.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    code.push_str(rest);
    let code: String = code
        .lines()
        .filter(|line| !line.trim_start().starts_with('/'))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut found = Vec::new();
    for word in ["from '", "import '", "import('"] {
        for (at, _) in code.match_indices(word) {
            let named = code[at + word.len()..]
                .split('\'')
                .next()
                .unwrap_or_default();
            if named.starts_with('.') {
                let mut parts: Vec<&str> = path.split('/').collect();
                parts.pop();
                for part in named.split('/') {
                    match part {
                        "." => {}
                        ".." => drop(parts.pop()),
                        part => parts.push(part),
                    }
                }
                found.push(parts.join("/"));
            }
        }
    }
    found
}

/// The files of a folder and of its folders: path below it, text.
fn files(folder: &str, extension: &str, without: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut waiting: Vec<PathBuf> = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        let below = path
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        if without.contains(&below.as_str()) {
            continue;
        }
        if path.is_dir() {
            waiting.extend(
                fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else if path.extension().is_some_and(|one| one == extension) {
            found.push((below, fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    assert!(found.len() > 10, "{folder} is nearly empty");
    found
}
