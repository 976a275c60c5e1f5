//! One object of Java's serialization (Java Object Serialization Specification, 6.4), read and never brought to life: names,
//! texts and byte arrays come out, no class is looked for and no code runs.
//!
//! ```text
//! stream   = ACED 0005 content
//! content  = 70                                         null
//!          | 71 handle                                  what was written before
//!          | 72 name, 8 bytes, class                    a class description
//!          | 73 description, field values               an object: the fields of its oldest ancestor first
//!          | 74 text  ·  7C 8-byte length, text         a text
//!          | 75 description, count, element*            an array
//!          | 76 description                             a class
//!          | 7E description, text                       a constant of an enumeration
//! class    = flags, count, (type, name, content?)*, annotation, description of the ancestor
//! annotation = (77 length, bytes | 7A 4-byte length, bytes | content)*, 78
//! ```
//!
//! Every content but null and the handles themselves gets a handle, counted from 7E0000, when it begins. An honest sealed
//! key has some twenty parts; the limits on parts, depth and ancestors keep a hostile one from costing more than its bytes.

use std::rc::Rc;

use super::WHAT;
use crate::base::error::Error;
use crate::format::java::{Cursor, from_modified_utf8};

const MAGIC: [u8; 4] = [0xac, 0xed, 0, 5];
const FIRST_HANDLE: u32 = 0x7e_0000;
const PART_LIMIT: usize = 10_000;
const DEPTH_LIMIT: usize = 32;

/// A value, as far as a key is made of it.
#[derive(Clone)]
pub(super) enum Object<'a> {
    Bytes(&'a [u8]),
    Instance(Rc<Instance<'a>>),
    Text(Rc<str>),
    /// Null, a number, another array, a class.
    Other,
}

/// An object with the fields that hold bytes or texts, those of its ancestors included.
pub(super) struct Instance<'a> {
    class: Rc<Class>,
    fields: Vec<(Rc<str>, Object<'a>)>,
}

struct Class {
    name: Rc<str>,
    flags: u8,
    fields: Vec<(u8, Rc<str>)>,
    ancestor: Option<Rc<Class>>,
    /// How many ancestors there are.
    generation: usize,
}

impl Class {
    fn line(&self) -> Vec<&Self> {
        let mut line: Vec<&Self> =
            std::iter::successors(Some(self), |class| class.ancestor.as_deref()).collect();
        line.reverse();
        line
    }
}

impl<'a> Instance<'a> {
    pub(super) fn class(&self) -> &str {
        &self.class.name
    }

    /// Whether the class or an ancestor has this name.
    pub(super) fn is_a(&self, name: &str) -> bool {
        self.class.line().iter().any(|class| &*class.name == name)
    }

    pub(super) fn bytes(&self, field: &str) -> Option<&'a [u8]> {
        match self.field(field)? {
            Object::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub(super) fn text(&self, field: &str) -> Option<&str> {
        match self.field(field)? {
            Object::Text(text) => Some(text),
            _ => None,
        }
    }

    fn field(&self, name: &str) -> Option<&Object<'a>> {
        let field = self.fields.iter().find(|(known, _)| &**known == name);
        field.map(|(_, value)| value)
    }
}

/// Whether bytes are such a stream: those that came of a wrong password are not.
pub(super) fn is_stream(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Reads a stream of one object; the cursor then stands behind it.
pub(super) fn read<'a>(cursor: &mut Cursor<'a>) -> Result<Object<'a>, Error> {
    if cursor.take(4)? != MAGIC {
        return Err(cursor.damaged("secret-start"));
    }
    Stream {
        cursor,
        handles: Vec::new(),
        parts: 0,
    }
    .content(0)
}

struct Stream<'c, 'a> {
    cursor: &'c mut Cursor<'a>,
    handles: Vec<Handle<'a>>,
    parts: usize,
}

enum Handle<'a> {
    Class(Rc<Class>),
    Object(Object<'a>),
}

