//! The entities sheet and `save_to`: read and checked as ODK does, so that a form that is wrong there is not taken for a right
//! one; nothing is done with them.

use std::collections::HashMap;

use super::SheetName;
use super::column::{Line, Table};
use super::name::{Mention, is_name, mentions};
use super::problem::{Control, EntityFault as Fault, HEADER, Place, ProblemKind, Problems};
use super::survey::Facts;

/// A cell of `save_to`.
#[derive(Debug)]
pub(super) struct SaveTo {
    pub(super) property: String,
    pub(super) place: Place,
    pub(super) path: Path,
    pub(super) is_group: bool,
}

/// The groups that a row stands in, from the outermost.
type Path = Vec<(String, Control)>;

/// A row of the entities sheet.
#[derive(Debug)]
struct Entity {
    list: String,
    row: usize,
    /// Questions that its columns name.
    mentioned: Vec<String>,
}

/// A row of the survey sheet that belongs to an entity.
#[derive(Debug)]
struct Part<'a> {
    path: &'a [(String, Control)],
    place: Place,
    /// The property that it is saved to; `None`: the entity's columns name it.
    property: Option<&'a str>,
}

/// Where an entity wants to stand.
#[derive(Debug)]
struct Request<'a> {
    entity: &'a Entity,
    /// The innermost repeat around its parts, or the form.
    scope: &'a [(String, Control)],
    wanted: &'a [(String, Control)],
    /// Where its properties are saved from.
    lineages: Vec<&'a [(String, Control)]>,
}

/// Checks entities and `save_to`; gives the entities' list names.
pub(super) fn check(table: &Table, survey: &Table, facts: &Facts, problems: &mut Problems) -> Vec<String> {
    let entities = declared(table, problems);
    if !entities.is_empty() {
        problems.notice(Place::sheet(SheetName::Entities), ProblemKind::EntitiesUnused);
    }
    if let Some(column) = survey.columns.iter().find(|column| column.name == "save_to") {
        problems.notice(Place::row(survey.sheet, HEADER).column(&column.header), ProblemKind::UnusedColumn);
    }
    let parts = parts(&entities, facts, problems);
    let mut requests = Vec::new();
    for (entity, parts) in entities.iter().zip(&parts).filter(|(_, parts)| !parts.is_empty()) {
        match request(entity, parts) {
            Ok(request) => {
                let first = parts.iter().filter_map(|part| part.place.row).min();
                requests.push((first, request));
            }
            Err((place, fault)) => problems.error(place, ProblemKind::Entity(fault)),
        }
    }
    requests.sort_by_key(|(first, _)| *first);
    let mut requests: Vec<Request<'_>> = requests.into_iter().map(|(_, request)| request).collect();
    for (entity, _) in entities.iter().zip(&parts).filter(|(_, parts)| parts.is_empty()) {
        requests.push(Request { entity, scope: &[], wanted: &[], lineages: Vec::new() });
    }
    allocate(&requests, problems);
    entities.into_iter().map(|entity| entity.list).collect()
}

fn declared(table: &Table, problems: &mut Problems) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    let unknown =
        table.columns.iter().enumerate().filter(|(at, column)| !column.is_known && table.is_used(*at));
    let unknown: Vec<String> = unknown.map(|(_, column)| column.header.clone()).collect();
    if !unknown.is_empty() {
        let place = Place::row(table.sheet, HEADER);
        problems.error(place, ProblemKind::Entity(Fault::Columns(unknown)));
    }
    for line in &table.lines {
        let list = table.cell(line, "dataset").to_owned();
        for (column, fault) in faults(table, line, &list) {
            problems.error(table.at(line, column), ProblemKind::Entity(fault));
        }
        if entities.iter().any(|entity| entity.list == list) {
            let fault = Fault::SameList(list.clone());
            problems.error(table.at(line, "dataset"), ProblemKind::Entity(fault));
            continue;
        }
        let columns = ["entity_id", "create_if", "update_if", "label"];
        let named = columns.iter().flat_map(|column| mentions(table.cell(line, column)));
        let mentioned = named.filter_map(|mention| match mention {
            Mention::Name(name) | Mention::LastSaved(name) => Some(name.to_owned()),
            Mention::Bad(_) => None,
        });
        let mentioned = mentioned.collect();
        entities.push(Entity { list, row: line.number, mentioned });
    }
    entities
}

