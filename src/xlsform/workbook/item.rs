//! Tables in the two other formats that forms choose from: XML (`<root><item><name>…`) and GeoJSON.

use super::xml::{Event, LONGEST, Xml};
use super::{OpenError, OpenErrorKind, damaged, too_large};
use crate::form::json::{Members, Value, parse};

/// The longest GeoJSON that is read: in memory it becomes some twenty times as much.
const MOST_JSON: usize = 5 << 20;

/// A table in the making: columns come as rows bring them.
#[derive(Debug, Default)]
struct Items {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Items {
    /// Puts a cell into the last row; of two of one name, the first counts.
    fn put(&mut self, column: &str, cell: String) -> Result<(), OpenError> {
        let at = self.header.iter().position(|known| known == column).unwrap_or_else(|| {
            self.header.push(column.to_owned());
            self.header.len() - 1
        });
        if at >= super::MOST_COLUMNS || self.rows.len() > super::MOST_ROWS {
            return Err(too_large());
        }
        if let Some(row) = self.rows.last_mut() {
            if row.len() <= at {
                row.resize(at + 1, String::new());
            }
            if let Some(place) = row.get_mut(at).filter(|place| place.is_empty()) {
                *place = cell;
            }
        }
        Ok(())
    }

    fn into_rows(self) -> Vec<(usize, Vec<String>)> {
        (1..).zip(std::iter::once(self.header).chain(self.rows)).collect()
    }
}

/// What the elements are called that hold the rows, and that are the rows: forms reach them by these names.
const NAMES: [&str; 2] = ["root", "item"];

/// The rows of an XML text, the header first.
///
/// Errors: no XML, XML that holds no items, or more than is read.
pub(super) fn of_xml(text: &str) -> Result<Vec<(usize, Vec<String>)>, OpenError> {
    let mut xml = Xml::new(text);
    let mut items = Items::default();
    let (mut depth, mut cell) = (0_usize, String::new());
    while let Some(event) = xml.next()? {
        match event {
            Event::Open(tag) => {
                if NAMES.get(depth).is_some_and(|name| *name != tag.name) {
                    return Err(OpenError::new(OpenErrorKind::NotWorkbook).at(tag.name));
                }
                depth += 1;
                match depth {
                    2 => items.rows.push(Vec::new()),
                    3 => cell.clear(),
                    _ => {}
                }
            }
            Event::Text(text) if depth >= 3 && cell.len() + text.len() > LONGEST => return Err(too_large()),
            Event::Text(text) if depth >= 3 => cell.push_str(&text),
            Event::Text(_) => {}
            Event::Close(name) => {
                if depth == 3 {
                    items.put(name, std::mem::take(&mut cell))?;
                }
                depth = depth.checked_sub(1).ok_or_else(damaged)?;
            }
        }
    }
    if depth > 0 { Err(damaged()) } else { Ok(items.into_rows()) }
}

/// The rows of a GeoJSON text, the header first: a row for each feature, its properties as columns, its place as ODK writes it.
///
/// Errors: no collection of features, or more than is read.
pub(super) fn of_geojson(text: &str) -> Result<Vec<(usize, Vec<String>)>, OpenError> {
    if text.len() > MOST_JSON {
        return Err(too_large());
    }
    let value = parse(text).ok_or_else(damaged)?;
    let features = Members::of(&value).and_then(|members| members.list("features")).ok_or_else(damaged)?;
    let mut items = Items::default();
    for feature in features {
        let feature = Members::of(feature).ok_or_else(damaged)?;
        items.rows.push(Vec::new());
        if let Some(id) = feature.get("id") {
            items.put("id", plain(id))?;
        }
        if let Some(Value::Object(properties)) = feature.get("properties") {
            for (name, value) in properties {
                items.put(name, plain(value))?;
            }
        }
        let place = feature.get("geometry").and_then(geometry);
        items.put("geometry", place.unwrap_or_default())?;
    }
    Ok(items.into_rows())
}

/// A value as a cell; what has parts is none.
fn plain(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => text.clone().into_owned(),
        Value::Number(number) => (*number).to_owned(),
        Value::Flag(flag) => flag.to_string(),
        Value::Null | Value::List(_) | Value::Object(_) => String::new(),
    }
}

/// A point, a line or the outer edge of an area: latitude, longitude, altitude and accuracy of each point.
fn geometry(value: &Value<'_>) -> Option<String> {
    let shape = Members::of(value)?;
    let kind = shape.text("type")?;
    let coordinates = shape.list("coordinates")?;
    let line = |points: &[Value<'_>]| -> Option<Vec<String>> {
        points.iter().map(|value| if let Value::List(pair) = value { point(pair) } else { None }).collect()
    };
    match (kind.as_str(), coordinates) {
        ("Point", pair) => point(pair),
        ("LineString", points) => line(points).map(|points| points.join("; ")),
        ("Polygon", [Value::List(points), ..]) => line(points).map(|points| points.join("; ")),
        _ => None,
    }
}

fn point(pair: &[Value<'_>]) -> Option<String> {
    match pair {
        [Value::Number(longitude), Value::Number(latitude), ..] => {
            Some(format!("{latitude} {longitude} 0 0"))
        }
        _ => None,
    }
}
