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

impl Colour {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn lightness(colour: Colour) -> f64 {
        let channel =
            |at: usize| f64::from(u8::from_str_radix(&colour.literal[at..at + 2], 16).unwrap()) / 255.0;
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

    #[test]
    fn an_odd_scale_has_a_grey_middle() {
        assert_eq!(diverging(2, 5), NEUTRAL);
        assert_eq!([diverging(0, 5), diverging(4, 5)], [LOW[1], HIGH[1]]);
        assert_eq!([diverging(0, 4), diverging(1, 4), diverging(2, 4)], [LOW[1], LOW[0], HIGH[0]]);
        assert_eq!([diverging(0, 7), diverging(6, 7)], [LOW[2], HIGH[2]]);
    }
}