/// What is wrong with an entity by itself, with the column it is wrong in.
fn faults(table: &Table, line: &Line, list: &str) -> Vec<(&'static str, Fault)> {
    let has = |column: &str| !table.cell(line, column).is_empty();
    let mut faults = Vec::new();
    if list.is_empty() {
        faults.push(("dataset", Fault::NoListName));
    } else if list.starts_with("__") {
        faults.push(("dataset", Fault::ReservedPrefix));
    } else if list.contains('.') {
        faults.push(("dataset", Fault::Period));
    } else if !is_name(list) {
        faults.push(("dataset", Fault::BadName(list.to_owned())));
    }
    let list = list.to_owned();
    if !has("entity_id") && has("update_if") {
        faults.push(("entity_id", Fault::NoId(list)));
    } else if has("entity_id") && has("create_if") && !has("update_if") {
        faults.push(("update_if", Fault::NoUpdateIf(list)));
    } else if !has("entity_id") && !table.is_filled(line, "label") {
        faults.push(("label", Fault::NoLabel(list)));
    }
    faults
}

/// The rows that belong to each entity, in order.
fn parts<'a>(entities: &[Entity], facts: &'a Facts, problems: &mut Problems) -> Vec<Vec<Part<'a>>> {
    let mut parts: Vec<Vec<Part<'a>>> = entities.iter().map(|_| Vec::new()).collect();
    for save_to in &facts.save_tos {
        match owner(save_to, entities, &parts) {
            Ok((entity, property)) => {
                let part =
                    Part { path: &save_to.path, place: save_to.place.clone(), property: Some(property) };
                if let Some(own) = parts.get_mut(entity) {
                    own.push(part);
                }
            }
            Err(fault) => problems.error(save_to.place.clone(), ProblemKind::Entity(fault)),
        }
    }
    for named in &facts.names {
        for (entity, own) in entities.iter().zip(&mut parts) {
            if entity.mentioned.contains(&named.name) {
                let place = Place::row(SheetName::Entities, entity.row);
                own.push(Part { path: &named.path, place, property: None });
            }
        }
    }
    parts
}

/// The entity that a cell of `save_to` belongs to, and the property it names.
fn owner<'a>(
    save_to: &'a SaveTo,
    entities: &[Entity],
    parts: &[Vec<Part<'_>>],
) -> Result<(usize, &'a str), Fault> {
    if entities.is_empty() {
        return Err(Fault::NoSheet);
    }
    let marks: Vec<&str> = save_to.property.split('#').collect();
    let (entity, property) = match marks.as_slice() {
        [_] if entities.len() > 1 => return Err(Fault::NoPrefix),
        [property] => (0, *property),
        [list, property] => {
            let entity = entities.iter().position(|entity| entity.list == *list);
            (entity.ok_or_else(|| Fault::Unknown((*list).to_owned()))?, *property)
        }
        _ => return Err(Fault::TwoMarks),
    };
    if save_to.is_group {
        return Err(Fault::OnGroup);
    }
    if ["name", "label"].contains(&property.to_lowercase().as_str()) {
        return Err(Fault::ReservedProperty(property.to_owned()));
    }
    if property.starts_with("__") {
        return Err(Fault::ReservedPrefix);
    }
    if !is_name(property) {
        return Err(Fault::BadName(property.to_owned()));
    }
    let same = parts.get(entity).into_iter().flatten().find(|part| part.property == Some(property));
    match same.and_then(|part| part.place.row) {
        Some(row) => Err(Fault::SameProperty { property: property.to_owned(), row }),
        None => Ok((entity, property)),
    }
}

/// The innermost repeat on the way, or the form.
fn scope(path: &[(String, Control)]) -> &[(String, Control)] {
    let repeat = path.iter().rposition(|(_, control)| *control == Control::Repeat);
    repeat.and_then(|at| path.get(..=at)).unwrap_or_default()
}

fn repeats(path: &[(String, Control)]) -> usize {
    path.iter().filter(|(_, control)| *control == Control::Repeat).count()
}

/// Groups below the innermost repeat.
fn depth(path: &[(String, Control)]) -> usize {
    path.len() - scope(path).len()
}

fn written(path: &[(String, Control)]) -> String {
    let mut all = String::from("/survey");
    for (name, _) in path {
        all.push('/');
        all.push_str(name);
    }
    all
}

