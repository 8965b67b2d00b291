//! axe-core, which ./dev installs from npm, on the page that is open.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use thirtyfour::prelude::*;

const RUN: &str = r#"
// What sticks to the top of a page that is scrolled covers what is behind it.
scrollTo(0, 0);
// What is out of sight keeps the colours of before the last change of scheme until it is scrolled to.
for (const e of document.querySelectorAll('main *'))
  if (getComputedStyle(e).contentVisibility === 'auto') e.style.contentVisibility = 'visible';
await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
const found = await axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'],
  resultTypes: ['violations'],
});
return found.violations.flatMap(rule => rule.nodes.slice(0, 3).map(node =>
  `${rule.id}: ${node.target.join(' ')}: ${(node.any[0] || node.all[0] || node.none[0] || {}).message || rule.help}`));
"#;

/// What was found so far; told all at once at the end of a journey.
static FOUND: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Fails if something was found since the last time this was asked.
pub(crate) fn found_nothing() {
    let found = std::mem::take(&mut *FOUND.lock().expect("what axe found"));
    assert!(found.is_empty(), "not everybody can use this:\n{}", found.join("\n"));
}

/// Notes a finding of somebody else's.
pub(crate) fn note(finding: String) {
    FOUND.lock().expect("what axe found").push(finding);
}

/// Notes what axe finds against WCAG 2.2 A or AA. Says once where there is no axe.
pub(crate) async fn look(driver: &WebDriver, name: &str) {
    static AXE: OnceLock<Option<String>> = OnceLock::new();
    let axe = AXE.get_or_init(|| {
        let named = std::env::var_os("SONDEO_AXE").map(PathBuf::from);
        let installed = Path::new(env!("CARGO_MANIFEST_DIR")).join(".tools/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(named.unwrap_or(installed)).ok();
        if axe.is_none() {
            println!("axe: not here, so no screen is held against it; ./dev test journey installs it");
        }
        axe
    });
    let Some(axe) = axe else { return };
    let script = ["if (!window.axe) {", axe, "}\nreturn (async () => {", RUN, "})();"].concat();
    let found = driver.execute(script, vec![]).await.expect("axe");
    let found: Vec<String> = found.convert().expect("what axe found");
    FOUND.lock().expect("what axe found").extend(found.into_iter().map(|one| format!("{name}: {one}")));
}
