//! A file of several parts: the blocks of a text, the entries of an archive. One that cannot be read hides no other.

use crate::base::error::{Error, Finding, Severity};
use crate::base::format::Maker;
use crate::base::secret::Password;
use crate::container::parsed::Parsed;
use crate::crypto::kdf::{Keys, Stop};
use crate::model::store::{Contents, Locked};

/// Most parts that a file may have; the longest list of roots in the field has a few hundred.
const PART_LIMIT: usize = 10_000;

/// The parts of a file, each under its name where it has one.
#[derive(Default)]
pub(crate) struct Parts {
    read: Vec<(Option<String>, Parsed)>,
    unread: usize,
    first_unread: Option<(Option<String>, Error)>,
    findings: Vec<Finding>,
}

impl Parts {
    /// Takes a part, or the reason for which it cannot be read.
    ///
    /// # Errors
    ///
    /// [`Error::TooComplex`] past the limit on parts.
    pub(crate) fn push(
        &mut self,
        name: Option<String>,
        part: Result<Parsed, Error>,
    ) -> Result<(), Error> {
        match part {
            Ok(_) if self.read.len() == PART_LIMIT => Err(Error::TooComplex { limit: "parts" }),
            Ok(parsed) => {
                self.read.push((name, parsed));
                Ok(())
            }
            Err(error) => {
                self.unread += 1;
                self.first_unread.get_or_insert((name, error));
                Ok(())
            }
        }
    }

    /// Whether there is no part, read or unread.
    pub(crate) fn is_empty(&self) -> bool {
        self.read.is_empty() && self.unread == 0
    }

    /// What a person should know whatever the parts hold.
    pub(crate) fn note(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The parts, if one can be read.
    ///
    /// # Errors
    ///
    /// The error of the first part where no part can be read; `none` where there is no part.
    pub(crate) fn finish(mut self, none: Error) -> Result<Self, Error> {
        match (self.read.is_empty(), self.first_unread.take()) {
            (true, first) => Err(first.map_or(none, |(_, error)| error)),
            (false, None) => Ok(self),
            (false, Some((name, error))) => {
                self.findings
                    .push(unread(self.unread, name.as_deref(), &error));
                Ok(self)
            }
        }
    }
}

/// What is said of parts that cannot be read beside others that can; `name` and `error` are those of the first.
pub(crate) fn unread(count: usize, name: Option<&str>, error: &Error) -> Finding {
    let code = match (count, name) {
        (1, Some(_)) => "part-unread",
        (1, None) => "part-unread.unnamed",
        (_, Some(_)) => "part-unread.several",
        (_, None) => "part-unread.several-unnamed",
    };
    let data = serde_json::json!({
        "error": error.code(),
        "message": error.to_string(),
        "hint": error.hint(),
        "count": count,
        "name": name,
    });
    Finding::new(Severity::Warning, code, data)
}

impl Locked for Parts {
    fn cost(&self) -> u64 {
        self.read
            .iter()
            .map(|(_, part)| part.cost())
            .fold(0, u64::saturating_add)
    }

    /// Of several parts, one may come from elsewhere.
    fn maker(&self) -> Option<Maker> {
        match &self.read[..] {
            [(_, part)] => part.maker(),
            _ => None,
        }
    }

    fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        let mut contents = Contents {
            findings: self.findings.clone(),
            ..Contents::default()
        };
        let mut derive = false;
        for (name, part) in &self.read {
            match part.unlock(passwords, keys) {
                Ok(part) => contents.append(part),
                // Every part says at once which keys it wants, so that they are derived together.
                Err(Stop::Derive) => derive = true,
                Err(Stop::Failed(error)) => contents.locked.push((name.clone(), error)),
            }
        }
        if derive {
            return Err(Stop::Derive);
        }
        match (contents.items.is_empty(), contents.locked.is_empty()) {
            (true, false) => Err(contents.locked.swap_remove(0).1.into()),
            _ => Ok(contents),
        }
    }
}
