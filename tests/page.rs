//! The built page in Chromium, driven through WebDriver as a person would.
