use std::fmt::Write;

use super::Frame;
use super::axis::{place, sound};
use super::drawing::{Drawing, LINE, Lettering, SIZE, pixels, share, title};
use super::palette::{BAR, QUIET};
use super::text::{BOLD, fit, wrap};

/// Below this width each line has a little drawing of its own under its label, in pixels.
const BESIDE: f64 = 440.0;
/// The left and the right edge of the drawing between the labels, in percent.
const EDGES: (f64, f64) = (37.0, 63.0);
/// Between an edge and its labels, in percent.
const LEADER: f64 = 5.0;
/// The least and the greatest height of the drawing between the labels, in pixels.
const HEIGHTS: (f64, f64) = (180.0, 480.0);
/// Half the height of a line's own drawing, in pixels.
const HALF: f64 = 16.0;
/// Between labels above one another, in pixels.
const GAP: f64 = 5.0;
/// How much higher the drawing is than its labels stacked, so that they need not move far.
const EASE: f64 = 1.4;
/// The least part of the range that fills a drawing's height: smaller changes look small.
const PART: f64 = 0.2;

/// What the lines of a slope chart share.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Slope {
    /// What stands over the left and the right end: `2023`, `2026`.
    pub heads: (String, String),
    /// The lowest and the highest value that there could be. The drawing shows the part of it that the values take, and a
    /// fifth at least, so that small changes do not look great.
    pub range: (f64, f64),
}

/// One group or question in two waves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SlopeLine {
    /// What it is about.
    pub label: String,
    /// Its value then and now; `None` where it may not be shown.
    pub values: (Option<f64>, Option<f64>),
    /// What stands at the ends: `38 %`, `46 %`, or a dash.
    pub texts: (String, String),
    /// Drawn thin and grey: no clear change.
    pub quiet: bool,
}

/// A line for each row from its value then to its value now. Where the room is wide, all in one drawing with labels at
/// both ends, pushed apart where they would touch; where it is narrow, or the labels would take more height than a screen,
/// one under another, each under its label, all to one measure. The caller sorts; in the wide drawing the values do.
pub fn slope(frame: &Frame<'_>, slope: &Slope, lines: &[SlopeLine]) -> String {
    let mut drawing = Drawing::new(frame);
    if drawing.room < BESIDE || !large(&mut drawing, slope, lines) {
        small(&mut drawing, slope, lines);
    }
    drawing.finish(frame)
}

/// One under another, around the middle of each line.
fn small(drawing: &mut Drawing, slope: &Slope, lines: &[SlopeLine]) {
    let range = sound(slope.range);
    let places = |line: &SlopeLine| {
        let at = |value: Option<f64>| place(value?, range);
        (at(line.values.0), at(line.values.1))
    };
    let changes = lines.iter().map(places).filter_map(|(then, now)| Some((now? - then?).abs()));
    let full = changes.fold(PART, f64::max);
    heads(drawing, slope, (0.0, "start"), (100.0, "end"));
    for line in lines {
        drawing.titled(&line.label, "", !line.quiet);
        let places = places(line);
        let rise = places.0.zip(places.1).map_or(0.0, |(then, now)| (now - then) / full * HALF);
        let middle = drawing.y + 8.0 + rise.abs();
        let ends = (places.0.map(|_| middle + rise), places.1.map(|_| middle - rise));
        stroke(drawing, (24.0, 76.0), ends, line);
        for (x, anchor, y, text) in
            [("0%", "start", ends.0, &line.texts.0), ("100%", "end", ends.1, &line.texts.1)]
        {
            let lettering = Lettering { anchor, ..lettering(line) };
            let text = fit(text, drawing.room * 0.22 / BOLD, SIZE);
            drawing.letter(x, y.unwrap_or(middle) + 4.5, &lettering, &text);
        }
        drawing.y = middle + rise.abs() + 20.0;
    }
}

/// All in one drawing; nothing, and `false`, where it would be too high. Lines without any value are named under it.
fn large(drawing: &mut Drawing, slope: &Slope, lines: &[SlopeLine]) -> bool {
    let whole = sound(slope.range);
    let kept = |value: Option<f64>| {
        value.filter(|value| value.is_finite()).map(|value| value.clamp(whole.0, whole.1))
    };
    let drawn: Vec<&SlopeLine> = lines.iter().filter(|line| has_value(line)).collect();
    let values = drawn.iter().flat_map(|line| [kept(line.values.0), kept(line.values.1)]).flatten();
    let range = part_taken(values.collect(), whole);
    let outer = (EDGES.0 - LEADER, EDGES.1 + LEADER);
    let mut left = Side::of(drawing, &drawn, |line| (kept(line.values.0), &line.texts.0));
    let mut right = Side::of(drawing, &drawn, |line| (kept(line.values.1), &line.texts.1));
    let high = HEIGHTS.0.max(EASE * left.high()).max(EASE * right.high());
    if high > HEIGHTS.1 {
        return false;
    }
    heads(drawing, slope, (outer.0, "end"), (outer.1, "start"));
    let top = drawing.y + 6.0;
    let y = |value: f64| {
        place(value, range).map_or(top, |place| top + LINE / 2.0 + (high - LINE) * (1.0 - place))
    };
    // Quiet lines first: they pass under the others.
    for quiet in [true, false] {
        for line in drawn.iter().filter(|line| line.quiet == quiet) {
            stroke(drawing, EDGES, (kept(line.values.0).map(y), kept(line.values.1).map(y)), line);
        }
    }
    for (side, edge, outer) in [(&mut left, EDGES.0, outer.0), (&mut right, EDGES.1, outer.1)] {
        side.spread(y, top, high);
        side.write(drawing, edge, outer);
    }
    drawing.y = top + high + 14.0;
    for line in lines.iter().filter(|line| !has_value(line)) {
        drawing.label(&line.label, &format!("{} → {}", line.texts.0, line.texts.1));
    }
    true
}

