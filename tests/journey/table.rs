//! Responses of a table: chosen at the desk, looked at, brought in part and in whole, and chosen once more.

use std::path::{Path, PathBuf};

use thirtyfour::prelude::*;

use crate::browser::Device;
use crate::gallery::look;
use crate::people::{click, wait_for};
use crate::place::{Place, click_until, wait_for_element};

const SURVEY: &str = "pinellas_panama_exchange";

/// As KoboToolbox writes it: three rows that are right, two that cannot be, two that break a rule.
const ROWS: &str = "_uuid;start;end;s_intro/consent;s_you/participation;sites_attended;overall;contacts_new;barriers;recommend;best_text;_submission_time;Nombre y apellido
a1;2026-03-05T08:30:00;2026-03-05T08:41:00;yes;visitor;drug_court pal_sports;4;12;money time;9;El recorrido;2026-03-05T13:00:00;X
a2;2026-03-05T08:30:00;2026-03-05T08:44:00;yes;host;none;5;0;none;10;;2026-03-05T13:00:00;X
a3;2026-03-06T08:30:00;2026-03-06T08:52:00;yes;visitor;family_center;3;;;7;=SUM(A1);2026-03-06T13:00:00;X
a4;2026-03-06T08:30:00;2026-03-06T08:53:00;yes;visitor;family_center;quizás;4;money;7;;2026-03-06T13:00:00;X
a5;2026-03-06T08:30:00;2026-03-06T08:54:00;yes;visitor;family_center;3;muchos;money;7;;2026-03-06T13:00:00;X
a6;2026-03-06T08:30:00;2026-03-06T08:55:00;yes;visitor;family_center;3;900;money;7;;2026-03-06T13:00:00;X
a7;2026-03-06T08:30:00;2026-03-06T08:56:00;no;visitor;;;;;8;;2026-03-06T13:00:00;X
";

/// On a phone and a desk, in both languages.
pub(crate) async fn tables_are_looked_at_and_brought() {
    for (device, language) in
        [(Device::Phone, "es"), (Device::Phone, "en"), (Device::Desk, "es"), (Device::Desk, "en")]
    {
        let Some(place) = Place::open(&format!("table-{device:?}-{language}")).await else { return };
        let folder = place.profile.join("given");
        std::fs::create_dir_all(&folder).expect("a folder");
        let file = folder.join("papel.csv");
        std::fs::write(&file, ROWS).expect("a file");
        let other = folder.join("otra.csv");
        std::fs::write(&other, "nombre,correo\nX,x@example.org\n").expect("a file");
        let driver = place.browser(device, if language == "es" { "es-PA" } else { "en-US" }).await;
        driver.goto(format!("{}/#/desk/{SURVEY}/responses", place.address())).await.expect("the desk");
        wait_for(&driver, &["responses"]).await;
        let name = |of: &str| format!("{device:?}-{language}-table-{of}").to_lowercase();

        choose(&driver, &other, "[data-table=refused]").await;
        look(&driver, &name("0-refused")).await;

        choose(&driver, &file, &preview([3, 0, 2, 2])).await;
        look(&driver, &name("1-preview")).await;
        let wanted = if language == "es" {
            "«quizás» no es una opción de esta pregunta"
        } else {
            "“quizás” is no choice of this question"
        };
        let told = driver.find(By::Css("[data-table=preview]")).await.expect("a preview");
        let told = told.text().await.expect("its text");
        assert!(told.contains(wanted) && told.contains("overall"), "{told}");
        assert!(!told.contains("El recorrido"), "answers without a problem are not shown");
        assert_eq!(finished(&driver).await, "0", "looking adds nothing");
        click(&driver, "[data-table=columns] > summary").await;
        look(&driver, &name("2-columns")).await;

        // What stays out is told first.
        click_until(&driver, "[data-act=import-table]", "dialog[open] [data-act=dialog-yes]").await;
        look(&driver, &name("3-sure")).await;
        click(&driver, "dialog[open] [data-act=dialog-yes]").await;
        wait_for_element(&driver, "[data-state=finished] [data-count=\"3\"]").await;
        look(&driver, &name("4-brought")).await;

        // The same file again: only what broke a rule is left to bring.
        choose(&driver, &file, &preview([0, 3, 2, 2])).await;
        click(&driver, "[data-act=as-answered]").await;
        click_until(&driver, "[data-act=import-table]", "dialog[open] [data-act=dialog-yes]").await;
        click(&driver, "dialog[open] [data-act=dialog-yes]").await;
        wait_for_element(&driver, "[data-state=finished] [data-count=\"5\"]").await;
        choose(&driver, &file, &preview([0, 5, 0, 2])).await;
        assert!(driver.find(By::Css("[data-act=import-table]")).await.is_err(), "nothing is left to bring");
        look(&driver, &name("5-again")).await;
        driver.quit().await.expect("a quiet end");
    }
}

fn preview([new, here, breaks, barred]: [usize; 4]) -> String {
    format!(
        "[data-table=preview][data-new=\"{new}\"][data-here=\"{here}\"][data-breaks=\"{breaks}\"][data-barred=\"{barred}\"]"
    )
}

async fn choose(driver: &WebDriver, file: &Path, outcome: &str) {
    wait_for_element(driver, "[data-act=choose-table]").await;
    let field = driver.find(By::Css("[data-act=choose-table]")).await.expect("the field");
    field.send_keys(PathBuf::from(file).display().to_string()).await.expect("a file");
    wait_for_element(driver, outcome).await;
}

async fn finished(driver: &WebDriver) -> String {
    let cell = driver.find(By::Css("[data-state=finished] [data-count]")).await.expect("a count");
    cell.attr("data-count").await.expect("a count").unwrap_or_default()
}
