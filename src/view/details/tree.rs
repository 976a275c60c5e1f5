//! The ASN.1 of anything, for who wants to see it.

use serde_json::{Value, json};

use crate::asn1::ber::{self, Node, Tag};
use crate::base::error::Error;
use crate::base::hidden::shown;
use crate::crypto::digest::hex;
use crate::model::name;

/// Most nodes that are shown.
const NODES_SHOWN: usize = 5_000;
/// Most bytes of a string that are shown.
const BYTES_SHOWN: usize = 64;

/// Every node in the order of the bytes: how deep it is, where it begins, its tag, how long its contents are, and what it
/// says: `[{ depth, offset, tag, length, value }]`. Past five thousand nodes the list ends.
///
/// # Errors
///
/// [`Error::Truncated`], [`Error::Damaged`] or [`Error::TooComplex`] where the bytes are no ASN.1.
pub fn tree(der: &[u8]) -> Result<Value, Error> {
    let (node, _) = Node::parse_prefix(der).map_err(|fault| fault.of(None))?;
    let mut rows = Vec::new();
    walk(&node, der.as_ptr() as usize, 0, &mut rows);
    Ok(rows.into())
}

fn walk(node: &Node<'_>, start: usize, depth: usize, rows: &mut Vec<Value>) {
    if rows.len() == NODES_SHOWN {
        return;
    }
    rows.push(json!({
        "depth": depth,
        "offset": node.raw.as_ptr() as usize - start,
        "tag": tag(node),
        "length": node.contents().len(),
        "value": value(node),
    }));
    node.nodes()
        .iter()
        .for_each(|inner| walk(inner, start, depth + 1, rows));
}

/// Universal tags by their numbers.
const UNIVERSAL: [(u32, &str); 19] = [
    (1, "BOOLEAN"),
    (2, "INTEGER"),
    (3, "BIT STRING"),
    (4, "OCTET STRING"),
    (5, "NULL"),
    (6, "OBJECT IDENTIFIER"),
    (10, "ENUMERATED"),
    (12, "UTF8String"),
    (16, "SEQUENCE"),
    (17, "SET"),
    (18, "NumericString"),
    (19, "PrintableString"),
    (20, "T61String"),
    (22, "IA5String"),
    (23, "UTCTime"),
    (24, "GeneralizedTime"),
    (26, "VisibleString"),
    (28, "UniversalString"),
    (30, "BMPString"),
];

fn tag(node: &Node<'_>) -> String {
    let known = UNIVERSAL
        .iter()
        .find(|row| Tag::universal(row.0) == node.tag);
    let context = || {
        (0..64)
            .find(|&number| Tag::context(number) == node.tag)
            .map(|number| format!("[{number}]"))
    };
    known
        .map(|row| row.1.to_owned())
        .or_else(context)
        .unwrap_or_else(|| format!("{:?}", node.tag))
}

fn value(node: &Node<'_>) -> Option<String> {
    if !node.nodes().is_empty() {
        return None;
    }
    let contents = node.contents();
    let is_text =
        matches!(tag(node).as_str(), text if text.ends_with("String") || text.ends_with("Time"));
    Some(match node.tag {
        ber::OID => node.oid().ok()?.to_string(),
        _ if is_text => shown(
            &name::text(node)
                .chars()
                .take(BYTES_SHOWN)
                .collect::<String>(),
        ),
        _ if contents.len() > BYTES_SHOWN => format!("{}…", hex(&contents[..BYTES_SHOWN])),
        _ => hex(contents),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_node_has_its_place() {
        let rows = tree(&[0x30, 9, 2, 1, 5, 0x0c, 1, b'a', 0x80, 1, 7]).unwrap();
        assert_eq!(rows.as_array().unwrap().len(), 4);
        assert_eq!(
            rows[1],
            json!({ "depth": 1, "offset": 2, "tag": "INTEGER", "length": 1, "value": "05" })
        );
        assert_eq!(
            (&rows[2]["value"], &rows[3]["tag"]),
            (&json!("a"), &json!("[0]"))
        );
        assert_eq!(tree(&[0x30, 9]).unwrap_err().code(), "truncated");
    }
}
