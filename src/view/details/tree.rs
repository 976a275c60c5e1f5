//! The ASN.1 of anything, for who wants to see it.

use serde::Serialize;

use crate::asn1::ber::{self, Node, Tag};
use crate::base::error::Error;
use crate::base::hidden::shown;
use crate::crypto::digest::hex;
use crate::model::name;

/// Most nodes that are shown.
const NODES_SHOWN: usize = 5_000;
/// Most bytes of a string that are shown.
const BYTES_SHOWN: usize = 64;

/// A node as a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TreeNode {
    /// How deep it is; the outermost is 0.
    pub depth: usize,
    /// Where it begins, in bytes.
    pub offset: usize,
    /// The name of its tag, or `[0]`.
    pub tag: String,
    /// How long its contents are, in bytes.
    pub length: usize,
    /// What it says, in words or in hexadecimal; null where it is made of others.
    pub value: Option<String>,
}

/// Every node in the order of the bytes. Past five thousand nodes the list ends.
///
/// # Errors
///
/// [`Error::Truncated`], [`Error::Damaged`] or [`Error::TooComplex`] where the bytes are no ASN.1.
pub fn tree(der: &[u8]) -> Result<Vec<TreeNode>, Error> {
    let (node, _) = Node::parse_prefix(der).map_err(|fault| fault.of(None))?;
    let mut rows = Vec::new();
    walk(&node, der.as_ptr() as usize, 0, &mut rows);
    Ok(rows)
}

fn walk(node: &Node<'_>, start: usize, depth: usize, rows: &mut Vec<TreeNode>) {
    if rows.len() == NODES_SHOWN {
        return;
    }
    rows.push(TreeNode {
        depth,
        offset: node.raw.as_ptr() as usize - start,
        tag: tag(node),
        length: node.contents().len(),
        value: value(node),
    });
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
        _ => match contents.split_at_checked(BYTES_SHOWN) {
            Some((start, [_, ..])) => format!("{}…", hex(start)),
            _ => hex(contents),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_node_has_its_place() {
        let rows = tree(&[0x30, 9, 2, 1, 5, 0x0c, 1, b'a', 0x80, 1, 7]).unwrap();
        assert_eq!(rows.len(), 4);
        let integer = TreeNode {
            depth: 1,
            offset: 2,
            tag: "INTEGER".into(),
            length: 1,
            value: Some("05".into()),
        };
        assert_eq!(rows[1], integer);
        assert_eq!(
            (rows[2].value.as_deref(), rows[3].tag.as_str()),
            (Some("a"), "[0]")
        );
        assert_eq!(tree(&[0x30, 9]).unwrap_err().code(), "truncated");
    }
}
