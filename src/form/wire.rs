//! The stored shape of a form, format 1: plain strings, everything optional left out when empty.
//! Texts are lists in the order of `languages`. [`super::Form::build`] gives it meaning; here only the
//! types are checked.

use super::json::{Members, Value, Writer, number};

/// The format number that this code writes.
pub const FORMAT: u32 = 1;

/// A form as JSON.
pub(crate) fn to_json(form: &FormSource) -> String {
    let mut writer = Writer::default();
    writer.open('{');
    writer.count_member("format", form.format.into());
    writer.text_member("id", &form.id);
    writer.text_member("version", &form.version);
    writer.texts_member("title", &form.title);
    writer.texts_member("languages", &form.languages);
    writer.open_member("nodes", '[');
    write_nodes(&mut writer, &form.nodes);
    writer.close(']');
    writer.open_member("lists", '[');
    for list in &form.lists {
        write_list(&mut writer, list);
    }
    writer.close(']');
    if !form.indices.is_empty() {
        writer.open_member("indices", '[');
        for index in &form.indices {
            write_index(&mut writer, index);
        }
        writer.close(']');
    }
    writer.close('}');
    writer.finish()
}

/// Reads what [`to_json`] writes, once the format number is known not to be newer. `None` for anything else.
pub(crate) fn read_form(form: Members<'_>) -> Option<FormSource> {
    Some(FormSource {
        format: form.count("format")?,
        id: form.text("id")?,
        version: form.text("version")?,
        title: form.texts("title")?,
        languages: form.texts("languages")?,
        nodes: read_nodes(form.list("nodes")?)?,
        lists: form.list("lists")?.iter().map(read_list).collect::<Option<_>>()?,
        indices: form.list_or_empty("indices")?.iter().map(read_index).collect::<Option<_>>()?,
    })
}

/// A form as it is stored and exchanged.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FormSource {
    /// The format number, [`FORMAT`] for what this code writes.
    pub format: u32,
    /// The form's id.
    pub id: String,
    /// The form's version.
    pub version: String,
    /// The title, per language.
    pub title: Vec<String>,
    /// Language tags.
    pub languages: Vec<String>,
    /// The top-level nodes.
    pub nodes: Vec<NodeSource>,
    /// The choice lists.
    pub lists: Vec<ListSource>,
    /// What the summary computes over several questions.
    pub indices: Vec<IndexSource>,
}

/// A node as it is stored.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NodeSource {
    /// The name.
    pub name: String,
    /// `group` `page` `grid` `repeat` `note` `calculate` `text` `integer` `decimal` `select_one` `select_multiple` `rank` `date` `time` `dateTime`.
    pub kind: String,
    /// The list's name, for a grid and the selects.
    pub list: String,
    /// Label per language.
    pub label: Vec<String>,
    /// Hint per language.
    pub hint: Vec<String>,
    /// Expression.
    pub relevant: String,
    /// Expression; `true()` for always.
    pub required: String,
    /// Message per language.
    pub required_message: Vec<String>,
    /// Expression.
    pub constraint: String,
    /// Message per language.
    pub constraint_message: Vec<String>,
    /// Expression.
    pub readonly: String,
    /// Expression.
    pub calculation: String,
    /// Expression (a literal text is written as one).
    pub default: String,
    /// Expression, for the selects.
    pub choice_filter: String,
    /// Expression, for a repeat; empty: people add and remove instances.
    pub repeat_count: String,
    /// `multiline` `scale` `minimal` or empty.
    pub appearance: String,
    /// Sensitive.
    pub sensitive: bool,
    /// The nodes inside.
    pub children: Vec<NodeSource>,
}

/// A choice list as it is stored.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ListSource {
    /// The list's name.
    pub name: String,
    /// The choices.
    pub choices: Vec<ChoiceSource>,
}

/// A choice as it is stored.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChoiceSource {
    /// The stored value.
    pub name: String,
    /// Label per language.
    pub label: Vec<String>,
    /// `missing_dk` `missing_na` `missing_ref` `special_never` `exclusive` or empty.
    pub role: String,
    /// Place on a scale.
    pub score: Option<f64>,
    /// Further columns: (column, value).
    pub columns: Vec<(String, String)>,
}

/// An index as it is stored: `kind` says which of the other members count.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IndexSource {
    /// The index's id.
    pub id: String,
    /// Label per language.
    pub label: Vec<String>,
    /// `mean` `paired` `priorities` `any` `recommendation` `safe_walking` `reporting` `ranked` `commitments`.
    pub kind: String,
    /// Question names; for `commitments` the counting question, then the repeat.
    pub items: Vec<String>,
    /// Pairs of question names.
    pub pairs: Vec<(String, String)>,
    /// For `mean`.
    pub minimum_items: usize,
}

