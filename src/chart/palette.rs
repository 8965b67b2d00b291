/// A colour: its class for style sheets, its literal value, and whether text on it is white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour {
    pub(super) class: &'static str,
    pub(super) literal: &'static str,
    pub(super) white_text: bool,
}

const fn colour(class: &'static str, literal: &'static str, white_text: bool) -> Colour {
    Colour { class, literal, white_text }
}

/// Low side, from the middle outwards: each darker than the one before, also in grey.
const LOW: [Colour; 3] = [
    colour("chart-low-1", "#d8a75b", false),
    colour("chart-low-2", "#8c510a", true),
    colour("chart-low-3", "#57320a", true),
];
/// High side, from the middle outwards.
const HIGH: [Colour; 3] = [
    colour("chart-high-1", "#8cc9bf", false),
    colour("chart-high-2", "#01665e", true),
    colour("chart-high-3", "#003c37", true),
];
pub(super) const NEUTRAL: Colour = colour("chart-neutral", "#d3d5d2", false);
pub(super) const BAR: Colour = colour("chart-bar", "#1f7a74", true);
pub(super) const LOW_BAR: Colour = colour("chart-low-2", "#8c510a", true);
pub(super) const TRACK: Colour = colour("chart-track", "#efeae1", false);
pub(super) const BEFORE: Colour = colour("chart-before", "#a5680f", true);

/// Low to high, light to dark in even steps, with no step in the middle greys on which neither ink nor white could be read.
const SHADES: [Colour; 6] = [
    colour("chart-shade-1", "#e6f4f2", false),
    colour("chart-shade-2", "#b2d8d3", false),
    colour("chart-shade-3", "#7cbbb4", false),
    colour("chart-shade-4", "#4a9b93", false),
    colour("chart-shade-5", "#26736d", true),
    colour("chart-shade-6", "#134f4a", true),
];
/// First, second and third choice, the first the darkest.
pub(super) const RANKS: [Colour; 3] = [
    colour("chart-rank-1", "#1f7a74", true),
    colour("chart-rank-2", "#7fb8b0", false),
    colour("chart-rank-3", "#c4dcd7", false),
];
/// Marks that stand back.
pub(super) const QUIET: Colour = colour("chart-quiet", "#8a8a8a", false);

impl Colour {
    /// Class and literal colour of a text on this one, for a palette whose dark twin runs the other way: light text becomes dark.
    pub(super) fn ink(self) -> (&'static str, &'static str) {
        if self.white_text {
            ("chart-inside chart-on-deep", "#fff")
        } else {
            ("chart-inside chart-on-pale", "#1a1a1a")
        }
    }

    pub(super) fn paint(self) -> String {
        format!(r#"class="{}" fill="{}""#, self.class, self.literal)
    }
}

/// The colour of category `position` of `categories`, diverging from the middle.
pub(super) fn diverging(position: usize, categories: usize) -> Colour {
    let half = categories / 2;
    let neutral = categories % 2 == 1;
    let pick = |side: &[Colour; 3], step: usize| {
        // With two steps a side the darkest is left out; with one, the middle one serves.
        let shift = if half == 1 { 1 } else { 0 };
        side.get((step + shift).min(2)).copied().unwrap_or(NEUTRAL)
    };
    if neutral && position == half {
        NEUTRAL
    } else if position < half {
        pick(&LOW, half - 1 - position)
    } else {
        pick(&HIGH, position - half - usize::from(neutral))
    }
}

/// All shades, lowest first.
pub(super) fn shades() -> &'static [Colour] {
    &SHADES
}

/// The shade of a place between 0 and 1.
pub(super) fn shade(place: f64) -> Colour {
    let step = (place * SHADES.len() as f64).floor().clamp(0.0, (SHADES.len() - 1) as f64);
    SHADES.get(step as usize).copied().unwrap_or(NEUTRAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lightness(colour: Colour) -> f64 {
        luminance(colour.literal)
    }

    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        let linear = |c: f64| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
        0.2126 * linear(channel(1)) + 0.7152 * linear(channel(3)) + 0.0722 * linear(channel(5))
    }

    #[test]
    fn each_step_outwards_is_darker_and_labels_stand_out() {
        for side in [LOW, HIGH] {
            assert!(side.windows(2).all(|pair| lightness(pair[0]) > lightness(pair[1]) + 0.05));
        }
        for colour in LOW.iter().chain(&HIGH).chain([&NEUTRAL, &BAR]) {
            let l = lightness(*colour);
            let contrast = if colour.white_text { 1.05 / (l + 0.05) } else { (l + 0.05) / 0.05 };
            assert!(contrast >= 4.5, "{} {contrast}", colour.class);
        }
    }

    /// Perceived lightness, 0 to 100 (CIE L*), of a luminance.
    fn perceived(luminance: f64) -> f64 {
        116.0 * luminance.cbrt() - 16.0
    }

    fn contrast(a: f64, b: f64) -> f64 {
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// `fill: light-dark(#one, #other)` of a class in the style sheet.
    fn themed(class: &str) -> (String, String) {
        let css = include_str!("../../style/report.css");
        let rule = css.split(&format!(".{class} {{ fill: light-dark(")).nth(1).expect(class);
        let (light, dark) = rule.split(')').next().unwrap().split_once(", ").unwrap();
        let long = |hex: &str| if hex == "#fff" { "#ffffff".to_owned() } else { hex.to_owned() };
        (long(light), long(dark))
    }

    #[test]
    fn shades_and_ranks_are_ordered_in_grey_and_carry_readable_text_on_light_and_dark_screens() {
        let (pale, deep) = (themed("chart-on-pale"), themed("chart-on-deep"));
        for palette in [SHADES.as_slice(), RANKS.as_slice()] {
            let mut steps = Vec::new();
            for colour in palette {
                let (light, dark) = themed(colour.class);
                assert_eq!(light, colour.literal, "the style sheet's light value of {}", colour.class);
                let ink = if colour.white_text { &deep } else { &pale };
                assert_eq!(ink.0.get(..colour.ink().1.len()), Some(colour.ink().1));
                for (ground, text) in [(&light, &ink.0), (&dark, &ink.1)] {
                    let ratio = contrast(luminance(ground), luminance(text));
                    assert!(ratio >= 4.5, "{} {ground} {text} {ratio}", colour.class);
                }
                steps.push((perceived(luminance(&light)), perceived(luminance(&dark))));
            }
            let ordered = |pick: fn(&(f64, f64)) -> f64| {
                let signs: Vec<f64> = steps.windows(2).map(|pair| pick(&pair[1]) - pick(&pair[0])).collect();
                signs.iter().all(|step| *step > 8.0) || signs.iter().all(|step| *step < -8.0)
            };
            assert!(ordered(|step| step.0) && ordered(|step| step.1), "{steps:?}");
        }
    }

    #[test]
    fn a_place_has_its_shade() {
        assert_eq!(shade(0.0), SHADES[0]);
        assert_eq!(shade(0.5), SHADES[3]);
        assert_eq!(shade(1.0), SHADES[5]);
    }

    #[test]
    fn an_odd_scale_has_a_grey_middle() {
        assert_eq!(diverging(2, 5), NEUTRAL);
        assert_eq!([diverging(0, 5), diverging(4, 5)], [LOW[1], HIGH[1]]);
        assert_eq!([diverging(0, 4), diverging(1, 4), diverging(2, 4)], [LOW[1], LOW[0], HIGH[0]]);
        assert_eq!([diverging(0, 7), diverging(6, 7)], [LOW[2], HIGH[2]]);
    }
}
