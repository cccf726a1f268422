//! A `Book`, or why there is none, as bytes on a pipe and back: exact to the bit, in the book's own order. Both
//! ends are the same program, so the format has neither a version nor a reader elsewhere.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read, Write};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::{Book, Merge, ReadError, Sheet, Value};
use crate::place::Pos;

/// Closes every answer, so that a stray byte in between is noticed.
const END: u8 = 0xE5;

/// Writes an answer.
///
/// # Errors
/// The pipe is closed.
pub(crate) fn send(answer: &Result<Book, ReadError>, to: &mut impl Write) -> io::Result<()> {
    match answer {
        Ok(book) => {
            byte(to, 0)?;
            put_book(to, book)?;
        }
        Err(ReadError::Encrypted) => byte(to, 1)?,
        Err(ReadError::Unsupported(line)) => {
            byte(to, 2)?;
            text(to, line)?;
        }
        Err(ReadError::Unreadable(line)) => {
            byte(to, 3)?;
            text(to, line)?;
        }
    }
    byte(to, END)
}

/// Reads an answer; what it says of its own size is not believed beforehand.
///
/// # Errors
/// The pipe ended, or what came is no answer.
pub(crate) fn receive(from: &mut impl Read) -> io::Result<Result<Book, ReadError>> {
    let answer = match take_byte(from)? {
        0 => Ok(take_book(from)?),
        1 => Err(ReadError::Encrypted),
        2 => Err(ReadError::Unsupported(take_text(from)?)),
        3 => Err(ReadError::Unreadable(take_text(from)?)),
        _ => return Err(strange()),
    };
    if take_byte(from)? == END { Ok(answer) } else { Err(strange()) }
}

fn put_book(to: &mut impl Write, Book { sheets }: &Book) -> io::Result<()> {
    length(to, sheets.len())?;
    for Sheet { name, hidden, cells, counted, merges, hidden_rows, hidden_cols } in sheets {
        text(to, name)?;
        byte(to, u8::from(*hidden))?;
        length(to, cells.len())?;
        for (pos, value) in cells {
            put_pos(to, *pos)?;
            put_value(to, value)?;
        }
        length(to, counted.len())?;
        for (row, count) in counted {
            number(to, *row)?;
            number(to, *count)?;
        }
        length(to, merges.len())?;
        for Merge { first, last } in merges {
            put_pos(to, *first)?;
            put_pos(to, *last)?;
        }
        for numbers in [hidden_rows, hidden_cols] {
            length(to, numbers.len())?;
            numbers.iter().try_for_each(|at| number(to, *at))?;
        }
    }
    Ok(())
}

fn take_book(from: &mut impl Read) -> io::Result<Book> {
    let mut book = Book::default();
    for _ in 0..take_number(from)? {
        let mut sheet = Sheet { name: take_text(from)?, hidden: take_byte(from)? != 0, ..Sheet::default() };
        // What comes in order is put together at once, not one by one.
        sheet.cells =
            many(from, |from| Ok((take_pos(from)?, take_value(from)?)))?.into_iter().collect::<BTreeMap<_, _>>();
        sheet.counted = many(from, |from| Ok((take_number(from)?, take_number(from)?)))?.into_iter().collect();
        sheet.merges = many(from, |from| Ok(Merge { first: take_pos(from)?, last: take_pos(from)? }))?;
        sheet.hidden_rows = many(from, take_number)?.into_iter().collect();
        sheet.hidden_cols = many(from, take_number)?.into_iter().collect();
        book.sheets.push(sheet);
    }
    Ok(book)
}

fn put_value(to: &mut impl Write, value: &Value) -> io::Result<()> {
    match value {
        Value::Text(words) => {
            byte(to, 0)?;
            text(to, words)
        }
        Value::Number(value, shown) => {
            byte(to, 1)?;
            to.write_all(&value.to_bits().to_le_bytes())?;
            text(to, shown)
        }
        Value::Date(when) => {
            byte(to, 2)?;
            to.write_all(&chrono::Datelike::num_days_from_ce(when).to_le_bytes())?;
            number(to, when.num_seconds_from_midnight())?;
            number(to, when.nanosecond())
        }
        Value::Bool(yes) => byte(to, if *yes { 4 } else { 3 }),
        Value::Error(words) => {
            byte(to, 5)?;
            text(to, words)
        }
        Value::Uncalculated => byte(to, 6),
    }
}

fn take_value(from: &mut impl Read) -> io::Result<Value> {
    Ok(match take_byte(from)? {
        0 => Value::Text(take_text(from)?),
        1 => Value::Number(f64::from_bits(u64::from_le_bytes(take(from)?)), take_text(from)?),
        2 => Value::Date(take_date(from)?),
        3 => Value::Bool(false),
        4 => Value::Bool(true),
        5 => Value::Error(take_text(from)?),
        6 => Value::Uncalculated,
        _ => return Err(strange()),
    })
}

fn take_date(from: &mut impl Read) -> io::Result<NaiveDateTime> {
    let day = NaiveDate::from_num_days_from_ce_opt(i32::from_le_bytes(take(from)?));
    let time = NaiveTime::from_num_seconds_from_midnight_opt(take_number(from)?, take_number(from)?);
    day.zip(time).map(|(day, time)| day.and_time(time)).ok_or_else(strange)
}

