/// A filling of a form.
#[derive(Debug)]
pub struct Session {}
