//! `cargo xtask bench`
use anyhow::Result;

pub fn bench(_names: &[&str]) -> Result<()> {
    crate::build::build()
}
