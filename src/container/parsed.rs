//! Between the two phases of opening: a structure that is read, whatever it is the structure of.

use crate::base::format::Maker;
use crate::base::secret::Password;
use crate::crypto::kdf::{Keys, Stop};
use crate::model::store::{Contents, Locked};

/// A file whose structure is read.
pub(crate) enum Parsed {
    /// Something in it may be encrypted.
    Locked(Box<dyn Locked>),
    /// Nothing in it is encrypted.
    Open(Contents),
}

impl Parsed {
    /// What may have encrypted parts.
    pub(crate) fn locked(locked: impl Locked + 'static) -> Self {
        Self::Locked(Box::new(locked))
    }

    /// Iterations that one try of one password costs.
    pub(crate) fn cost(&self) -> u64 {
        match self {
            Self::Locked(locked) => locked.cost(),
            Self::Open(_) => 0,
        }
    }

    /// The program that wrote it, where its structure shows that.
    pub(crate) fn maker(&self) -> Option<Maker> {
        match self {
            Self::Locked(locked) => locked.maker(),
            Self::Open(_) => None,
        }
    }

    /// The contents.
    ///
    /// # Errors
    ///
    /// [`Stop::Derive`] while keys are wanted, then the reason for which nothing opens.
    pub(crate) fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Contents, Stop> {
        match self {
            Self::Locked(locked) => locked.unlock(passwords, keys),
            Self::Open(contents) => Ok(contents.clone()),
        }
    }
}
