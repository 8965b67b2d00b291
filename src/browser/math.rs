//! Logarithms, powers and trigonometry by the browser's own library.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::xpath::Math;

/// The value for x (and y, where it takes two).
pub fn calculate(what: Math, x: f64, y: f64) -> f64 {
    let name = match what {
        Math::Sqrt => return x.sqrt(),
        Math::Pow => "pow",
        Math::Exp => "exp",
        Math::Log => "log",
        Math::Log10 => "log10",
        Math::Sin => "sin",
        Math::Cos => "cos",
        Math::Tan => "tan",
        Math::Asin => "asin",
        Math::Acos => "acos",
        Math::Atan => "atan",
        Math::Atan2 => "atan2",
    };
    // Asked for by name: an import for each of them would weigh more than all that may ever be asked.
    let value = || {
        let library = Reflect::get(&js_sys::global(), &"Math".into())?;
        let function: Function = Reflect::get(&library, &name.into())?.unchecked_into();
        function.call2(&JsValue::UNDEFINED, &x.into(), &y.into())
    };
    value().ok().and_then(|value: JsValue| value.as_f64()).unwrap_or(f64::NAN)
}
