use super::classes::likely;
use crate::model::Class;
use crate::report::columns::columns;

/// A student who has not everything does not change the order of the lesson.
#[test]
fn columns_are_in_the_order_of_the_lesson() {
    let whole = likely(1, 1);
    let mut first = whole.students[0].clone();
    first.exercises.remove(1);
    first.exercises[0].tests.drain(1..3);
    let last = whole.students[0].clone();
    let class = Class { students: vec![first, last] };
    assert_eq!(columns(&class), columns(&whole));
}
