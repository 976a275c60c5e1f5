//! A secret key entry of a JCEKS: a serialized `javax.crypto.SealedObject`, whose content is a serialized key.
//!
//! ```text
//! SealedObject  { encodedParams: SEQUENCE { salt, iterationCount }, encryptedContent, paramsAlg, sealAlg }
//! SecretKeySpec { algorithm, key } · DESKey { key } · DESedeKey { key } · KeyRep { algorithm, encoded, format, type }
//! ```
//!
//! Java 8u171 and later refuse any other class here, since bringing an object to life runs its code. Nothing is brought to
//! life here; any other object is refused because there is no key in it.

use std::rc::Rc;
use std::sync::Arc;

use super::object::{self, Instance, Object};
use super::protection::Jce;
use super::{WHAT, damaged};
use serde_json::json;

use crate::asn1::ber::Node;
use crate::base::error::{Error, Reason};
use crate::base::secret::{Password, SecretDer};
use crate::crypto::kdf::{Keys, Stop};
use crate::format::java::Cursor;
use crate::model::store::{SecretKey, Value};

/// The object of an entry, if it is a sealed one.
pub(super) fn sealed_object<'a>(object: Object<'a>) -> Result<Rc<Instance<'a>>, Error> {
    match object {
        Object::Instance(sealed) if sealed.is_a("javax.crypto.SealedObject") => Ok(sealed),
        Object::Instance(other) => Err(no_key(other.class())),
        _ => Err(damaged("secret-empty")),
    }
}

/// A secret key that is still sealed.
pub(super) struct SealedKey(Jce);

impl SealedKey {
    /// Takes the seal out of the object.
    pub(super) fn of(sealed: &Instance<'_>) -> Result<Self, Error> {
        match sealed.text("sealAlg").or(sealed.text("paramsAlg")) {
            Some("PBEWithMD5AndTripleDES") => {}
            other => {
                let algorithm = other.unwrap_or("An unnamed encryption");
                return Err(Error::UnsupportedAlgorithm {
                    algorithm: algorithm.into(),
                });
            }
        }
        match (
            sealed.bytes("encodedParams"),
            sealed.bytes("encryptedContent"),
        ) {
            (Some(parameters), Some(data)) => Node::parse(parameters)
                .and_then(|node| Jce::parse(&node, data.to_vec()))
                .map(Self)
                .map_err(|_| damaged("seal-unreadable")),
            _ => Err(damaged("seal-incomplete")),
        }
    }

    pub(super) fn cost(&self) -> u64 {
        self.0.iterations
    }

    pub(super) fn unlock(&self, passwords: &[Password], keys: &mut Keys) -> Result<Value, Stop> {
        let key = self.0.unlock(passwords, keys, accept)?;
        Ok(Value::SecretKey(Arc::new(key)))
    }
}

fn accept(plain: SecretDer) -> Result<Option<SecretKey>, Error> {
    if !object::is_stream(plain.expose()) {
        return Ok(None);
    }
    let instance = match object::read(&mut Cursor::new(plain.expose(), 0, WHAT))? {
        Object::Instance(instance) => instance,
        _ => return Err(damaged("seal-empty")),
    };
    let class = instance.class();
    let bytes = instance.bytes("key").or(instance.bytes("encoded"));
    // DESKey and DESedeKey are called after their algorithm.
    let named = class
        .strip_prefix("com.sun.crypto.provider.")
        .and_then(|name| name.strip_suffix("Key"));
    match (bytes, instance.text("algorithm").or(named)) {
        (Some(bytes), Some(algorithm)) => Ok(Some(SecretKey {
            algorithm: algorithm.to_owned(),
            bytes: SecretDer::new(bytes.to_vec()),
        })),
        _ => Err(no_key(class)),
    }
}

fn no_key(class: &str) -> Error {
    // The class is the file author's text: so much of it that it can be known.
    let class: String = class.chars().take(80).collect();
    Error::UnsupportedForm {
        what: Some(WHAT),
        detail: Reason::with("seal-class", json!({ "class": class })),
    }
}
