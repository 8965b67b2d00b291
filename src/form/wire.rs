//! The stored shape of a form, format 4: plain strings, everything optional left out when empty.
//! Texts are lists in the order of `languages`. [`super::Form::build`] gives it meaning; here only the
//! types are checked.

use super::json::{Members, Value, Writer, number};

/// The newest format that this code reads and writes. 2 came with `trigger`, `parameters`, `from` and more appearances; 3 with
/// questions that are answered with a file, 4 with files that are shown beside texts; each is written only where it is needed.
pub const FORMAT: u32 = 4;
/// Which parameter of a node and which column of a choice says what is shown beside it; no author can name a column so. A line
/// each, `image 0f3a5b7c9d1e2f40.jpg house.jpg`: medium (`image` `big-image` `audio` `video`), the name under which the file is
/// kept (blank: it was not given), and its author's name for it. Where that is not the same in all languages, those of each
/// language stand in their order, with [`NEXT`] between.
pub const SHOWS: &str = "media::";
/// Between what is shown in one language and the next.
pub const NEXT: char = '\t';
/// The format of forms that ask for files and show none.
pub const THIRD_FORMAT: u32 = 3;
/// The format of forms that ask for no file.
pub const SECOND_FORMAT: u32 = 2;
/// The format of the built-in instruments, which use nothing that came later: earlier versions of the program open them.
pub const FIRST_FORMAT: u32 = 1;

/// A form as JSON.
pub(crate) fn to_json(form: &FormSource) -> String {
    let mut writer = Writer::default();
    writer.open('{');
    writer.count_member("format", form.format.into());
    writer.text_member("id", &form.id);
    writer.text_member("version", &form.version);
    writer.texts_member("title", &form.title);
    writer.texts_member("languages", &form.languages);
    writer.texts_unless_empty("language_names", &form.language_names);
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
        language_names: form.texts_or_empty("language_names")?,
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
    /// What each language calls itself; none where all are Spanish or English. Whoever does not know the member loses
    /// nothing but names, so that it came without a format of its own.
    pub language_names: Vec<String>,
    /// The top-level nodes.
    pub nodes: Vec<NodeSource>,
    /// The choice lists.
    pub lists: Vec<ListSource>,
    /// What the summary computes over several questions.
    pub indices: Vec<IndexSource>,
}

impl FormSource {
    /// Whether any question is answered with a file.
    pub fn asks_for_files(&self) -> bool {
        fn any(nodes: &[NodeSource]) -> bool {
            let takes = |node: &NodeSource| {
                node.parameters.iter().any(|(key, value)| key == "media" && value != "barcode")
            };
            nodes.iter().any(|node| takes(node) || any(&node.children))
        }
        any(&self.nodes)
    }

    /// The names of the files that are shown beside texts, as they are kept; each once, in no order that means anything.
    pub fn shown_files(&self) -> Vec<&str> {
        fn value(pairs: &[(String, String)]) -> Option<&str> {
            pairs.iter().find(|(name, _)| name == SHOWS).map(|(_, value)| value.as_str())
        }
        fn add<'a>(nodes: &'a [NodeSource], all: &mut Vec<&'a str>) {
            for node in nodes {
                all.extend(value(&node.parameters));
                add(&node.children, all);
            }
        }
        let mut all = Vec::new();
        add(&self.nodes, &mut all);
        let choices = self.lists.iter().flat_map(|list| &list.choices);
        all.extend(choices.filter_map(|choice| value(&choice.columns)));
        let lines = all.into_iter().flat_map(|shows| shows.split(['\n', NEXT]));
        let mut names: Vec<&str> = lines.filter_map(|line| line.split(' ').nth(1)).collect();
        names.sort_unstable();
        names.dedup();
        names.retain(|name| !name.is_empty());
        names
    }
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
    /// `multiline` `scale` `minimal` `search` `columns` `digits` `year` `month` `place` `media` `hidden` or empty.
    pub appearance: String,
    /// Names of questions: its value is computed when one of them changes, and at no other time.
    pub trigger: Vec<String>,
    /// (name, value): `start` `end` `step` of a number on a scale, `randomize` and `seed` of a select; `media` (`image` `draw`
    /// `signature` `annotate` `audio` `video` `file` `barcode`) and `max-pixels` of what the camera and its like answer.
    pub parameters: Vec<(String, String)>,
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
    /// The name of a question in a repeat whose answers are the choices; empty: those below are.
    pub from: String,
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
    /// Further columns: (column, value); [`SHOWS`] says what is shown beside it.
    pub columns: Vec<(String, String)>,
}

