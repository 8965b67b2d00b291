//! Logarithms, powers and trigonometry, in one place so that a scope can answer with its platform's own.

/// A function of one or two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Math {
    /// Square root of x.
    Sqrt,
    /// x to the power of y.
    Pow,
    /// e to the power of x.
    Exp,
    /// Natural logarithm of x.
    Log,
    /// Decimal logarithm of x.
    Log10,
    /// Sine of x radians.
    Sin,
    /// Cosine of x radians.
    Cos,
    /// Tangent of x radians.
    Tan,
    /// Angle in radians whose sine is x.
    Asin,
    /// Angle in radians whose cosine is x.
    Acos,
    /// Angle in radians whose tangent is x.
    Atan,
    /// Angle in radians of the point with ordinate x and abscissa y.
    Atan2,
}

impl Math {
    /// The value for x (and y, where it takes two), by Rust's own library.
    pub fn calculate(self, x: f64, y: f64) -> f64 {
        match self {
            Math::Sqrt => x.sqrt(),
            Math::Pow => x.powf(y),
            Math::Exp => x.exp(),
            Math::Log => x.ln(),
            Math::Log10 => x.log10(),
            Math::Sin => x.sin(),
            Math::Cos => x.cos(),
            Math::Tan => x.tan(),
            Math::Asin => x.asin(),
            Math::Acos => x.acos(),
            Math::Atan => x.atan(),
            Math::Atan2 => x.atan2(y),
        }
    }
}
