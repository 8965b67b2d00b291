//! What holds for every chart, whatever it is given: valid XML, no number that is none, no text outside.

use proptest::prelude::*;

use super::*;

/// Values as they come out of sums and quotients, and those that should not.
fn number() -> BoxedStrategy<f64> {
    prop_oneof![
        8 => (0.0f64..100.0).boxed(),
        1 => (-50.0f64..150.0).boxed(),
        1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, 100.0, -0.0, 1e308, -1e308]).boxed(),
    ]
    .boxed()
}

fn words() -> BoxedStrategy<String> {
    prop_oneof![
        6 => "[A-Za-zñáéÑ]{1,12}( [a-zñáé]{1,12}){0,9}".boxed(),
        1 => "[A-Z%mw]{30,80}".boxed(),
        1 => Just(String::new()).boxed(),
        1 => any::<String>().boxed(),
        1 => Just("<b title='x'>&amp;\u{ffff}\u{0}</b> ]]> \" 北京 \u{1f600}".to_owned()).boxed(),
    ]
    .boxed()
}

fn short() -> BoxedStrategy<String> {
    prop_oneof![8 => "[0-9]{1,2}\u{a0}%".boxed(), 1 => words().boxed()].boxed()
}

fn sometimes<T: std::fmt::Debug + Clone + 'static>(
    some: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Option<T>> {
    prop::option::weighted(0.6, some).boxed()
}

fn list<T: std::fmt::Debug + Clone + 'static>(
    of: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Vec<T>> {
    let of = of.boxed();
    prop_oneof![
        1 => Just(Vec::new()),
        1 => prop::collection::vec(of.clone(), 1),
        4 => prop::collection::vec(of.clone(), 2..8),
        1 => prop::collection::vec(of, 40),
    ]
    .boxed()
}

fn pair() -> (impl Strategy<Value = f64>, impl Strategy<Value = f64>) {
    (number(), number())
}

fn range() -> BoxedStrategy<(f64, f64)> {
    prop_oneof![4 => Just((0.0, 100.0)), 1 => Just((1.0, 5.0)), 2 => pair()].boxed()
}

fn room() -> BoxedStrategy<f64> {
    prop::sample::select(vec![NARROW, WIDE, 328.0, 640.0]).boxed()
}

/// Checks one drawing, and tells what is wrong.
fn check(svg: &str, room: f64) -> Result<(), TestCaseError> {
    let document =
        roxmltree::Document::parse(svg).map_err(|error| TestCaseError::fail(format!("{error}: {svg}")))?;
    let root = document.root_element();
    prop_assert_eq!(root.attribute("role"), Some("img"));
    prop_assert!(root.attribute("aria-label").is_some());
    prop_assert!(root.children().any(|child| child.has_tag_name(tag("title"))));
    prop_assert!(root.children().any(|child| child.has_tag_name(tag("desc"))));
    let high: f64 = root.attribute("height").unwrap().parse().unwrap();
    let mut boxes = Vec::new();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            if matches!(name, "d" | "transform" | "stroke-width" | "stroke-dasharray") {
                prop_assert!(!value.contains("NaN") && !value.contains("inf"), "{name}={value}");
            }
            if name != "aria-label" {
                let decimals = value.split('.').skip(1);
                let longest =
                    decimals.map(|part| part.chars().take_while(char::is_ascii_digit).count()).max();
                prop_assert!(longest.unwrap_or(0) <= 2, "{name}={value}");
            }
            if matches!(name, "x" | "y" | "x1" | "x2" | "y1" | "y2" | "cx" | "cy" | "r" | "width" | "height")
            {
                let number: f64 = value.trim_end_matches('%').parse().unwrap();
                prop_assert!(number.is_finite());
                if matches!(name, "width" | "height" | "r") {
                    prop_assert!(number >= 0.0, "{name}={value}");
                }
                let inside = node.has_tag_name(tag("rect")) || node.has_tag_name(tag("circle"));
                if value.ends_with('%') && inside {
                    prop_assert!((-0.01..=100.02).contains(&number), "{name}={value} in {svg}");
                }
            }
        }
        if node.has_tag_name(tag("text")) {
            let (from, to) = reach(&node, room);
            prop_assert!(
                from >= -0.5 && to <= room + 0.5,
                "{from} to {to} of {room}: {:?} in {svg}",
                node.text()
            );
            let y: f64 = node.attribute("y").unwrap().parse().unwrap();
            prop_assert!((8.0..=high).contains(&y), "{y} of {high}: {:?}", node.text());
            let size: f64 = node.attribute("font-size").unwrap().parse().unwrap();
            boxes.push(((from, to), (y - 0.7 * size, y + 0.15 * size), node.text().unwrap_or_default()));
        }
    }
    for (at, (x, y, text)) in boxes.iter().enumerate() {
        for (other_x, other_y, other) in boxes.iter().skip(at + 1) {
            let meet = |a: &(f64, f64), b: &(f64, f64)| a.0.max(b.0) + 0.5 < a.1.min(b.1);
            prop_assert!(!(meet(x, other_x) && meet(y, other_y)), "{text:?} and {other:?} in {svg}");
        }
    }
    Ok(())
}

