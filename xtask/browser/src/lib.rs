//! A browser to test and to measure the page with, and a server to give it the page.

mod server;
mod webdriver;

pub use server::{serve, serve_connected};
pub use webdriver::{Browser, Key, poll};
