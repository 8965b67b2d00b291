//! Logarithms, powers and trigonometry by the browser's own library.

use crate::xpath::Math;

/// The value for x (and y, where it takes two).
pub fn calculate(what: Math, x: f64, y: f64) -> f64 {
    match what {
        Math::Sqrt => x.sqrt(),
        Math::Pow => js_sys::Math::pow(x, y),
        Math::Exp => js_sys::Math::exp(x),
        Math::Log => js_sys::Math::log(x),
        Math::Log10 => js_sys::Math::log10(x),
        Math::Sin => js_sys::Math::sin(x),
        Math::Cos => js_sys::Math::cos(x),
        Math::Tan => js_sys::Math::tan(x),
        Math::Asin => js_sys::Math::asin(x),
        Math::Acos => js_sys::Math::acos(x),
        Math::Atan => js_sys::Math::atan(x),
        Math::Atan2 => js_sys::Math::atan2(x, y),
    }
}