/// An index as it is stored: `kind` says which of the other members count.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IndexSource {
    /// The index's id.
    pub id: String,
    /// Label per language.
    pub label: Vec<String>,
    /// `mean` `paired` `priorities` `any` `recommendation` `safe_walking` `reporting` `incidence` `ranked` `commitments`.
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
        writer.texts_unless_empty("trigger", &node.trigger);
        writer.pairs_unless_empty("parameters", &node.parameters);
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
        trigger: node.texts_or_empty("trigger")?,
        parameters: node.pairs_or_empty("parameters")?,
        sensitive: node.flag_or_false("sensitive")?,
        children: read_nodes(node.list_or_empty("children")?)?,
    })
}

fn write_list(writer: &mut Writer, list: &ListSource) {
    writer.open('{');
    writer.text_member("name", &list.name);
    writer.text_unless_empty("from", &list.from);
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
        from: list.text_or_empty("from")?,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::json::parse;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![Just(String::new()), any::<String>()]
    }

    fn texts() -> impl Strategy<Value = Vec<String>> {
        vec(text(), 0..3)
    }

    fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
        vec((text(), text()), 0..3)
    }

    fn nodes() -> impl Strategy<Value = Vec<NodeSource>> {
        let leaf = (vec(text(), 12), vec(texts(), 5), pairs(), any::<bool>());
        let leaf = leaf.prop_map(|(own, lists, parameters, sensitive)| {
            let mut own = own.into_iter();
            let mut lists = lists.into_iter();
            let mut text = || own.next().unwrap();
            let mut texts = || lists.next().unwrap();
            NodeSource {
                name: text(),
                kind: text(),
                list: text(),
                label: texts(),
                hint: texts(),
                relevant: text(),
                required: text(),
                required_message: texts(),
                constraint: text(),
                constraint_message: texts(),
                readonly: text(),
                calculation: text(),
                default: text(),
                choice_filter: text(),
                repeat_count: text(),
                appearance: text(),
                trigger: texts(),
                parameters,
                sensitive,
                children: Vec::new(),
            }
        });
        let node = leaf.prop_recursive(3, 6, 2, |inside| {
            (inside.clone(), vec(inside, 0..3)).prop_map(|(node, children)| NodeSource { children, ..node })
        });
        vec(node, 0..3)
    }

    fn lists() -> impl Strategy<Value = Vec<ListSource>> {
        let score = proptest::option::of((-400..400_i32).prop_map(|score| f64::from(score) / 4.0));
        let choice =
            (text(), texts(), text(), score, pairs()).prop_map(|(name, label, role, score, columns)| {
                ChoiceSource { name, label, role, score, columns }
            });
        let list = (text(), text(), vec(choice, 0..3));
        vec(list.prop_map(|(name, from, choices)| ListSource { name, from, choices }), 0..3)
    }

    fn indices() -> impl Strategy<Value = Vec<IndexSource>> {
        let index = (text(), texts(), text(), texts(), pairs(), 0..3_usize).prop_map(
            |(id, label, kind, items, pairs, minimum_items)| IndexSource {
                id,
                label,
                kind,
                items,
                pairs,
                minimum_items,
            },
        );
        vec(index, 0..3)
    }

    /// Without the members that say nothing, but for those that are always there.
    fn pruned(mut json: Json, always: &[&str]) -> Json {
        let nothing = [json!(""), json!([]), json!(false), json!(0), Json::Null];
        let members = json.as_object_mut().unwrap();
        members.retain(|name, value| always.contains(&name.as_str()) || !nothing.contains(value));
        json
    }

    fn node_as_json(node: &NodeSource) -> Json {
        let json = json!({
            "name": node.name, "kind": node.kind, "list": node.list, "label": node.label, "hint": node.hint,
            "relevant": node.relevant, "required": node.required, "required_message": node.required_message,
            "constraint": node.constraint, "constraint_message": node.constraint_message,
            "readonly": node.readonly, "calculation": node.calculation, "default": node.default,
            "choice_filter": node.choice_filter, "repeat_count": node.repeat_count,
            "appearance": node.appearance, "trigger": node.trigger, "parameters": node.parameters,
            "sensitive": node.sensitive,
            "children": node.children.iter().map(node_as_json).collect::<Vec<_>>(),
        });
        pruned(json, &["name", "kind"])
    }

    fn choice_as_json(choice: &ChoiceSource) -> Json {
        let json = json!({
            "name": choice.name, "label": choice.label, "role": choice.role, "score": choice.score,
            "columns": choice.columns,
        });
        pruned(json, &["name", "label"])
    }

    fn index_as_json(index: &IndexSource) -> Json {
        let json = json!({
            "id": index.id, "label": index.label, "kind": index.kind, "items": index.items,
            "pairs": index.pairs, "minimum_items": index.minimum_items,
        });
        pruned(json, &["id", "label", "kind"])
    }

    fn form_as_json(form: &FormSource) -> Json {
        let lists = form.lists.iter().map(|list| {
            let choices: Vec<Json> = list.choices.iter().map(choice_as_json).collect();
            pruned(json!({ "name": list.name, "from": list.from, "choices": choices }), &["name", "choices"])
        });
        let json = json!({
            "format": form.format, "id": form.id, "version": form.version, "title": form.title,
            "languages": form.languages, "language_names": form.language_names, "lists": lists.collect::<Vec<_>>(),
            "nodes": form.nodes.iter().map(node_as_json).collect::<Vec<_>>(),
            "indices": form.indices.iter().map(index_as_json).collect::<Vec<_>>(),
        });
        pruned(json, &["format", "id", "version", "title", "languages", "nodes", "lists"])
    }

    fn read(text: &str) -> Option<FormSource> {
        parse(text).as_ref().and_then(Members::of).and_then(read_form)
    }

    #[test]
    fn members_stand_in_the_order_in_which_format_1_has_them() {
        let text = |text: &str| text.to_owned();
        let node = NodeSource { name: text("n"), kind: text("text"), ..NodeSource::default() };
        let group = NodeSource {
            sensitive: true,
            label: vec![text("ñ\n")],
            required: text("true()"),
            children: vec![node],
            ..NodeSource::default()
        };
        let columns = vec![(text("a"), text("b"))];
        let choice = ChoiceSource { score: Some(2.0), columns, ..ChoiceSource::default() };
        let form = FormSource {
            format: 1,
            nodes: vec![group],
            lists: vec![ListSource { name: text("l"), from: String::new(), choices: vec![choice] }],
            indices: vec![IndexSource { minimum_items: 2, ..IndexSource::default() }],
            ..FormSource::default()
        };
        let written = concat!(
            r#"{"format":1,"id":"","version":"","title":[],"languages":[],"nodes":[{"name":"","kind":"","#,
            r#""label":["ñ\n"],"required":"true()","sensitive":true,"children":[{"name":"n","kind":"text"}]}],"#,
            r#""lists":[{"name":"l","choices":[{"name":"","label":[],"score":2.0,"columns":[["a","b"]]}]}],"#,
            r#""indices":[{"id":"","label":[],"kind":"","minimum_items":2}]}"#,
        );
        assert_eq!(to_json(&form), written);
        assert_eq!(read(written), Some(form));
        for (from, to) in [
            ("\"format\":1,", ""),
            ("\"id\":\"\",\"version\"", "\"version\""),
            ("\"title\":[]", "\"title\":null"),
            ("\"languages\":[]", "\"languages\":[1]"),
            ("\"kind\":\"text\"", "\"kind\":1"),
            ("\"sensitive\":true", "\"sensitive\":1"),
            ("[{\"name\":\"n\",\"kind\":\"text\"}]", "[null]"),
            ("2.0", "\"2\""),
            ("[\"a\",\"b\"]", "[\"a\",\"b\",\"c\"]"),
            ("\"minimum_items\":2", "\"minimum_items\":-2"),
            ("\"minimum_items\":2", "\"minimum_items\":2.0"),
        ] {
            assert!(written.contains(from), "{from}");
            assert_eq!(read(&written.replace(from, to)), None, "{to}");
        }
        assert!(read(&written.replace("\"score\":2.0", "\"score\":2,\"unheard_of\":[{}]")).is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn what_is_stored_opens_as_it_was_and_is_json_to_others(
            texts: [String; 2],
            title in texts(),
            languages in texts(),
            language_names in texts(),
            nodes in nodes(),
            lists in lists(),
            indices in indices(),
        ) {
            let [id, version] = texts;
            let form = FormSource { format: FORMAT, id, version, title, languages, language_names, nodes, lists, indices };
            let written = to_json(&form);
            prop_assert_eq!(serde_json::from_str::<Json>(&written).unwrap(), form_as_json(&form));
            prop_assert_eq!(read(&written), Some(form));
        }
    }
}
