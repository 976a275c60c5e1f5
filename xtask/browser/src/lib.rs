//! A browser to test and to measure the page with, and a server to give it the page.
//!
//! [W3C WebDriver](https://www.w3.org/TR/webdriver2/) is JSON over HTTP: [`Browser`] is a client of the two dozen lines
//! that takes, blocking, so that a test reads from top to bottom. [`serve`] is `cargo xtask serve` and the tests' server.

mod server;
mod webdriver;

pub use server::serve;
pub use webdriver::{Browser, Key};
