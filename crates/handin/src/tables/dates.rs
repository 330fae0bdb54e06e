//! The dates of a table, in the many forms that students write: `2024-03-01`, `12/03/2020`, `March 12th`, `26 de febrero`.

/// The months in the two languages of the course, in their order. Each may be cut after its third letter.
const MONTHS: [&[&str]; 12] = [
    &["january", "enero"],
    &["february", "febrero"],
    &["march", "marzo"],
    &["april", "abril"],
    &["may", "mayo"],
    &["june", "junio"],
    &["july", "julio"],
    &["august", "agosto"],
    &["september", "septiembre", "setiembre"],
    &["october", "octubre"],
    &["november", "noviembre"],
    &["december", "diciembre"],
];

/// Whether a cell begins with three numbers with the same sign between them, or has a month: what no other cell does.
pub fn is_date(cell: &str) -> bool {
    let first = cell.split_whitespace().next().unwrap_or_default();
    let signs = |sign| first.split(sign).count() == 3 && first.split(sign).all(|part| number(part).is_some());
    let has_month = || words(cell).any(|word| month(word).is_some()) && words(cell).any(|word| number(word).is_some());
    signs('/') || signs('-') || signs('.') || has_month()
}

/// Whether a date is one that no calendar has, whatever the order of its numbers. What is no date at all is not judged.
pub fn is_impossible(date: &str) -> bool {
    let named = words(date).find_map(month);
    let numbers: Vec<u32> = words(date).filter_map(number).collect();
    let is_day = |day: u32, month: u32, year: Option<u32>| (1..=days(month, year)).contains(&day);
    let is_year = |year: u32| year < 100 || (1900..2200).contains(&year);
    let of_three = |day, month, year| is_year(year) && is_day(day, month, Some(year));
    match (named, numbers.as_slice()) {
        (Some(month), &[day]) => day < 100 && !is_day(day, month, None),
        (Some(month), &[one, other]) => !of_three(one, month, other) && !of_three(other, month, one),
        (None, &[one, other]) => {
            // The second form is a month of a year.
            let is_month = |month, year: u32| (1..=12).contains(&month) && year > 31 && is_year(year);
            !is_day(one, other, None) && !is_day(other, one, None) && !is_month(one, other) && !is_month(other, one)
        }
        // With two digits the year is the last one.
        (None, &[one, two, three]) if one > 99 => !of_three(three, two, one) && !of_three(two, three, one),
        (None, &[one, two, three]) => !of_three(one, two, three) && !of_three(two, one, three),
        _ => false,
    }
}

/// How many days a month has; of a year that is not known the most. 0 if there is no such month.
fn days(month: u32, year: Option<u32>) -> u32 {
    let is_leap = |year: u32| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        // Two digits are of this century.
        2 if year.is_none_or(|year| is_leap(if year < 100 { 2000 + year } else { year })) => 29,
        2 => 28,
        _ => 0,
    }
}

/// Words and numbers. A time of the day is neither.
fn words(date: &str) -> impl Iterator<Item = &str> {
    let days = date.split_whitespace().filter(|word| !word.contains(':'));
    days.flat_map(|word| word.split(|character: char| !character.is_alphanumeric())).filter(|word| !word.is_empty())
}

/// `12`, and `12th`.
fn number(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th", "º"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    digits.trim().parse().ok().filter(|_| digits.trim().len() <= 4)
}

fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let is_own = |names: &&&[&str]| word.len() >= 3 && names.iter().any(|name| name.starts_with(&word));
    (1..).zip(&MONTHS).find(|(_, names)| is_own(names)).map(|(number, _)| number)
}