/// Where an entity wants to stand by the rows that belong to it: all of them must lie on one way of repeats, and those that
/// are saved in its innermost repeat.
fn request<'a>(entity: &'a Entity, parts: &[Part<'a>]) -> Result<Request<'a>, (Place, Fault)> {
    // Of several equally deep, the first.
    let deepest = |parts: &mut dyn Iterator<Item = &Part<'a>>, key: &dyn Fn(&Part<'a>) -> usize| {
        let mut best: Option<(usize, &'a [(String, Control)])> = None;
        for part in parts {
            let key = key(part);
            if best.is_none_or(|(known, _)| key > known) {
                best = Some((key, part.path));
            }
        }
        best.map(|(_, path)| path)
    };
    let farthest = deepest(&mut parts.iter(), &|part| repeats(part.path)).unwrap_or_default();
    let innermost = scope(farthest);
    let is_inside = |part: &&Part<'a>| scope(part.path) == innermost;
    let by_depth = |part: &Part<'a>| depth(part.path);
    let container = deepest(&mut parts.iter().filter(is_inside), &by_depth);
    let saved = |part: &&Part<'a>| part.property.is_some();
    let saved_inside = deepest(&mut parts.iter().filter(is_inside).filter(saved), &by_depth);
    let saved_first = parts.iter().find(saved).map(|part| part.path);
    let mut wanted = saved_inside.or(saved_first).or(container).unwrap_or_default();
    let mut lineages: Vec<&'a [(String, Control)]> = Vec::new();
    for part in parts.iter().filter(saved) {
        if !lineages.contains(&part.path) {
            lineages.push(part.path);
        }
    }
    if let Some(first) = lineages.first() {
        let shared = |length: &usize| {
            let head = first.get(..*length);
            lineages.iter().all(|lineage| lineage.get(..*length) == head)
        };
        let length = (0..=first.len()).take_while(shared).last().unwrap_or_default();
        let common = first.get(..length).unwrap_or_default();
        let own = scope(wanted);
        let key = |path| (repeats(path), depth(path));
        wanted = if lineages.len() > 1 && key(own) >= key(common) { own } else { common };
    }
    for part in parts {
        let here = scope(part.path);
        let is_apart = !innermost.starts_with(here);
        let is_elsewhere = part.property.is_some() && scope(wanted) != here;
        if is_apart || is_elsewhere {
            let other = if is_apart { farthest } else { wanted };
            let (list, other, here) = (entity.list.clone(), written(other), written(part.path));
            return Err((part.place.clone(), Fault::Apart { list, other, here }));
        }
    }
    Ok(Request { entity, scope: innermost, wanted, lineages })
}

/// Gives each entity a group of its own, as deep as it wants and no higher than its scope.
fn allocate<'a>(requests: &[Request<'a>], problems: &mut Problems) {
    let mut scopes: Vec<&[(String, Control)]> = Vec::new();
    for request in requests {
        if !scopes.contains(&request.scope) {
            scopes.push(request.scope);
        }
    }
    let mut reserved: HashMap<&[(String, Control)], &'a Entity> = HashMap::new();
    for scope in scopes {
        let mut own: Vec<&Request<'a>> = requests.iter().filter(|request| request.scope == scope).collect();
        own.sort_by_key(|request| request.entity.row);
        for request in own {
            if let Err(other) = place(request, &mut reserved) {
                let fault = Fault::NoRoom { scope: written(scope), row: other.row };
                let place = Place::row(SheetName::Entities, request.entity.row);
                problems.error(place, ProblemKind::Entity(fault));
            }
        }
    }
}

/// Reserves a place, and the groups between it and the rows that are saved; else says who has it.
fn place<'a>(
    request: &Request<'a>,
    reserved: &mut HashMap<&'a [(String, Control)], &'a Entity>,
) -> Result<(), &'a Entity> {
    let mut holder = None;
    for depth in (request.scope.len()..=request.wanted.len()).rev() {
        let path = request.wanted.get(..depth).unwrap_or_default();
        let Some(other) = reserved.get(path) else {
            reserved.insert(path, request.entity);
            for lineage in &request.lineages {
                for length in path.len()..=lineage.len() {
                    reserved.insert(lineage.get(..length).unwrap_or_default(), request.entity);
                }
            }
            return Ok(());
        };
        holder = Some(*other);
        if let Some(saved) = request.lineages.first().and_then(|lineage| reserved.get(lineage)) {
            return Err(saved);
        }
    }
    holder.map_or(Ok(()), Err)
}
