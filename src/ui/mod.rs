//! What people see: [`fill`] is the participant's side, [`desk`] the facilitator's, [`media`] what cameras, pens and files
//! answer, [`link`] what opens a link, [`parts`] the widgets that know no question.
//! Signals live here and nowhere else. What may never enter: a rule about forms, answers or statistics.

pub mod desk;
pub mod fill;
pub mod link;
pub mod media;
pub mod parts;
