//! Sentences about the sheet entities and the column `save_to`.

use crate::xlsform::EntityFault as Fault;

pub(super) fn sentence(fault: &Fault) -> (String, String) {
    let fixed = |es: &str, en: &str| (es.to_owned(), en.to_owned());
    match fault {
        Fault::Columns(columns) => {
            let columns = columns.join(", ");
            (
                format!(
                    "La hoja entities no lleva estas columnas: {columns}. Revise cómo están escritas, o quítelas."
                ),
                format!(
                    "The sheet entities does not have these columns: {columns}. Check their spelling, or remove them."
                ),
            )
        }
        Fault::NoListName => fixed(
            "La entidad no tiene nombre. Escriba uno en «list_name».",
            "The entity has no name. Write one in “list_name”.",
        ),
        Fault::BadName(name) => (
            format!(
                "«{name}» no sirve de nombre. Empiece con una letra o «_» y siga con letras, números, «_», «-» o «.»."
            ),
            format!(
                "“{name}” is no name. Begin with a letter or “_” and go on with letters, digits, “_”, “-” or “.”."
            ),
        ),
        Fault::ReservedPrefix => fixed(
            "Los nombres que empiezan con «__» son de ODK. Elija otro.",
            "Names that begin with “__” belong to ODK. Choose another.",
        ),
        Fault::Period => fixed(
            "El nombre de una entidad no puede llevar puntos.",
            "An entity’s name must not have a period in it.",
        ),
        Fault::SameList(list) => (
            format!("Otra fila ya declara la entidad «{list}». Quite una de las dos."),
            format!("Another row declares the entity “{list}” already. Remove one of the two."),
        ),
        Fault::NoLabel(list) => (
            format!(
                "Para crear entidades «{list}» hace falta un texto en «label»; para actualizarlas, un «entity_id»."
            ),
            format!(
                "To create entities “{list}”, a text in “label” is needed; to update them, an “entity_id”."
            ),
        ),
        Fault::NoId(list) => (
            format!(
                "Para actualizar entidades «{list}» hace falta «entity_id». Si solo se crean, use «create_if» en vez de «update_if»."
            ),
            format!(
                "To update entities “{list}”, “entity_id” is needed. If they are only created, use “create_if” in place of “update_if”."
            ),
        ),
        Fault::NoUpdateIf(list) => (
            format!(
                "Para crear o actualizar entidades «{list}» hace falta «update_if». Si solo se crean, quite «entity_id»."
            ),
            format!(
                "To create or update entities “{list}”, “update_if” is needed. If they are only created, remove “entity_id”."
            ),
        ),
        Fault::NoSheet => fixed(
            "«save_to» necesita una hoja entities que declare la entidad.",
            "“save_to” needs a sheet entities that declares the entity.",
        ),
        Fault::OnGroup => fixed(
            "Un grupo o una repetición no se guarda en una entidad. Ponga «save_to» en una pregunta.",
            "A group or repeat is not saved to an entity. Put “save_to” on a question.",
        ),
        Fault::TwoMarks => fixed(
            "«save_to» lleva un solo «#»: «lista#propiedad».",
            "“save_to” has a single “#”: “list#property”.",
        ),
        Fault::NoPrefix => fixed(
            "Hay varias entidades: diga de cuál es la propiedad, así: «lista#propiedad».",
            "There are several entities: say which one the property belongs to, like this: “list#property”.",
        ),
        Fault::Unknown(list) => (
            format!("La hoja entities no declara «{list}». Agréguela, o revise el nombre."),
            format!("The sheet entities does not declare “{list}”. Add it, or check the name."),
        ),
        Fault::ReservedProperty(property) => (
            format!("Ninguna propiedad puede llamarse «{property}». Elija otro nombre."),
            format!("No property can be called “{property}”. Choose another name."),
        ),
        Fault::SameProperty { property, row } => (
            format!("La fila {row} ya guarda en «{property}». Quite o cambie uno de los dos."),
            format!("Row {row} saves to “{property}” already. Remove or change one of the two."),
        ),
        Fault::Apart { list, other, here } => (
            format!(
                "La entidad «{list}» toma valores de {other}, y este está en {here}. Cópielo allá con una fila «calculate»."
            ),
            format!(
                "The entity “{list}” takes values from {other}, and this one is in {here}. Copy it there with a row “calculate”."
            ),
        ),
        Fault::NoRoom { scope, row } => (
            format!(
                "Cada grupo puede llevar una sola entidad, y en {scope} ya está la de la fila {row}. Ponga las preguntas de cada entidad en un grupo propio."
            ),
            format!(
                "Each group can have one entity only, and in {scope} stands that of row {row}. Put each entity’s questions in a group of its own."
            ),
        ),
    }
}
