//! The keys that a reader or writer has, and the jobs of those that it wants.

use super::{KdfJob, underivable};
use crate::base::error::Error;
use crate::base::secret::SecretDer;

/// The keys that were derived so far, and the jobs that a reader came to want.
#[derive(Debug, Default)]
pub struct Keys {
    derived: Vec<(KdfJob, Result<SecretDer, Error>)>,
    wanted: Vec<KdfJob>,
}

/// A reader cannot go on: a key is wanted first, or there is an error.
#[derive(Debug)]
pub enum Stop {
    /// The jobs are noted in [`Keys`].
    Derive,
    /// For good.
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Keys {
    /// The key of this job; where it is not derived yet, the job is noted.
    ///
    /// # Errors
    ///
    /// [`Stop::Derive`] while the key is wanted; [`Stop::Failed`] where deriving it failed.
    pub fn of(&mut self, job: KdfJob) -> Result<&SecretDer, Stop> {
        match self.derived.iter().find(|(done, _)| *done == job) {
            Some((_, derived)) => match derived {
                Ok(key) if key.expose().len() == job.length => Ok(key),
                Ok(_) => Err(underivable("key-length").into()),
                Err(error) => Err(error.clone().into()),
            },
            None => {
                if !self.wanted.contains(&job) {
                    self.wanted.push(job);
                }
                Err(Stop::Derive)
            }
        }
    }

    /// The jobs noted since this was last asked.
    pub fn take_wanted(&mut self) -> Vec<KdfJob> {
        std::mem::take(&mut self.wanted)
    }

    /// Adds a derived key, or why there is none: the reader or writer that wants it fails with that error.
    pub fn supply(&mut self, job: KdfJob, key: Result<SecretDer, Error>) {
        self.derived.push((job, key));
    }
}
