//! Reads the types that serde writes or reads out of Rust source, as rustfmt lays it out: one field or variant a line.
//!
//! It knows as much of Rust and serde as stands in these types, and stops with the line where there is more.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::shape::{Field, Shape, Type};

/// Every type under a folder that serde writes or reads, by its name.
pub fn shapes(folder: &Path) -> BTreeMap<String, Shape> {
    let mut found = BTreeMap::new();
    for path in sources(folder) {
        let text = fs::read_to_string(&path).expect("the source can be read");
        for shape in in_source(&text) {
            let name = shape.name.clone();
            let known = found.insert(name.clone(), shape);
            assert!(known.is_none(), "{}: there are two {name}", path.display());
        }
    }
    found
}

fn sources(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).expect("the folder can be read");
    for path in entries.map(|entry| entry.expect("it can be read").path()) {
        match path.is_dir() {
            true => found.extend(sources(&path)),
            false if path.extension().is_some_and(|it| it == "rs") => found.push(path),
            false => {}
        }
    }
    found.sort();
    found
}

/// The types of one file.
pub fn in_source(text: &str) -> Vec<Shape> {
    let mut found = Vec::new();
    let mut lines = text.lines().map(str::trim_end);
    let mut above = Above::default();
    while let Some(line) = lines.next() {
        // Types inside functions and tests are nobody else's.
        if above.take(line, &mut lines) {
            continue;
        }
        let item = line.strip_prefix("pub ").unwrap_or(line);
        let item = item.strip_prefix("pub(super) ").unwrap_or(item);
        let kind = item.split_once(' ').filter(|_| above.is_serde());
        match kind {
            Some(("struct", rest)) => found.push(structure(name_of(rest), &above, &mut lines)),
            Some(("enum", rest)) => found.push(choice(name_of(rest), &above, &mut lines)),
            _ => {}
        }
        above = Above::default();
    }
    found
}

fn name_of(rest: &str) -> &str {
    let end = rest.find(|c: char| !c.is_alphanumeric());
    &rest[..end.unwrap_or(rest.len())]
}

/// What stands above an item: its docs and its attributes.
#[derive(Default)]
struct Above {
    docs: Vec<String>,
    attributes: String,
}

impl Above {
    /// Takes a line that belongs above an item, and those on which its attribute goes on.
    fn take<'t>(&mut self, line: &str, lines: &mut impl Iterator<Item = &'t str>) -> bool {
        let line = line.trim_start();
        if let Some(doc) = line.strip_prefix("///") {
            self.docs.push(doc.trim().to_owned());
            return true;
        }
        if line.starts_with("#[") {
            self.attributes.push_str(line);
            let mut last = line;
            while !last.ends_with(']') {
                last = lines.next().expect("an attribute ends").trim();
                self.attributes.push_str(last);
            }
            return true;
        }
        line.starts_with("//")
    }

    fn is_serde(&self) -> bool {
        self.attributes.contains("Serialize") || self.is_read_only()
    }

    /// Whether serde reads it and never writes it.
    fn is_read_only(&self) -> bool {
        let derives = |name: &str| {
            let words = self.attributes.split(|c: char| !c.is_alphanumeric());
            words.into_iter().any(|word| word == name)
        };
        derives("Deserialize") && !derives("Serialize")
    }

    /// Whether serde is told this.
    fn says(&self, word: &str) -> bool {
        self.serde().any(|part| part == word)
    }

    /// What serde is told to take for this.
    fn value(&self, name: &str) -> Option<&str> {
        let parts = self.serde();
        let values = parts.filter_map(|part| part.split_once(" = "));
        let mut named = values.filter(|(own, _)| *own == name);
        named.next().map(|(_, value)| value.trim_matches('"'))
    }

    fn serde(&self) -> impl Iterator<Item = &str> {
        let attributes = self.attributes.split("#[serde(").skip(1);
        let inside = attributes.filter_map(|rest| rest.split(")]").next());
        inside.flat_map(|inside| inside.split(',')).map(str::trim)
    }
}

fn structure<'t>(name: &str, above: &Above, lines: &mut impl Iterator<Item = &'t str>) -> Shape {
    let mut object = fields("", above, lines);
    if let (Some(tag), Some(value)) = (above.value("tag"), above.value("rename")) {
        object.insert(0, Field::tag(tag, value));
    }
    Shape {
        name: name.to_owned(),
        docs: above.docs.clone(),
        body: Type::Object(object),
    }
}