fn put_pos(to: &mut impl Write, pos: Pos) -> io::Result<()> {
    number(to, pos.row)?;
    number(to, pos.col)
}

fn take_pos(from: &mut impl Read) -> io::Result<Pos> {
    Ok(Pos::new(take_number(from)?, take_number(from)?))
}

fn byte(to: &mut impl Write, value: u8) -> io::Result<()> {
    to.write_all(&[value])
}

fn number(to: &mut impl Write, value: u32) -> io::Result<()> {
    to.write_all(&value.to_le_bytes())
}

fn length(to: &mut impl Write, value: usize) -> io::Result<()> {
    number(to, u32::try_from(value).map_err(|_| strange())?)
}

fn text(to: &mut impl Write, words: &str) -> io::Result<()> {
    frame(to, words.as_bytes())
}

/// Bytes behind their own number.
pub(crate) fn frame(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    length(to, bytes.len())?;
    to.write_all(bytes)
}

/// The bytes that `frame` wrote.
pub(crate) fn take_frame(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let count = take_number(from)?;
    let mut bytes = Vec::new();
    from.take(u64::from(count)).read_to_end(&mut bytes)?;
    if u32::try_from(bytes.len()) == Ok(count) { Ok(bytes) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

fn take_text(from: &mut impl Read) -> io::Result<String> {
    String::from_utf8(take_frame(from)?).map_err(|_| strange())
}

fn take_number(from: &mut impl Read) -> io::Result<u32> {
    Ok(u32::from_le_bytes(take(from)?))
}

fn take_byte(from: &mut impl Read) -> io::Result<u8> {
    Ok(u8::from_le_bytes(take(from)?))
}

fn take<const N: usize>(from: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// As many as their number says, each read by `one`.
fn many<R: Read, T>(from: &mut R, one: impl Fn(&mut R) -> io::Result<T>) -> io::Result<Vec<T>> {
    let mut all = Vec::new();
    for _ in 0..take_number(from)? {
        all.push(one(from)?);
    }
    Ok(all)
}

fn strange() -> io::Error {
    ErrorKind::InvalidData.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back(answer: &Result<Book, ReadError>) -> (Vec<u8>, Result<Book, ReadError>) {
        let mut bytes = Vec::new();
        send(answer, &mut bytes).unwrap();
        let back = receive(&mut bytes.as_slice()).unwrap();
        (bytes, back)
    }

    fn full() -> Book {
        let when = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap().and_hms_milli_opt(8, 40, 1, 250).unwrap();
        let values = [
            Value::Text("大坪村\u{0}\n会计\u{feff}".to_owned()),
            Value::Number(0.1 + 0.2, "0.3".to_owned()),
            Value::Number(-0.0, "0".to_owned()),
            Value::Number(f64::from_bits(0x7ff8_0000_0000_0123), String::new()),
            Value::Date(when),
            Value::Date(NaiveDate::MIN.and_time(NaiveTime::MIN)),
            Value::Bool(true),
            Value::Bool(false),
            Value::Error("#REF!".to_owned()),
            Value::Uncalculated,
        ];
        let cells = values.into_iter().zip(0..).map(|(value, col)| (Pos::new(u32::MAX - col, col), value));
        let first = Pos::new(2, 3);
        Book {
            sheets: vec![
                Sheet {
                    name: "Sheet1".to_owned(),
                    hidden: true,
                    cells: cells.collect(),
                    counted: [(0, 7), (9, 1)].into(),
                    merges: vec![Merge { first: Pos::new(9, 9), last: Pos::new(10, 10) }, Merge { first, last: first }],
                    hidden_rows: [1, 5].into(),
                    hidden_cols: [0].into(),
                },
                Sheet::default(),
            ],
        }
    }

    #[test]
    fn a_book_comes_back_as_it_went_to_the_bit() {
        let (bytes, back) = there_and_back(&Ok(full()));
        // Not a number is never equal to itself, so the words and the bytes are compared.
        assert_eq!(format!("{back:?}"), format!("{:?}", Ok::<_, ReadError>(full())));
        assert_eq!(there_and_back(&back).0, bytes);
    }

    #[test]
    fn the_line_of_a_file_that_gives_no_book_comes_back_too() {
        for error in [
            ReadError::Encrypted,
            ReadError::Unsupported("这是图片；请重填".to_owned()),
            ReadError::Unreadable(String::new()),
        ] {
            assert_eq!(there_and_back(&Err(error.clone())).1.unwrap_err(), error);
        }
    }

    #[test]
    fn an_answer_cut_short_or_changed_is_none() {
        let (bytes, _) = there_and_back(&Ok(full()));
        for end in 0..bytes.len() {
            assert!(receive(&mut bytes.get(..end).unwrap()).is_err(), "{end}");
        }
        // A number that promises four billion texts costs nothing.
        assert!(receive(&mut [0, 255, 255, 255, 255].as_slice()).is_err());
        assert!(receive(&mut [3, 255, 255, 255, 255, b'x'].as_slice()).is_err());
        assert!(receive(&mut [9].as_slice()).is_err());
    }
}