fn write_nodes(writer: &mut Writer, nodes: &[NodeSource]) {
    for node in nodes {
        writer.open('{');
        writer.text_member("name", &node.name);
        writer.text_member("kind", &node.kind);
        writer.text_unless_empty("list", &node.list);
        writer.texts_unless_empty("label", &node.label);
        writer.texts_unless_empty("hint", &node.hint);
        writer.text_unless_empty("relevant", &node.relevant);
        writer.text_unless_empty("required", &node.required);
        writer.texts_unless_empty("required_message", &node.required_message);
        writer.text_unless_empty("constraint", &node.constraint);
        writer.texts_unless_empty("constraint_message", &node.constraint_message);
        writer.text_unless_empty("readonly", &node.readonly);
        writer.text_unless_empty("calculation", &node.calculation);
        writer.text_unless_empty("default", &node.default);
        writer.text_unless_empty("choice_filter", &node.choice_filter);
        writer.text_unless_empty("repeat_count", &node.repeat_count);
        writer.text_unless_empty("appearance", &node.appearance);
        writer.flag_if_true("sensitive", node.sensitive);
        if !node.children.is_empty() {
            writer.open_member("children", '[');
            write_nodes(writer, &node.children);
            writer.close(']');
        }
        writer.close('}');
    }
}

fn read_nodes(nodes: &[Value<'_>]) -> Option<Vec<NodeSource>> {
    nodes.iter().map(read_node).collect()
}

fn read_node(node: &Value<'_>) -> Option<NodeSource> {
    let node = Members::of(node)?;
    Some(NodeSource {
        name: node.text_or_empty("name")?,
        kind: node.text_or_empty("kind")?,
        list: node.text_or_empty("list")?,
        label: node.texts_or_empty("label")?,
        hint: node.texts_or_empty("hint")?,
        relevant: node.text_or_empty("relevant")?,
        required: node.text_or_empty("required")?,
        required_message: node.texts_or_empty("required_message")?,
        constraint: node.text_or_empty("constraint")?,
        constraint_message: node.texts_or_empty("constraint_message")?,
        readonly: node.text_or_empty("readonly")?,
        calculation: node.text_or_empty("calculation")?,
        default: node.text_or_empty("default")?,
        choice_filter: node.text_or_empty("choice_filter")?,
        repeat_count: node.text_or_empty("repeat_count")?,
        appearance: node.text_or_empty("appearance")?,
        sensitive: node.flag_or_false("sensitive")?,
        children: read_nodes(node.list_or_empty("children")?)?,
    })
}

fn write_list(writer: &mut Writer, list: &ListSource) {
    writer.open('{');
    writer.text_member("name", &list.name);
    writer.open_member("choices", '[');
    for choice in &list.choices {
        writer.open('{');
        writer.text_member("name", &choice.name);
        writer.texts_member("label", &choice.label);
        writer.text_unless_empty("role", &choice.role);
        if let Some(score) = choice.score {
            writer.number_member("score", score);
        }
        writer.pairs_unless_empty("columns", &choice.columns);
        writer.close('}');
    }
    writer.close(']');
    writer.close('}');
}

fn read_list(list: &Value<'_>) -> Option<ListSource> {
    let list = Members::of(list)?;
    Some(ListSource {
        name: list.text("name")?,
        choices: list.list("choices")?.iter().map(read_choice).collect::<Option<_>>()?,
    })
}

fn read_choice(choice: &Value<'_>) -> Option<ChoiceSource> {
    let choice = Members::of(choice)?;
    Some(ChoiceSource {
        name: choice.text_or_empty("name")?,
        label: choice.texts_or_empty("label")?,
        role: choice.text_or_empty("role")?,
        score: match choice.get("score") {
            Some(score) => Some(number(score)?),
            None => None,
        },
        columns: choice.pairs_or_empty("columns")?,
    })
}

fn write_index(writer: &mut Writer, index: &IndexSource) {
    writer.open('{');
    writer.text_member("id", &index.id);
    writer.texts_member("label", &index.label);
    writer.text_member("kind", &index.kind);
    writer.texts_unless_empty("items", &index.items);
    writer.pairs_unless_empty("pairs", &index.pairs);
    if index.minimum_items > 0 {
        writer.count_member("minimum_items", index.minimum_items as u64);
    }
    writer.close('}');
}

fn read_index(index: &Value<'_>) -> Option<IndexSource> {
    let index = Members::of(index)?;
    Some(IndexSource {
        id: index.text_or_empty("id")?,
        label: index.texts_or_empty("label")?,
        kind: index.text_or_empty("kind")?,
        items: index.texts_or_empty("items")?,
        pairs: index.pairs_or_empty("pairs")?,
        minimum_items: index.count_or_zero("minimum_items")? as usize,
    })
}
