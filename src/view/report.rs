//! What a batch leaves behind: a folder for each identity, and `report.csv`, which says what became of every file. No password
//! is in it.

use serde::Deserialize;

use crate::base::error::Severity;
use crate::base::file_name::folders;
use crate::inventory::csv;

/// A file of a batch and what became of it. What else the page keeps of it is no part of the report and passed over.
#[derive(Debug, Clone, Deserialize)]
pub struct BatchFile {
    /// Its name, with the folders it came in.
    pub name: String,
    /// What became of it, in a word.
    pub state: String,
    /// Why it, or a part of it, was not converted.
    pub error: Option<BatchFailure>,
    /// What is to be said of the file itself.
    pub findings: Vec<BatchFinding>,
    /// What was in it.
    pub identities: Vec<BatchIdentity>,
}

/// What one conversion made of a file.
#[derive(Debug, Clone, Deserialize)]
pub struct BatchIdentity {
    /// Its alias; empty where several entries went together.
    pub alias: String,
    /// The names of the files that were made.
    pub files: Vec<BatchName>,
    /// Why it was not converted.
    pub error: Option<BatchFailure>,
    /// What is to be said of it.
    pub findings: Vec<BatchFinding>,
    /// What became of it, in a word or two.
    pub status: String,
    /// The lines to paste that it has for itself; empty where it has none.
    pub lines: String,
}

/// A file that was made.
#[derive(Debug, Clone, Deserialize)]
pub struct BatchName {
    /// What it is to be saved as.
    pub name: String,
}

/// Why something was not converted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BatchFailure {
    /// The fact.
    pub message: String,
    /// The next step, where there is one.
    #[serde(default)]
    pub hint: Option<String>,
}

/// What is to be said of something.
#[derive(Debug, Clone, Deserialize)]
pub struct BatchFinding {
    /// How much it matters.
    pub severity: Severity,
    /// The fact.
    pub message: String,
}

/// What an archive of a batch holds, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The name of each, and what it is.
    pub parts: Vec<(String, ReportPart)>,
    /// The folders, in their order.
    pub folders: Vec<String>,
}

/// What a file of the archive is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportPart {
    /// The next of the files that were made.
    Made,
    /// This text.
    Text(String),
}

const HEADER: [&str; 6] = ["file", "alias", "status", "files", "reason", "findings"];

/// What the report is called.
const REPORT: &str = "report.csv";

/// What the file with an identity's own lines is called.
const LINES: &str = "lines-to-paste.txt";

impl Report {
    /// The report of a batch, and where its files lie.
    pub fn of(files: &[BatchFile]) -> Self {
        let mut lines = vec![HEADER.map(str::to_owned)];
        let mut parts = Vec::new();
        let folders = folders(&wanted(files), &[REPORT]);
        let mut next = folders.iter();
        for file in files {
            lines.extend(whole_file(file));
            for identity in &file.identities {
                let folder = match identity.files.is_empty() {
                    true => "",
                    false => next.next().map(String::as_str).unwrap_or_default(),
                };
                let names = identity.files.iter();
                let inside: Vec<String> = names
                    .map(|made| format!("{folder}/{}", made.name))
                    .collect();
                parts.extend(inside.iter().map(|name| (name.clone(), ReportPart::Made)));
                if !identity.lines.is_empty() && !folder.is_empty() {
                    let text = ReportPart::Text(identity.lines.clone());
                    parts.push((format!("{folder}/{LINES}"), text));
                }
                lines.push([
                    file.name.clone(),
                    identity.alias.clone(),
                    identity.status.clone(),
                    inside.join("; "),
                    reason(identity.error.as_ref()),
                    told(&identity.findings),
                ]);
            }
        }
        parts.insert(0, (REPORT.to_owned(), ReportPart::Text(csv::lines(lines))));
        Self { parts, folders }
    }
}

/// The line of what concerns the file itself: all of it, or the part that stayed closed.
fn whole_file(file: &BatchFile) -> Option<[String; 6]> {
    let of_identity = |error: &&BatchFailure| {
        let mut errors = file.identities.iter().map(|identity| &identity.error);
        errors.any(|own| own.as_ref() == Some(*error))
    };
    let error = file.error.as_ref().filter(|error| !of_identity(error));
    let status = match (file.identities.is_empty(), error) {
        (true, _) => file.state.clone(),
        (false, Some(_)) => "failed".to_owned(),
        (false, None) => return None,
    };
    Some([
        file.name.clone(),
        String::new(),
        status,
        String::new(),
        reason(error),
        told(&file.findings),
    ])
}

