//! A person's text inside the lines of another language, so that it stays one value there.

/// A value inside `set "NAME=value"` of a Windows batch file: a percent sign would start a variable, a double quote would
/// end the value.
pub(super) fn batch(value: &str) -> String {
    value.replace('%', "%%").replace('"', "\"\"")
}

/// A word of a POSIX shell, its quotes with it.
pub(super) fn shell(value: &str) -> String {
    format!("'{}'", value.replace('\'', r"'\''"))
}

/// A string of PowerShell, its quotes with it; PowerShell takes typographic quotes for its own too.
pub(super) fn powershell(value: &str) -> String {
    let mut text = String::from("'");
    for c in value.chars() {
        if matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}') {
            text.push(c);
        }
        text.push(c);
    }
    text + "'"
}

/// A value of a Java properties file: a backslash escapes, and beyond ASCII Java 8 reads Latin-1.
pub(super) fn properties(value: &str) -> String {
    let mut text = String::new();
    for unit in value.encode_utf16() {
        match char::from_u32(unit.into()) {
            Some('\\') => text.push_str(r"\\"),
            Some(c) if c == ' ' && text.is_empty() => text.push_str(r"\ "),
            Some(c) if (' '..='~').contains(&c) => text.push(c),
            _ => text.push_str(&format!("\\u{unit:04X}")),
        }
    }
    text
}

/// A value of an XML attribute.
pub(super) fn xml(value: &str) -> String {
    let mut text = String::new();
    for c in value.chars() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '"' => text.push_str("&quot;"),
            _ => text.push(c),
        }
    }
    text
}

/// A double-quoted string of JSON, which YAML, Python, JavaScript and C# read alike.
pub(super) fn json(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_quotes() {
        let hostile = r#"it's 100% "me"; rm -rf / & <x> \ ’"#;
        assert_eq!(batch(hostile), r#"it's 100%% ""me""; rm -rf / & <x> \ ’"#);
        assert_eq!(shell(hostile), r#"'it'\''s 100% "me"; rm -rf / & <x> \ ’'"#);
        assert_eq!(
            powershell(hostile),
            r#"'it''s 100% "me"; rm -rf / & <x> \ ’’'"#
        );
        assert_eq!(
            properties(hostile),
            r#"it's 100% "me"; rm -rf / & <x> \\ \u2019"#
        );
        assert_eq!(
            xml(hostile),
            r#"it's 100% &quot;me&quot;; rm -rf / &amp; &lt;x> \ ’"#
        );
        assert_eq!(json(hostile), r#""it's 100% \"me\"; rm -rf / & <x> \\ ’""#);
        assert_eq!(properties(" é"), r"\ \u00E9");
    }
}
