//! Shapes of JSON: written as TypeScript, and held against JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::Value;

/// A type that has a name.
pub struct Shape {
    pub name: String,
    pub docs: Vec<String>,
    pub body: Type,
}

/// A type of JSON.
#[derive(Clone)]
pub enum Type {
    Boolean,
    List(Box<Type>),
    Literal(String),
    Named(String),
    Null,
    Number,
    Object(Vec<Field>),
    Record(Box<Type>, Box<Type>),
    String,
    Union(Vec<Type>),
    Unknown,
}

/// A member of an object; of a flat one the members stand in its place.
#[derive(Clone)]
pub struct Field {
    pub name: String,
    pub docs: Vec<String>,
    pub optional: bool,
    pub flat: bool,
    pub of: Type,
}

impl Field {
    pub fn plain(name: &str, of: Type) -> Self {
        Self {
            name: name.to_owned(),
            docs: Vec::new(),
            optional: false,
            flat: false,
            of,
        }
    }

    /// What tells one object from others.
    pub fn tag(name: &str, value: &str) -> Self {
        Self::plain(name, Type::Literal(value.to_owned()))
    }
}

/// The shapes that these are made of, and themselves.
pub fn reached<'s>(roots: &[&'s str], shapes: &'s BTreeMap<String, Shape>) -> BTreeSet<&'s str> {
    let mut found = BTreeSet::new();
    let mut due: Vec<&str> = roots.to_vec();
    while let Some(name) = due.pop() {
        if found.insert(name) {
            let shape = shapes.get(name);
            let shape = shape.unwrap_or_else(|| panic!("there is no type {name} for serde"));
            named(&shape.body, &mut due);
        }
    }
    found
}

fn named<'s>(body: &'s Type, names: &mut Vec<&'s str>) {
    match body {
        Type::List(of) => named(of, names),
        Type::Named(name) => names.push(name),
        Type::Object(fields) => fields.iter().for_each(|field| named(&field.of, names)),
        Type::Record(key, value) => [key, value].iter().for_each(|part| named(part, names)),
        Type::Union(choices) => choices.iter().for_each(|choice| named(choice, names)),
        _ => {}
    }
}

impl Shape {
    /// As TypeScript declares it.
    pub fn declared(&self, shapes: &BTreeMap<String, Shape>) -> String {
        let mut text = documented(&self.docs, "");
        let name = &self.name;
        match &self.body {
            Type::Object(fields) => {
                let flat = fields.iter().filter(|field| field.flat);
                let flat: Vec<String> = flat.map(|field| field.of.text("")).collect();
                let bases = match flat.is_empty() {
                    true => String::new(),
                    false => format!(" extends {}", flat.join(", ")),
                };
                let own = members(fields, "");
                // An interface cannot extend what is one of several.
                let is_object = |field: &Field| match &field.of {
                    Type::Named(name) => matches!(shapes[name].body, Type::Object(_)),
                    _ => false,
                };
                match fields.iter().filter(|field| field.flat).all(is_object) {
                    true => text.push_str(&format!("export interface {name}{bases} {own}\n")),
                    false => {
                        let flat = flat.join(" & ");
                        text.push_str(&format!("export type {name} = {flat} & {own};\n"));
                    }
                }
            }
            Type::Union(choices) => {
                let choices = choices.iter().map(|choice| choice.text(""));
                let choices: Vec<String> = choices.collect();
                let line = format!("export type {name} = {};\n", choices.join(" | "));
                match line.len() > 120 || line.contains("{") {
                    true => {
                        writeln!(text, "export type {name} =").expect("text");
                        let indented = choices.iter().map(|one| one.replace('\n', "\n    "));
                        let lines: Vec<String> = indented.map(|one| format!("  | {one}")).collect();
                        writeln!(text, "{};", lines.join("\n")).expect("text");
                    }
                    false => text.push_str(&line),
                }
            }
            _ => unreachable!("a type with a name is a struct or an enum"),
        }
        text
    }
}

