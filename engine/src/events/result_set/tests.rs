use super::*;
use proptest::prelude::*;

fn cell(kind: usize) -> BoxedStrategy<Value> {
    let known = match kind {
        0 => any::<bool>().prop_map(Value::Bool).boxed(),
        1 => any::<i64>().prop_map(Value::Integer).boxed(),
        2 => (-1e9..1e9).prop_map(Value::Float).boxed(),
        _ => "[ab]{0,2}".prop_map(Value::Text).boxed(),
    };
    prop_oneof![1 => Just(Value::Null), 2 => known].boxed()
}

fn rows() -> impl Strategy<Value = Vec<Vec<Value>>> {
    let row = (cell(0), cell(1), cell(2), cell(3), Just(Value::Null));
    prop::collection::vec(row.prop_map(|(a, b, c, d, e)| vec![a, b, c, d, e]), 0..20)
}

proptest! {
    #[test]
    fn what_went_in_comes_out(rows in rows()) {
        let set = ResultSet::of_rows(&rows).unwrap();
        prop_assert_eq!(set.row_count(), rows.len());
        prop_assert_eq!(set.rows().collect::<Vec<_>>(), rows);
    }

    #[test]
    fn some_rows_are_those_rows(rows in rows(), picked in prop::collection::vec(any::<prop::sample::Index>(), 0..9)) {
        prop_assume!(!rows.is_empty());
        let places: Vec<usize> = picked.iter().map(|index| index.index(rows.len())).collect();
        let some = ResultSet::of_rows(&rows).unwrap().some_rows(&places, Some(1));
        let expected = places.iter().map(|place| {
            let mut row = rows[*place].clone();
            row.remove(1);
            row
        });
        prop_assert_eq!(some.rows().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }
}

proptest! {
    #[test]
    fn numbers_come_in_one_by_one_or_together(
        chunks in prop::collection::vec((any::<bool>(), prop::collection::vec(cell(1), 0..5)), 0..6),
    ) {
        let (mut growing, mut rows) = (GrowingResultSet::new(1), Vec::new());
        for (whole, mut cells) in chunks {
            if whole {
                cells.retain(|cell| *cell != Value::Null);
                let numbers: Vec<i64> = cells
                    .iter()
                    .map(|cell| match cell {
                        Value::Integer(number) => *number,
                        other => panic!("{other:?}"),
                    })
                    .collect();
                growing.extend_integers(0, numbers.into_iter()).unwrap();
            } else {
                growing.extend(0, cells.len(), |row| cells[row].by_reference()).unwrap();
            }
            growing.add_rows(cells.len());
            rows.extend(cells.into_iter().map(|cell| vec![cell]));
        }
        prop_assert_eq!(growing.whole().rows().collect::<Vec<_>>(), rows);
    }
}

#[test]
fn a_sum_beyond_64_bits_stays_at_their_end() {
    let rows = [vec![Value::Integer(7)], vec![Value::Float(1e30)], vec![Value::Float(-1e30)]];
    let set = ResultSet::of_rows(&rows).unwrap();
    let numbers: Vec<_> = set.rows().flatten().collect();
    assert_eq!(numbers, [Value::Integer(7), Value::Integer(i64::MAX), Value::Integer(i64::MIN)]);
}

#[test]
fn a_column_is_of_one_kind() {
    let rows = [vec![Value::Integer(7)], vec![Value::Text("seven".to_owned())]];
    assert!(matches!(ResultSet::of_rows(&rows), Err(EngineError::Failed(_))));
}
