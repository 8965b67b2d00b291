//! Sentences about the column `parameters`.

use crate::xlsform::ParameterFault as Fault;

pub(super) fn sentence(fault: &Fault) -> (String, String) {
    let fixed = |es: &str, en: &str| (es.to_owned(), en.to_owned());
    match fault {
        Fault::Shape => fixed(
            "Escriba los parámetros así: «clave=valor clave=valor».",
            "Write parameters like this: “key=value key=value”.",
        ),
        Fault::Unknown { keys, accepted } => {
            let (keys, accepted) = (keys.join(", "), accepted.join(", "));
            (
                format!("Este tipo no lleva «{keys}». Puede llevar: {accepted}."),
                format!("This type does not take “{keys}”. It can take: {accepted}."),
            )
        }
        Fault::Number("tick_labelset") => fixed(
            "Los nombres de las opciones de «tick_labelset» deben ser números.",
            "The names of the choices in “tick_labelset” must be numbers.",
        ),
        Fault::Number("seed") => fixed(
            "«seed» debe ser un número o una pregunta: «${nombre}».",
            "“seed” must be a number or a question: “${name}”.",
        ),
        Fault::Number(key) => (format!("«{key}» debe ser un número."), format!("“{key}” must be a number.")),
        Fault::Whole(key) => {
            (format!("«{key}» debe ser un número entero."), format!("“{key}” must be a whole number."))
        }
        Fault::Negative(key) => {
            (format!("«{key}» no puede ser menor que 0."), format!("“{key}” must not be below 0."))
        }
        Fault::OneOf(key, accepted) => {
            let accepted = accepted.join(", ");
            (
                format!("«{key}» debe ser uno de estos: {accepted}."),
                format!("“{key}” must be one of these: {accepted}."),
            )
        }
        Fault::Zero(key) => (format!("«{key}» no puede ser 0."), format!("“{key}” must not be 0.")),
        Fault::TooLarge(key) => (
            format!("«{key}» es mayor que lo que va de «start» a «end»."),
            format!("“{key}” is larger than the way from “start” to “end”."),
        ),
        Fault::OffStep(key, by) => (
            format!("«{key}» no cae en un paso de «{by}». Elija un múltiplo."),
            format!("“{key}” does not fall on a step of “{by}”. Choose a multiple."),
        ),
        Fault::Outside(key) => (
            format!("«{key}» debe estar entre «start» y «end»."),
            format!("“{key}” must lie between “start” and “end”."),
        ),
        Fault::TickAppearance => fixed(
            "Con esta apariencia no van «tick_interval», «placeholder» ni «tick_labelset». Quítelos, o use «vertical» o «no-ticks».",
            "This appearance does not go with “tick_interval”, “placeholder” and “tick_labelset”. Remove them, or use “vertical” or “no-ticks”.",
        ),
        Fault::TickList(list) => (
            format!("No hay ninguna lista «{list}» para «tick_labelset»."),
            format!("There is no list “{list}” for “tick_labelset”."),
        ),
        Fault::TickEnds => fixed(
            "Con «no-ticks», la lista de «tick_labelset» lleva solo los dos extremos, «start» y «end».",
            "With “no-ticks”, the list of “tick_labelset” has only the two ends, “start” and “end”.",
        ),
        Fault::SeedAlone => {
            fixed("«seed» necesita «randomize=true» a su lado.", "“seed” needs “randomize=true” beside it.")
        }
        Fault::Name(key, column) => (
            format!(
                "«{column}», en «{key}», no es el nombre de una columna: lleva letras, números, «_», «-» o «.»."
            ),
            format!(
                "“{column}”, in “{key}”, is no column’s name: names have letters, digits, “_”, “-” or “.”."
            ),
        ),
        Fault::Geometry(target) => (
            format!(
                "«{target}», en «reference-geometry», no es una lista, un archivo ni una repetición «${{nombre}}»."
            ),
            format!("“{target}”, in “reference-geometry”, is no list, file or repeat “${{name}}”."),
        ),
        Fault::Package(name) => (
            format!("«{name}» no es el nombre de una aplicación de Android, como «org.ejemplo.camara»."),
            format!("“{name}” is no Android app’s name, such as “org.example.camera”."),
        ),
        Fault::AuditPlaces => fixed(
            "Los lugares de «audit» necesitan «location-priority», «location-min-interval» y «location-max-age».",
            "Places in “audit” need “location-priority”, “location-min-interval” and “location-max-age”.",
        ),
        Fault::Less(key, other) => (
            format!("«{key}» no puede ser menor que «{other}»."),
            format!("“{key}” must not be less than “{other}”."),
        ),
        Fault::Unused(keys) => (format!("Sondeo no usa «{keys}»."), format!("Sondeo does not use “{keys}”.")),
    }
}
