//! Keys made by the browser's WebCrypto, which takes a third of the time that wasm takes for RSA.
//!
//! What it makes is exported as PKCS#8 and read like any other key, so one that does not hold together is refused. Where it
//! refuses for whatever reason (a plain `http:` host, a type it does not support), Rust makes the key, unless it is an RSA key.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use super::derive::{subtle, taken};
use crate::model::private_key::PrivateKey;
use crate::request::KeyKind;

/// A key of this kind; `None` where the browser does not make one.
pub(super) async fn key(kind: KeyKind) -> Option<PrivateKey> {
    let pkcs8 = pkcs8(&subtle()?, kind).await.ok()?;
    PrivateKey::parse(taken(&pkcs8).expose()).ok()
}

async fn pkcs8(subtle: &SubtleCrypto, kind: KeyKind) -> Result<Uint8Array, JsValue> {
    let algorithm = Object::new();
    let set = |name: &str, value: JsValue| Reflect::set(&algorithm, &name.into(), &value);
    match kind {
        KeyKind::Rsa2048 | KeyKind::Rsa3072 | KeyKind::Rsa4096 => {
            set("name", "RSASSA-PKCS1-v1_5".into())?;
            set("modulusLength", kind.rsa_bits().into())?;
            // 65,537
            set("publicExponent", Uint8Array::from(&[1, 0, 1][..]).into())?;
            set("hash", "SHA-256".into())?;
        }
        KeyKind::P256 => {
            set("name", "ECDSA".into())?;
            set("namedCurve", "P-256".into())?;
        }
        KeyKind::P384 => {
            set("name", "ECDSA".into())?;
            set("namedCurve", "P-384".into())?;
        }
        KeyKind::Ed25519 => {
            set("name", "Ed25519".into())?;
        }
    }
    let usages = Array::of2(&"sign".into(), &"verify".into());
    let pair = JsFuture::from(subtle.generate_key_with_object(&algorithm, true, &usages)?).await?;
    let private: CryptoKey = Reflect::get(&pair, &"privateKey".into())?.unchecked_into();
    let exported = JsFuture::from(subtle.export_key("pkcs8", &private)?).await?;
    Ok(Uint8Array::new(&exported))
}