/// The fields up to the closing brace.
fn fields<'t>(
    indent: &str,
    container: &Above,
    lines: &mut impl Iterator<Item = &'t str>,
) -> Vec<Field> {
    let mut found = Vec::new();
    let mut above = Above::default();
    while let Some(line) = lines.next() {
        if line == format!("{indent}}}") || line == format!("{indent}}},") {
            break;
        }
        if above.take(line, lines) {
            continue;
        }
        let line = line.trim().trim_end_matches(',');
        let line = line.strip_prefix("pub ").unwrap_or(line);
        let (name, written) = line
            .split_once(": ")
            .unwrap_or_else(|| panic!("no field: {line}"));
        let read_only = container.is_read_only();
        let may_lack = above.says("default") || container.says("default");
        found.push(Field {
            name: above.value("rename").unwrap_or(name).to_owned(),
            docs: above.docs.clone(),
            optional: above.value("skip_serializing_if").is_some()
                || read_only && (may_lack || written.starts_with("Option<")),
            flat: above.says("flatten"),
            // What is left out is not null.
            of: match above.value("skip_serializing_if") {
                Some(_) => type_of(inside(written, "Option<").expect("an option")),
                None => type_of(written),
            },
        });
        above = Above::default();
    }
    found
}

fn choice<'t>(name: &str, above: &Above, lines: &mut impl Iterator<Item = &'t str>) -> Shape {
    let mut choices = Vec::new();
    let mut own = Above::default();
    while let Some(line) = lines.next() {
        if line == "}" {
            break;
        }
        if own.take(line, lines) {
            continue;
        }
        let line = line.trim().trim_end_matches(',');
        let variant = name_of(line);
        let called = match (own.value("rename"), above.value("rename_all")) {
            (Some(name), _) => name.to_owned(),
            (None, Some("kebab-case")) => kebab(variant),
            (None, Some("lowercase")) => variant.to_lowercase(),
            (None, None) => variant.to_owned(),
            (None, Some(other)) => panic!("{name}: {other} is not known"),
        };
        let rest = &line[variant.len()..];
        choices.push(match (rest, above.value("tag")) {
            ("", _) => Type::Literal(called),
            (" {", Some(tag)) => {
                let mut object = fields("    ", &Above::default(), lines);
                object.insert(0, Field::tag(tag, &called));
                Type::Object(object)
            }
            (" {", None) => {
                let object = Type::Object(fields("    ", &Above::default(), lines));
                Type::Object(vec![Field::plain(&called, object)])
            }
            _ if above.says("untagged") => {
                type_of(inside(rest, "(").unwrap_or_else(|| panic!("{name}: {line}")))
            }
            _ => panic!("{name}: {line} is not known"),
        });
        own = Above::default();
    }
    Shape {
        name: name.to_owned(),
        docs: above.docs.clone(),
        body: Type::Union(choices),
    }
}

fn kebab(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.extend(c.to_lowercase());
    }
    text
}

/// A type of Rust as JSON has it.
fn type_of(written: &str) -> Type {
    let written = written.trim();
    let plain = written.strip_prefix("&'static ").unwrap_or(written);
    for transparent in ["Box<", "Cow<'static, ", "Arc<", "std::sync::Arc<"] {
        if let Some(inner) = inside(plain, transparent) {
            return type_of(inner);
        }
    }
    if let Some(inner) = inside(plain, "Option<") {
        return Type::Union(vec![type_of(inner), Type::Null]);
    }
    if let Some(inner) = inside(plain, "Vec<") {
        return Type::List(Box::new(type_of(inner)));
    }
    if let Some(inner) = inside(plain, "BTreeMap<").or_else(|| inside(plain, "Map<")) {
        let (key, value) = inner.split_once(", ").expect("a key and a value");
        return Type::Record(Box::new(type_of(key)), Box::new(type_of(value)));
    }
    match plain {
        "String" | "str" | "char" => Type::String,
        "bool" => Type::Boolean,
        "Value" => Type::Unknown,
        "u8" | "u16" | "u32" | "u64" | "usize" | "i64" => Type::Number,
        name if name.chars().all(char::is_alphanumeric) => Type::Named(name.to_owned()),
        other => panic!("the type {other} is not known"),
    }
}

fn inside<'t>(text: &'t str, before: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(before)?;
    rest.strip_suffix(['>', ')'])
}