fn tag(name: &'static str) -> (&'static str, &'static str) {
    ("http://www.w3.org/2000/svg", name)
}

/// From where to where a text reaches, in pixels of a drawing as wide as `room`.
fn reach(node: &roxmltree::Node<'_, '_>, room: f64) -> (f64, f64) {
    let length = |value: Option<&str>| match value.unwrap_or("0") {
        share if share.ends_with('%') => room * share.trim_end_matches('%').parse::<f64>().unwrap() / 100.0,
        pixels => pixels.parse().unwrap(),
    };
    let mut x = length(node.attribute("x"));
    for parent in node.ancestors().skip(1).filter(|parent| parent.has_tag_name(tag("svg"))) {
        x += length(parent.attribute("x"));
    }
    let size: f64 = node.attribute("font-size").unwrap().parse().unwrap();
    let bold = if node.attribute("font-weight").is_some() { text::BOLD } else { 1.0 };
    let wide = width(node.text().unwrap_or_default(), size) * bold;
    match node.attribute("text-anchor").unwrap() {
        "start" => (x, x + wide),
        "end" => (x - wide, x),
        _ => (x - wide / 2.0, x + wide / 2.0),
    }
}

#[test]
fn the_check_sees_what_is_wrong() {
    let head =
        r#"<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="a" height="40"><title/><desc/>"#;
    let passes = |inner: &str| check(&format!("{head}{inner}</svg>"), 100.0).is_ok();
    let text = |x: &str, y: &str, anchor: &str| {
        format!(r#"<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="10">short</text>"#)
    };
    assert!(passes(&text("50%", "20", "middle")));
    assert!(!passes(&text("90%", "20", "start")));
    assert!(!passes(&text("50%", "60", "middle")));
    assert!(passes(&[text("50%", "12", "middle"), text("50%", "30", "start")].concat()));
    assert!(!passes(&[text("50%", "20", "middle"), text("50%", "23", "start")].concat()));
    assert!(!passes(&format!(r#"<svg x="90%">{}</svg>"#, text("5", "20", "start"))));
    for wrong in [r#"<rect x="NaN%"/>"#, r#"<rect width="-1"/>"#, r#"<rect x="120%"/>"#, "<b>"] {
        assert!(!passes(wrong), "{wrong}");
    }
    for wrong in [r#"<path d="M inf,2"/>"#, r#"<circle r="1.234"/>"#] {
        assert!(!passes(wrong), "{wrong}");
    }
}

fn frame(room: f64) -> Frame<'static> {
    Frame { title: "t", description: "d", room }
}

fn count(svg: &str, part: &str) -> usize {
    svg.matches(part).count()
}

#[test]
fn intervals_and_references_are_drawn_only_when_given() {
    let bar = MarkedBar { bar: Bar { share: 50.0, ..Bar::default() }, ..MarkedBar::default() };
    let marked = MarkedBar { interval: Some((40.0, 60.0)), reference: Some(55.0), ..bar.clone() };
    let marks = Marks::default();
    let drawn = marked_bars(&frame(WIDE), &marks, &[bar.clone(), marked]);
    assert_eq!((count(&drawn, "chart-interval"), count(&drawn, "chart-reference")), (1, 1));
    assert_eq!(marked_bars(&frame(WIDE), &marks, std::slice::from_ref(&bar)), bars(&frame(WIDE), &[bar.bar]));
    let row = |value, interval| DotRow { value, interval, ..DotRow::default() };
    let rows = [
        row(Some(10.0), None),
        row(Some(10.0), Some((5.0, 15.0))),
        row(None, None),
        row(Some(f64::NAN), None),
    ];
    let drawn = dots(&frame(WIDE), &Dots { range: (0.0, 100.0), ..Dots::default() }, &rows);
    assert_eq!((count(&drawn, "chart-interval"), count(&drawn, "<circle")), (1, 2));
}

#[test]
fn a_dot_stands_where_its_value_says() {
    let row = DotRow { value: Some(25.0), other: Some(100.0), ..DotRow::default() };
    let drawn = dots(&frame(NARROW), &Dots { range: (0.0, 100.0), ..Dots::default() }, &[row]);
    assert!(drawn.contains(r#"<circle cx="26.5%""#) && drawn.contains(r#"<circle cx="97%""#), "{drawn}");
}

#[test]
fn a_narrow_slope_names_each_line_once_and_a_wide_one_at_both_ends() {
    let line = |label: &str, then: f64, now: f64| SlopeLine {
        label: label.into(),
        values: (Some(then), Some(now)),
        texts: (then.to_string(), now.to_string()),
        quiet: false,
    };
    let look = Slope { heads: ("2023".into(), "2026".into()), range: (0.0, 100.0) };
    let lines = [line("Agua", 40.0, 44.0), line("Luz", 41.0, 30.0)];
    assert_eq!(count(&slope(&frame(NARROW), &look, &lines), ">Agua<"), 1);
    assert_eq!(count(&slope(&frame(WIDE), &look, &lines), ">Agua<"), 2);
    let many: Vec<SlopeLine> = (0..30).map(|step| line(&format!("Agua {step}"), 40.0, 44.0)).collect();
    assert_eq!(count(&slope(&frame(WIDE), &look, &many), ">Agua 7<"), 1);
}

#[test]
fn stacked_parts_fill_their_share_of_the_whole() {
    let stack = Stack { parts: [30.0, 20.0, 0.0].map(|size| (size, String::new())), ..Stack::default() };
    let drawn =
        |full| stacked(&frame(WIDE), &Stacked { full, ..Stacked::default() }, std::slice::from_ref(&stack));
    let whole = drawn(Some(100.0));
    assert!(
        whole.contains(r#"x="0%" y="20" width="30%""#) && whole.contains(r#"x="30%" y="20" width="20%""#)
    );
    assert!(!whole.contains("chart-rank-3"));
    assert!(drawn(None).contains(r#"x="0%" y="20" width="60%""#));
}

#[test]
fn hidden_cells_are_hatched_and_explained_and_too_many_columns_are_refused() {
    let table = |columns: usize| Shaded {
        columns: vec!["Burunga".into(); columns],
        range: (0.0, 100.0),
        hidden: "few".into(),
        ..Shaded::default()
    };
    let row = |cells: &[Cell]| ShadedRow { cells: cells.to_vec(), ..ShadedRow::default() };
    let full = Cell::Value(100.0, "100 %".into());
    let rows = [row(&[full.clone(), Cell::Hidden]), row(&[Cell::Empty, Cell::Hidden])];
    let drawn = shaded(&frame(NARROW), &table(2), &rows).unwrap();
    // Two cells and the legend.
    assert_eq!((count(&drawn, "chart-hatch"), count(&drawn, ">–<"), count(&drawn, ">few<")), (3, 2, 1));
    let open = shaded(&frame(NARROW), &table(1), &rows).unwrap();
    assert_eq!((count(&open, "chart-hatch"), count(&open, ">few<")), (0, 0));
    let broad = [row(&vec![full; 20])];
    let fits = |room: f64, columns: usize| shaded(&frame(room), &table(columns), &broad).is_some();
    assert!(fits(NARROW, 5) && fits(WIDE, 10) && !fits(NARROW, 7) && !fits(WIDE, 12));
}

#[test]
fn a_waffle_fills_as_many_figures_as_it_says() {
    let drawn = |figure, filled| waffle(&frame(NARROW), &Waffle { figure, filled, ..Waffle::default() });
    let parts = |svg: &str| -> (usize, usize) {
        let (vacant, filled) = svg.split_once("chart-bar").unwrap();
        (count(vacant, "<circle"), count(filled, "<circle"))
    };
    assert_eq!(parts(&drawn(Figure::TenMarks, 7.0)), (3, 7));
    assert_eq!(parts(&drawn(Figure::HundredMarks, 47.4)), (53, 48));
    assert!(drawn(Figure::HundredMarks, 47.4).contains(r#"width="5.6""#));
    assert_eq!(parts(&drawn(Figure::TenMarks, 12.0)), (0, 10));
    assert_eq!(parts(&drawn(Figure::TenMarks, f64::NAN)), (10, 0));
}

#[test]
fn months_under_narrow_columns_do_not_touch_and_break_alike() {
    let months = ["jun 2026", "jul 2026", "ago 2026", "sep 2026"].map(|label| Column {
        label: label.into(),
        size: 1.0,
        text: "100".into(),
        ..Column::default()
    });
    let drawn = columns(&frame(NARROW), &[months.clone(), months.clone(), months].concat());
    assert_eq!(count(&drawn, ">2026<"), 6, "{drawn}");
}

prop_compose! {
    fn bar()(
        label in words(), share in number(), text in short(), quiet: bool,
        interval in sometimes(pair()), reference in sometimes(number()),
    ) -> MarkedBar {
        MarkedBar { bar: Bar { label, share, text, quiet }, interval, reference }
    }
}

prop_compose! {
    fn dot()(
        heading in words(), label in words(), note in short(),
        value in sometimes(number()), interval in sometimes(pair()),
        other in sometimes(number()), other_interval in sometimes(pair()), other_note in short(),
    ) -> DotRow {
        DotRow { heading, label, note, value, interval, other, other_interval, other_note }
    }
}

prop_compose! {
    fn marks()(interval in words(), reference in words()) -> Marks {
        Marks { interval, reference }
    }
}

prop_compose! {
    fn line()(
        label in words(), values in (sometimes(number()), sometimes(number())),
        texts in (short(), short()), quiet: bool,
    ) -> SlopeLine {
        SlopeLine { label, values, texts, quiet }
    }
}

fn cell() -> BoxedStrategy<Cell> {
    prop_oneof![
        6 => (number(), short()).prop_map(|(value, text)| Cell::Value(value, text)).boxed(),
        2 => Just(Cell::Hidden).boxed(),
        1 => Just(Cell::Empty).boxed(),
    ]
    .boxed()
}

prop_compose! {
    fn shaded_row()(label in words(), note in short(), cells in list(cell()), total: bool) -> ShadedRow {
        ShadedRow { label, note, cells, total }
    }
}

prop_compose! {
    fn scale_row()(
        label in words(), note in short(), shares in list(number()), texts in list(short()),
        outside in sometimes((number(), short())), beside in short(),
    ) -> ScaleRow {
        ScaleRow { label, note, shares, texts, outside, beside }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn bars_are_drawable(
        title in words(), description in words(), marks in marks(), list in list(bar()), room in room(),
    ) {
        let frame = Frame { title: &title, description: &description, room };
        check(&marked_bars(&frame, &marks, &list), room)?;
        check(&bars(&frame, &list.into_iter().map(|marked| marked.bar).collect::<Vec<_>>()), room)?;
    }

    #[test]
    fn dots_are_drawable(
        title in words(), range in range(), named in list((number(), short())), reference in sometimes(number()),
        marks in marks(), legend in (words(), words()), rows in list(dot()), room in room(),
    ) {
        let frame = Frame { title: &title, description: &title, room };
        check(&dots(&frame, &Dots { range, ticks: named, reference, marks, legend }, &rows), room)?;
    }

    #[test]
    fn slopes_are_drawable(
        title in words(), heads in (words(), words()), range in range(), lines in list(line()), room in room(),
    ) {
        let frame = Frame { title: &title, description: &title, room };
        check(&slope(&frame, &Slope { heads, range }, &lines), room)?;
    }

    #[test]
    fn stacks_are_drawable(
        title in words(), legend in [words(), words(), words()], full in sometimes(number()),
        list in list((words(), prop::array::uniform3((number(), short())), short())), room in room(),
    ) {
        let frame = Frame { title: &title, description: &title, room };
        let stack = |(label, parts, total)| Stack { label, parts, total };
        let list: Vec<Stack> = list.into_iter().map(stack).collect();
        check(&stacked(&frame, &Stacked { legend, full }, &list), room)?;
    }

    #[test]
    fn shaded_tables_are_drawable(
        title in words(), columns in list(words()), range in range(), ends in (words(), words()),
        hidden in words(), rows in list(shaded_row()), room in room(),
    ) {
        let frame = Frame { title: &title, description: &title, room };
        if let Some(svg) = shaded(&frame, &Shaded { columns, range, ends, hidden }, &rows) {
            check(&svg, room)?;
        }
    }

    #[test]
    fn waffles_are_drawable(
        title in words(), filled in number(), text in words(), note in words(), room in room(),
    ) {
        let frame = Frame { title: &title, description: &title, room };
        for figure in [Figure::TenPeople, Figure::TenMarks, Figure::HundredMarks] {
            let drawn = Waffle { figure, filled, text: text.clone(), note: note.clone() };
            check(&waffle(&frame, &drawn), room)?;
        }
    }

    #[test]
    fn diverging_bars_are_drawable(
        title in words(), categories in list(words()), beside in words(), outside in words(),
        rows in list(scale_row()), room in room(),
    ) {
        let frame = Frame { title: &title, description: &title, room };
        check(&diverging(&frame, &Scale { categories, beside, outside }, &rows), room)?;
    }

    #[test]
    fn dumbbells_are_drawable(
        title in words(), range in range(), ends in (words(), words()), legend in (words(), words()),
        list in list((words(), short(), pair())), room in room(),
    ) {
        let frame = Frame { title: &title, description: &title, room };
        let change = |(label, note, scores)| Change { label, note, scores };
        let list: Vec<Change> = list.into_iter().map(change).collect();
        check(&dumbbell(&frame, &Dumbbell { range, ends, legend }, &list), room)?;
    }

    #[test]
    fn columns_are_drawable(title in words(), list in list((words(), number(), short())), room in room()) {
        let frame = Frame { title: &title, description: &title, room };
        let column = |(label, size, text)| Column { label, size, text, tone: Tone::Middle };
        let list: Vec<Column> = list.into_iter().map(column).collect();
        check(&columns(&frame, &list), room)?;
    }
}