fn has_value(line: &SlopeLine) -> bool {
    [line.values.0, line.values.1].into_iter().flatten().any(f64::is_finite)
}

/// The part of the range that values take, [`PART`] of it at least.
fn part_taken(values: Vec<f64>, (low, high): (f64, f64)) -> (f64, f64) {
    let (least, most) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| {
        (least.min(*value), most.max(*value))
    });
    if !least.is_finite() {
        return (low, high);
    }
    let missing = (PART * (high - low) - (most - least)).max(0.0) / 2.0;
    let (from, to) = (least - missing, most + missing);
    // Moved back inside where it would show values that cannot be.
    let shift = (low - from).max(0.0) - (to - high).max(0.0);
    sound((from + shift, to + shift))
}

/// The labels at one end of all lines.
struct Side<'a> {
    ends: Vec<End<'a>>,
    /// The width of the widest value's text, in pixels.
    column: f64,
}

/// A label at one end of a line.
struct End<'a> {
    line: &'a SlopeLine,
    value: f64,
    text: String,
    label: Vec<String>,
    /// The height of the line's end, in pixels.
    wanted: f64,
    /// The height of the label's middle, in pixels.
    at: f64,
}

impl<'a> Side<'a> {
    fn of(
        drawing: &Drawing,
        lines: &[&'a SlopeLine],
        pick: impl Fn(&'a SlopeLine) -> (Option<f64>, &'a String),
    ) -> Side<'a> {
        let room = drawing.room * (EDGES.0 - LEADER) / 100.0;
        let mut ends: Vec<End<'a>> = Vec::new();
        for line in lines {
            let (Some(value), text) = pick(line) else { continue };
            let text = fit(text, room / 2.0 / BOLD, SIZE);
            ends.push(End { line, value, text, label: Vec::new(), wanted: 0.0, at: 0.0 });
        }
        let column = ends.iter().map(|end| lettering(end.line).width(&end.text)).fold(0.0, f64::max);
        for end in &mut ends {
            end.label = wrap(&end.line.label, (room - column - 8.0) / BOLD, SIZE);
        }
        ends.sort_by(|a, b| b.value.total_cmp(&a.value));
        Side { ends, column }
    }

    /// The height of all labels above one another, in pixels.
    fn high(&self) -> f64 {
        self.ends.iter().map(End::high).sum()
    }

    fn spread(&mut self, y: impl Fn(f64) -> f64, top: f64, high: f64) {
        let heights: Vec<f64> = self.ends.iter().map(End::high).collect();
        let wanted: Vec<f64> = self.ends.iter().map(|end| y(end.value) - top).collect();
        let found = apart(&wanted, &heights, high);
        for ((end, wanted), at) in self.ends.iter_mut().zip(wanted).zip(found) {
            (end.wanted, end.at) = (top + wanted, top + at);
        }
    }

    /// Writes the labels outside of `outer`, with a thin line to the end at `edge` where a label was moved (both in percent).
    fn write(&self, drawing: &mut Drawing, edge: f64, outer: f64) {
        let sign = if outer < edge { -1.0 } else { 1.0 };
        let anchor = if outer < edge { "end" } else { "start" };
        for end in self.ends.iter().filter(|end| (end.at - end.wanted).abs() > 2.0) {
            let leader = r##"class="chart-quiet-line" stroke="#8a8a8a" stroke-width="0.75""##;
            drawing.line(edge + sign * 1.2, end.wanted, outer - sign * 0.6, end.at, leader);
        }
        let _ = write!(drawing.body, r#"<svg x="{}" y="0" overflow="visible">"#, share(outer));
        for end in &self.ends {
            let lettering = Lettering { anchor, ..lettering(end.line) };
            drawing.letter("0", end.at + 4.5, &lettering, &end.text);
            let x = pixels(sign * (self.column + 8.0));
            let first = end.at + 4.5 - (end.label.len() as f64 - 1.0) * LINE / 2.0;
            for (row, text) in end.label.iter().enumerate() {
                drawing.letter(&x, first + row as f64 * LINE, &lettering, text);
            }
        }
        drawing.body.push_str("</svg>");
    }
}

impl End<'_> {
    fn high(&self) -> f64 {
        self.label.len() as f64 * LINE + GAP
    }
}

