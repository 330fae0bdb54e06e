//! Which column a header's cell names: by its first word, in the two languages of the course.

use unicode_normalization::UnicodeNormalization as _;

/// What else the first word of a column is called. The first one is the lesson's.
const NAMES: &[&[&str]] = &[
    &["machine", "máquina", "maquina", "device", "dispositivo", "equipo"],
    &["interface", "interfaz"],
    &["date", "fecha"],
    &["place", "lugar", "location", "sitio"],
    &["ip", "dirección", "direccion", "address", "ipv4"],
    &["destination", "destino", "destinationip", "ip", "dirección", "direccion", "address"],
    &["name", "nombre", "host", "hostname"],
    &["time", "tiempo", "tiempos", "times", "rtt"],
];

/// The first word of a header's cell, in small letters: `time` for `Time (ms)`.
pub fn first_word(cell: &str) -> String {
    let is_in_word = |character: &char| character.is_alphanumeric();
    cell.nfc().skip_while(|c| !is_in_word(c)).take_while(is_in_word).flat_map(char::to_lowercase).collect()
}

/// Whether a cell with this first word names the column.
pub fn names_column(word: &str, column: &str) -> bool {
    let own = first_word(column);
    word == own || NAMES.iter().any(|names| names[0] == own && names.contains(&word))
}