/// An object's own members in braces.
fn members(fields: &[Field], indent: &str) -> String {
    let mut text = "{\n".to_owned();
    for field in fields.iter().filter(|field| !field.flat) {
        let inner = format!("{indent}  ");
        text.push_str(&documented(&field.docs, &inner));
        let mark = if field.optional { "?" } else { "" };
        let of = field.of.text(&inner);
        writeln!(text, "{inner}{}{mark}: {of};", field.name).expect("text");
    }
    text + indent + "}"
}

fn documented(docs: &[String], indent: &str) -> String {
    let text = docs.join(" ").replace("[`", "`").replace("`]", "`");
    let line = format!("{indent}/** {text} */\n");
    match (docs.is_empty(), line.chars().count() > 125) {
        (true, _) => String::new(),
        (false, false) => line,
        (false, true) => {
            let lines: Vec<String> = docs
                .iter()
                .map(|doc| format!("{indent} * {doc}\n"))
                .collect();
            format!("{indent}/**\n{}{indent} */\n", lines.concat())
        }
    }
}

impl Type {
    /// As TypeScript writes it.
    fn text(&self, indent: &str) -> String {
        match self {
            Self::Boolean => "boolean".into(),
            Self::List(of) => match &**of {
                Self::Union(_) => format!("({})[]", of.text(indent)),
                _ => format!("{}[]", of.text(indent)),
            },
            Self::Literal(value) => format!("'{value}'"),
            Self::Named(name) => name.clone(),
            Self::Null => "null".into(),
            Self::Number => "number".into(),
            Self::Object(fields) => members(fields, indent),
            Self::Record(key, value) => match &**key {
                Self::Named(_) => format!("Partial<Record<{}, {}>>", key.text(""), value.text("")),
                _ => format!("Record<{}, {}>", key.text(""), value.text("")),
            },
            Self::String => "string".into(),
            Self::Union(choices) => {
                let choices: Vec<String> = choices.iter().map(|one| one.text(indent)).collect();
                choices.join(" | ")
            }
            Self::Unknown => "unknown".into(),
        }
    }

    /// Whether JSON has this type: every member known, and none missing.
    pub fn admits(&self, value: &Value, shapes: &BTreeMap<String, Shape>) -> bool {
        match self {
            Self::Boolean => value.is_boolean(),
            Self::List(of) => value
                .as_array()
                .is_some_and(|all| all.iter().all(|one| of.admits(one, shapes))),
            Self::Literal(text) => value == text.as_str(),
            Self::Named(name) => shapes[name].body.admits(value, shapes),
            Self::Null => value.is_null(),
            Self::Number => value.is_number(),
            Self::Object(_) => {
                let (Some(object), members) = (value.as_object(), self.members(shapes)) else {
                    return false;
                };
                let known = |name: &String| members.iter().any(|member| member.name == *name);
                object.keys().all(known)
                    && members.iter().all(|member| match object.get(&member.name) {
                        Some(value) => member.of.admits(value, shapes),
                        None => member.optional,
                    })
            }
            Self::Record(key, of) => value.as_object().is_some_and(|all| {
                all.iter().all(|(name, one)| {
                    key.admits(&Value::from(name.as_str()), shapes) && of.admits(one, shapes)
                })
            }),
            Self::String => value.is_string(),
            Self::Union(choices) => choices.iter().any(|one| one.admits(value, shapes)),
            Self::Unknown => true,
        }
    }

    /// The members of an object, those of flat ones too.
    fn members<'s>(&'s self, shapes: &'s BTreeMap<String, Shape>) -> Vec<&'s Field> {
        match self {
            Self::Named(name) => shapes[name].body.members(shapes),
            Self::Object(fields) => {
                let of = |field: &'s Field| match field.flat {
                    true => field.of.members(shapes),
                    false => vec![field],
                };
                fields.iter().flat_map(of).collect()
            }
            _ => unreachable!("only an object is laid flat into another"),
        }
    }
}
