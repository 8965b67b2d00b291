use std::collections::BTreeMap;

use crate::response::wire::response_to_json;
use crate::response::{Response, ResponseId};

/// Which of several responses with one id counts: the least. First by the day on which it was finished, then by the bytes
/// of its record, so that every device comes to the same, whichever arrived first.
pub fn rank(response: &Response) -> (String, String) {
    (response.finished.to_string(), response_to_json(response))
}

/// The positions of responses behind another one of these with the same id, by [`rank`]; of two that are the same, the later.
pub fn twins(responses: &[Response]) -> Vec<usize> {
    let mut firsts: BTreeMap<ResponseId, usize> = BTreeMap::new();
    let mut behind = Vec::new();
    for (at, response) in responses.iter().enumerate() {
        let Some(first) = firsts.get_mut(&response.id) else {
            firsts.insert(response.id, at);
            continue;
        };
        let leads = responses.get(*first).is_some_and(|first| rank(first) <= rank(response));
        behind.push(if leads { at } else { std::mem::replace(first, at) });
    }
    behind.sort_unstable();
    behind
}
