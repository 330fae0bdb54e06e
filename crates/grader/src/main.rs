//! Grades one program or a class.

mod model;

fn main() {
    let class = model::Class::default();
    println!("{} students", class.students.len());
}