/// What a person would call each folder: as the file without its extension, and of several identities each by its alias.
fn wanted(files: &[BatchFile]) -> Vec<String> {
    let of_file = |file: &BatchFile| -> Vec<String> {
        let base = file.name.rsplit('/').next().unwrap_or_default();
        let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
        let made = file.identities.iter().filter(|one| !one.files.is_empty());
        let called = made.map(|one| match file.identities.len() {
            1 => stem.to_owned(),
            _ => format!("{stem}-{}", one.alias),
        });
        called.collect()
    };
    files.iter().flat_map(of_file).collect()
}

fn reason(failure: Option<&BatchFailure>) -> String {
    let parts = failure.map(|failure| [Some(&failure.message), failure.hint.as_ref()]);
    sentences(parts.into_iter().flatten().flatten())
}

/// What a person should act on.
fn told(findings: &[BatchFinding]) -> String {
    let due = findings
        .iter()
        .filter(|finding| finding.severity != Severity::Info);
    sentences(due.map(|finding| &finding.message))
}

/// One after the other, each with its full stop.
fn sentences<'s>(all: impl Iterator<Item = &'s String>) -> String {
    let said = all.filter(|sentence| !sentence.is_empty());
    let ended = said.map(|sentence| match sentence.ends_with(['.', '!', '?']) {
        true => sentence.clone(),
        false => format!("{sentence}."),
    });
    ended.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn report(files: serde_json::Value) -> Report {
        let files: Vec<BatchFile> = serde_json::from_value(files).unwrap();
        Report::of(&files)
    }

    fn identity(alias: &str) -> serde_json::Value {
        json!({ "alias": alias, "files": [{ "name": "key.pem" }], "error": null, "findings": [],
            "status": "done", "lines": "" })
    }

    fn file(name: &str, identities: serde_json::Value) -> serde_json::Value {
        json!({ "name": name, "state": "done", "error": null, "findings": [], "identities": identities })
    }

    fn names(report: &Report) -> Vec<&str> {
        report.parts.iter().map(|(name, _)| name.as_str()).collect()
    }

    fn lines(report: &Report) -> Vec<&str> {
        match &report.parts[0] {
            (name, ReportPart::Text(text)) if name == "report.csv" => {
                text.trim_start_matches('\u{feff}').lines().collect()
            }
            other => panic!("no report first: {other:?}"),
        }
    }

    #[test]
    fn each_identity_has_a_folder_that_every_system_can_save() {
        let several = json!([identity("scott"), identity("ann: 1")]);
        let made = report(json!([
            file("in/a.p12", json!([identity("x")])),
            file("out/A.pfx", json!([identity("x")])),
            file("b.jks", several),
            file("nul.pem", json!([identity("x")])),
            file("...", json!([identity("x")])),
            file("report.csv.pem", json!([identity("x")])),
        ]));
        assert_eq!(
            names(&made),
            [
                "report.csv",
                "a/key.pem",
                "A-2/key.pem",
                "b-scott/key.pem",
                "b-ann_ 1/key.pem",
                "_nul/key.pem",
                "_/key.pem",
                "report.csv-2/key.pem",
            ]
        );
        assert_eq!(lines(&made)[1], "in/a.p12,x,done,a/key.pem,,");
    }

    #[test]
    fn what_concerns_the_file_itself_has_a_line_of_its_own() {
        let locked =
            json!({ "code": "password-needed", "message": "It is locked.", "hint": "Type it" });
        let mut partly = file("a.pem", json!([identity("x")]));
        partly["error"] = locked.clone();
        partly["findings"] = json!([{ "severity": "warning", "message": "W" }, { "severity": "info", "message": "I" }]);
        let mut failed = file("b.pem", json!([identity("y")]));
        failed["identities"][0]["error"] = locked.clone();
        failed["identities"][0]["files"] = json!([]);
        failed["identities"][0]["status"] = "failed".into();
        failed["error"] = locked.clone();
        let mut closed = file("c.pem", json!([]));
        closed["state"] = "failed".into();
        closed["error"] = locked;
        let made = report(json!([partly, failed, closed]));
        assert_eq!(
            lines(&made)[1..],
            [
                "a.pem,,failed,,It is locked. Type it.,W.",
                "a.pem,x,done,a/key.pem,,",
                "b.pem,y,failed,,It is locked. Type it.,",
                "c.pem,,failed,,It is locked. Type it.,",
            ]
        );
    }

    #[test]
    fn own_lines_lie_beside_the_files() {
        let mut own = identity("x");
        own["lines"] = "Title\n\ncurl".into();
        own["status"] = "will be refused".into();
        let made = report(json!([file("a.pem", json!([own]))]));
        let text = ReportPart::Text("Title\n\ncurl".into());
        assert_eq!(made.parts[1], ("a/key.pem".into(), ReportPart::Made));
        assert_eq!(made.parts[2], ("a/lines-to-paste.txt".into(), text));
        assert_eq!(lines(&made)[1], "a.pem,x,will be refused,a/key.pem,,");
    }
}
