//! How forms behave, written as XLSForms in markdown tables: a form in, what was done, the state out.
//! Read `fill::check` first. The reader of tables here is the tests' own and knows only what these tests need.

#[cfg(test)]
mod scenario {
    pub(crate) mod fill;
    pub(crate) mod table;

    mod choice;
    mod cycle;
    mod label;
    mod page;
    mod relevance;
    mod repeat;
    mod replay;
    mod source;
    mod trigger;
    mod value;
    mod violation;
}