/// Middles of labels of these heights, in their order, as near to where they are wanted as they can be without touching and
/// without leaving `0..high`, if all fit in it. The mean of squared moves is least: labels that push each other move as one.
fn apart(wanted: &[f64], heights: &[f64], high: f64) -> Vec<f64> {
    // Measured from where each would stand were all packed at the top, touching labels have one number in common.
    let mut packed = 0.0;
    let offsets: Vec<f64> = heights
        .iter()
        .map(|height| {
            packed += height;
            packed - height / 2.0
        })
        .collect();
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for (wanted, offset) in wanted.iter().zip(&offsets) {
        let mut group = (wanted - offset, 1);
        while let Some((sum, count)) = groups.last().copied()
            && sum / count as f64 > group.0 / group.1 as f64
        {
            groups.pop();
            group = (group.0 + sum, group.1 + count);
        }
        groups.push(group);
    }
    let spare = (high - packed).max(0.0);
    let moved = groups
        .iter()
        .flat_map(|(sum, count)| std::iter::repeat_n((sum / *count as f64).clamp(0.0, spare), *count));
    moved.zip(&offsets).map(|(moved, offset)| moved + offset).collect()
}

fn heads(drawing: &mut Drawing, slope: &Slope, left: (f64, &str), right: (f64, &str)) {
    let room =
        if left.1 == "start" { drawing.room * 0.45 } else { drawing.room * (EDGES.0 - LEADER) / 100.0 };
    let lines = [wrap(&slope.heads.0, room, SIZE), wrap(&slope.heads.1, room, SIZE)];
    for ((x, anchor), lines) in [left, right].iter().zip(&lines) {
        for (row, text) in lines.iter().enumerate() {
            drawing.text(*x, drawing.y + SIZE + row as f64 * LINE, anchor, "chart-note", text);
        }
    }
    drawing.y += lines.iter().map(Vec::len).max().unwrap_or(0) as f64 * LINE + 8.0;
}

fn lettering(line: &SlopeLine) -> Lettering<'static> {
    let class = if line.quiet { "chart-note" } else { "" };
    Lettering { bold: !line.quiet, class, ..Lettering::default() }
}

/// A line between two places in percent across, at heights in pixels, with a dot at each end that is there.
fn stroke(drawing: &mut Drawing, x: (f64, f64), y: (Option<f64>, Option<f64>), line: &SlopeLine) {
    let (colour, wide, radius) = if line.quiet { (QUIET, 2.0, 4.0) } else { (BAR, 3.0, 5.5) };
    let tip = format!("{}: {} → {}", line.label, line.texts.0, line.texts.1);
    let _ = write!(drawing.body, "<g>{}", title(&tip));
    if let (Some(then), Some(now)) = y {
        let paint =
            format!(r#"class="{}-line" stroke="{}" stroke-width="{wide}""#, colour.class, colour.literal);
        drawing.line(x.0, then, x.1, now, &paint);
    }
    for (x, y) in [(x.0, y.0), (x.1, y.1)] {
        if let Some(y) = y {
            drawing.circle(x, y, radius, &colour.paint(), "");
        }
    }
    drawing.body.push_str("</g>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_that_touch_move_apart_around_their_middle() {
        assert_eq!(apart(&[50.0, 52.0], &[20.0, 20.0], 200.0), [41.0, 61.0]);
        assert_eq!(apart(&[0.0, 100.0, 200.0], &[20.0; 3], 200.0), [10.0, 100.0, 190.0]);
        assert!(apart(&[], &[], 200.0).is_empty());
    }

    #[test]
    fn a_fifth_of_the_range_is_shown_at_least_and_nothing_beyond_it() {
        let near = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() < 1e-9 && (a.1 - b.1).abs() < 1e-9;
        assert!(near(part_taken(vec![40.0, 44.0], (0.0, 100.0)), (32.0, 52.0)));
        assert!(near(part_taken(vec![1.0, 3.0], (0.0, 100.0)), (0.0, 20.0)));
        assert!(near(part_taken(vec![10.0, 70.0], (0.0, 100.0)), (10.0, 70.0)));
        assert!(near(part_taken(vec![], (1.0, 5.0)), (1.0, 5.0)));
    }

    proptest! {
        #[test]
        fn labels_never_touch_nor_change_order_nor_leave_the_drawing(
            ends in prop::collection::vec((0.0f64..300.0, 10.0f64..60.0), 0..30),
        ) {
            let mut wanted: Vec<f64> = ends.iter().map(|(wanted, _)| *wanted).collect();
            wanted.sort_by(f64::total_cmp);
            let heights: Vec<f64> = ends.iter().map(|(_, height)| *height).collect();
            let high = heights.iter().sum::<f64>().max(300.0);
            let found = apart(&wanted, &heights, high);
            for at in 0..found.len() {
                prop_assert!(found[at] - heights[at] / 2.0 >= -1e-6);
                prop_assert!(found[at] + heights[at] / 2.0 <= high + 1e-6);
                if at > 0 {
                    prop_assert!(found[at] - found[at - 1] >= (heights[at] + heights[at - 1]) / 2.0 - 1e-6);
                }
            }
        }
    }
}
