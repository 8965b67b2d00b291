//! Distances and areas on a round earth, from ODK's way of writing points: `lat lon alt accuracy`,
//! several apart by semicolons.

use super::math::Math;
use super::number::read_number;

/// Equatorial radius in metres, as ODK takes it.
const RADIUS: f64 = 6_378_100.0;

/// Latitude and longitude, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    lat: f64,
    lon: f64,
}

/// The points of a trace or a shape; `None` when one of them is not a point.
pub(super) fn points(text: &str) -> Option<Vec<Point>> {
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let mut numbers = part.split_whitespace().map(read_number);
            let (lat, lon) = (numbers.next()??, numbers.next()??);
            (lat.abs() <= 90.0 && lon.abs() <= 180.0).then_some(Point { lat, lon })
        })
        .collect()
}

/// Length in metres of the way from point to point, to the centimetre.
pub(super) fn distance(points: &[Point], calculate: impl Fn(Math, f64, f64) -> f64) -> f64 {
    let length = pairs(points).map(|(from, to)| {
        let (a, b) = (from.lat.to_radians(), to.lat.to_radians());
        let turn = (to.lon - from.lon).to_radians();
        let sine = |angle| calculate(Math::Sin, angle, 0.0);
        let cosine = |angle| calculate(Math::Cos, angle, 0.0);
        let arc = sine(a) * sine(b) + cosine(a) * cosine(b) * cosine(turn);
        // The same point twice can come out a hair above 1.
        calculate(Math::Acos, arc.clamp(-1.0, 1.0), 0.0) * RADIUS
    });
    to_hundredths(length.sum())
}

/// Area in square metres within a shape, to the square centimetre; 0 for fewer than three points.
pub(super) fn area(points: &[Point], calculate: impl Fn(Math, f64, f64) -> f64) -> f64 {
    let closing = points.last().zip(points.first()).map(|(last, first)| (*last, *first));
    if points.len() < 3 {
        return 0.0;
    }
    let twice = pairs(points).chain(closing).map(|(from, to)| {
        let sines = [from.lat, to.lat].map(|lat| calculate(Math::Sin, lat.to_radians(), 0.0));
        (to.lon - from.lon).to_radians() * (2.0 + sines.iter().sum::<f64>())
    });
    to_hundredths((twice.sum::<f64>() * RADIUS * RADIUS / 2.0).abs())
}

/// Is the point inside the shape? On its edge is inside on two sides and outside on the others.
pub(super) fn is_inside(point: Point, shape: &[Point]) -> bool {
    let mut inside = false;
    for (from, to) in pairs(shape) {
        let crosses = (from.lon > point.lon) != (to.lon > point.lon);
        if crosses {
            let at = (to.lat - from.lat) * (point.lon - from.lon) / (to.lon - from.lon) + from.lat;
            inside ^= point.lat < at;
        }
    }
    inside
}

fn pairs(points: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    points.iter().copied().zip(points.iter().copied().skip(1))
}

fn to_hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