impl<'a> Stream<'_, 'a> {
    fn content(&mut self, depth: usize) -> Result<Object<'a>, Error> {
        let tag = self.cursor.byte()?;
        self.content_of(tag, depth)
    }

    fn content_of(&mut self, tag: u8, depth: usize) -> Result<Object<'a>, Error> {
        self.count(1)?;
        if depth > DEPTH_LIMIT {
            return Err(Error::TooComplex {
                limit: "java-nesting",
            });
        }
        let object = match tag {
            0x70 => return Ok(Object::Other),
            0x71 => {
                return Ok(match self.handle()? {
                    Handle::Object(object) => object.clone(),
                    Handle::Class(_) => Object::Other,
                });
            }
            0x72 => {
                self.class(depth)?;
                return Ok(Object::Other);
            }
            0x73 => return self.instance(depth),
            0x74 => {
                let length = self.cursor.short()?.into();
                self.text(length)?
            }
            0x75 => return self.array(depth),
            0x76 => {
                self.description(depth)?;
                Object::Other
            }
            0x7c => {
                let high = self.cursor.number()?;
                let length = self.cursor.number()?;
                // What no file can hold is as good as what this one does not.
                self.text(if high == 0 {
                    length as usize
                } else {
                    usize::MAX
                })?
            }
            0x7e => {
                self.description(depth)?;
                let at = self.reserve();
                let constant = self.content(depth + 1)?;
                self.keep(at, Handle::Object(constant.clone()));
                return Ok(constant);
            }
            _ => return Err(self.unknown()),
        };
        self.handles.push(Handle::Object(object.clone()));
        Ok(object)
    }

    fn text(&mut self, length: usize) -> Result<Object<'a>, Error> {
        let bytes = self.cursor.take(length)?;
        let text = from_modified_utf8(bytes).ok_or_else(|| self.cursor.damaged("name-text"))?;
        Ok(Object::Text(text.into()))
    }

    fn name(&mut self) -> Result<Rc<str>, Error> {
        Ok(self.cursor.text()?.into())
    }

    fn instance(&mut self, depth: usize) -> Result<Object<'a>, Error> {
        let class = self.described(depth)?;
        let at = self.reserve();
        let mut fields = Vec::new();
        for ancestor in class.line() {
            match ancestor.flags & 0x0f {
                // Serializable; with its own method, it may write an annotation after its fields.
                2 | 3 => {
                    self.count(ancestor.fields.len())?;
                    for (kind, name) in &ancestor.fields {
                        let value = self.value(*kind, depth)?;
                        if !matches!(value, Object::Other) {
                            fields.push((name.clone(), value));
                        }
                    }
                    if ancestor.flags & 1 != 0 {
                        self.annotation(depth)?;
                    }
                }
                // Externalizable, in blocks.
                0x0c => self.annotation(depth)?,
                _ => return Err(self.unknown()),
            }
        }
        let object = Object::Instance(Rc::new(Instance { class, fields }));
        self.keep(at, Handle::Object(object.clone()));
        Ok(object)
    }

    fn array(&mut self, depth: usize) -> Result<Object<'a>, Error> {
        let class = self.described(depth)?;
        let at = self.reserve();
        let count = self.cursor.number()? as usize;
        let kind = match class.name.as_bytes() {
            [b'[', kind, ..] => *kind,
            _ => return Err(self.unknown()),
        };
        if kind == b'B' {
            let object = Object::Bytes(self.cursor.take(count)?);
            self.keep(at, Handle::Object(object.clone()));
            return Ok(object);
        }
        for _ in 0..count {
            self.count(1)?;
            self.value(kind, depth)?;
        }
        Ok(Object::Other)
    }

    /// The value of a field or an element of this type.
    fn value(&mut self, kind: u8, depth: usize) -> Result<Object<'a>, Error> {
        let size = match kind {
            b'B' | b'Z' => 1,
            b'C' | b'S' => 2,
            b'I' | b'F' => 4,
            b'J' | b'D' => 8,
            b'L' | b'[' => return self.content(depth + 1),
            _ => return Err(self.unknown()),
        };
        self.cursor.take(size)?;
        Ok(Object::Other)
    }

    /// A class description: null, a handle or a new one.
    fn description(&mut self, depth: usize) -> Result<Option<Rc<Class>>, Error> {
        match self.cursor.byte()? {
            0x70 => Ok(None),
            0x71 => match self.handle()? {
                Handle::Class(class) => Ok(Some(class.clone())),
                Handle::Object(_) => Err(self.unknown()),
            },
            0x72 => self.class(depth).map(Some),
            _ => Err(self.unknown()),
        }
    }

    fn described(&mut self, depth: usize) -> Result<Rc<Class>, Error> {
        self.description(depth)?.ok_or_else(|| self.unknown())
    }

    fn class(&mut self, depth: usize) -> Result<Rc<Class>, Error> {
        let name = self.name()?;
        self.cursor.take(8)?;
        let at = self.reserve();
        let flags = self.cursor.byte()?;
        let count = self.cursor.short()?.into();
        self.count(count)?;
        let mut fields = Vec::new();
        for _ in 0..count {
            let kind = self.cursor.byte()?;
            fields.push((kind, self.name()?));
            if matches!(kind, b'L' | b'[') {
                self.content(depth + 1)?;
            }
        }
        self.annotation(depth)?;
        self.count(1)?;
        let ancestor = match depth < DEPTH_LIMIT {
            true => self.description(depth + 1)?,
            false => return Err(self.unknown()),
        };
        let generation = ancestor.as_ref().map_or(0, |class| class.generation + 1);
        if generation > DEPTH_LIMIT {
            return Err(self.unknown());
        }
        let class = Rc::new(Class {
            name,
            flags,
            fields,
            ancestor,
            generation,
        });
        self.keep(at, Handle::Class(class.clone()));
        Ok(class)
    }

    fn annotation(&mut self, depth: usize) -> Result<(), Error> {
        loop {
            match self.cursor.byte()? {
                0x78 => return Ok(()),
                0x77 => {
                    let length = self.cursor.byte()?.into();
                    self.cursor.take(length)?;
                }
                0x7a => {
                    self.cursor.block()?;
                }
                tag => {
                    self.content_of(tag, depth + 1)?;
                }
            }
        }
    }

    fn handle(&mut self) -> Result<&Handle<'a>, Error> {
        let number = self.cursor.number()?;
        let at = number.checked_sub(FIRST_HANDLE).map(|at| at as usize);
        at.and_then(|at| self.handles.get(at))
            .ok_or_else(|| self.unknown())
    }

    /// A handle for what is not read yet.
    fn reserve(&mut self) -> usize {
        self.handles.push(Handle::Object(Object::Other));
        self.handles.len() - 1
    }

    /// Puts what was read into the place that was reserved for it.
    fn keep(&mut self, at: usize, handle: Handle<'a>) {
        if let Some(reserved) = self.handles.get_mut(at) {
            *reserved = handle;
        }
    }

    fn count(&mut self, more: usize) -> Result<(), Error> {
        self.parts += more;
        match self.parts > PART_LIMIT {
            true => Err(Error::TooComplex {
                limit: "java-parts",
            }),
            false => Ok(()),
        }
    }

    fn unknown(&self) -> Error {
        Error::UnsupportedForm {
            what: Some(WHAT),
            detail: "object-kind".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(bytes: &[u8]) -> Result<usize, Error> {
        let mut cursor = Cursor::new(bytes, 0, WHAT);
        read(&mut cursor)?;
        Ok(cursor.rest().len())
    }

    /// What `ObjectOutputStream` of OpenJDK 17 makes of `new HashMap<>(Map.of("k", new byte[] {1, 2, 3}))`: a class with a
    /// method of its own, a block of data, a text and an array.
    const HASH_MAP: &[u8] =
        b"\xac\xed\0\x05sr\0\x11java.util.HashMap\x05\x07\xda\xc1\xc3\x16`\xd1\x03\0\x02\
        F\0\x0aloadFactorI\0\x09thresholdxp?@\0\0\0\0\0\x01w\x08\0\0\0\x02\0\0\0\x01t\0\x01k\
        ur\0\x02[B\xac\xf3\x17\xf8\x06\x08T\xe0\x02\0\0xp\0\0\0\x03\x01\x02\x03x";

    #[test]
    fn ends_where_the_object_ends() {
        assert_eq!(read_all(&[HASH_MAP, b"next"].concat()), Ok(4));
        for length in 0..HASH_MAP.len() {
            assert_eq!(
                read_all(&HASH_MAP[..length]),
                Err(Error::Truncated { what: Some(WHAT) }),
                "{length}"
            );
        }
    }

    #[test]
    fn changed_bytes_are_survived() {
        for at in 0..HASH_MAP.len() {
            for bit in 0..8 {
                let mut changed = HASH_MAP.to_vec();
                changed[at] ^= 1 << bit;
                let _ = read_all(&changed);
            }
        }
    }
}
