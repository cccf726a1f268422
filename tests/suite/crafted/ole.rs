//! The old container (OLE) and its records (BIFF), written by hand, so that chains may run in circles and numbers
//! may lie.

/// A container of one stream, with what its headers are to say of it.
#[derive(Clone)]
pub(super) struct Ole<'a> {
    pub(super) name: &'a str,
    pub(super) stream: &'a [u8],
    /// Bytes of a sector: 512 or 4096.
    pub(super) sector: usize,
    /// Sector of the stream → the one that its chain goes on with, against the order.
    pub(super) turn: Option<(usize, usize)>,
    /// What the directory says of the length.
    pub(super) length: Option<u64>,
    /// The sector in which the directory begins, and the one its chain goes on with.
    pub(super) directory: Option<(u32, u32)>,
    /// Numbers of the header: place → value.
    pub(super) header: &'a [(usize, u32)],
}

const FREE: u32 = 0xffff_ffff;
const END: u32 = 0xffff_fffe;
const TABLE: u32 = 0xffff_fffd;

fn word(n: usize) -> u32 {
    u32::try_from(n).expect("a small file")
}

impl<'a> Ole<'a> {
    /// A lawful container of a workbook's stream.
    pub(super) fn of(stream: &'a [u8]) -> Ole<'a> {
        Ole { name: "Workbook", stream, sector: 512, turn: None, length: None, directory: None, header: &[] }
    }

    /// The file: header, tables of sectors, the directory in one sector, the stream.
    pub(super) fn bytes(&self) -> Vec<u8> {
        // A stream under 4096 bytes would lie among the small sectors.
        let mut stream = self.stream.to_vec();
        stream.resize(stream.len().max(4096).next_multiple_of(self.sector), 0);
        let count = stream.len() / self.sector;
        let in_a_table = self.sector / 4;
        let mut tables = 1;
        while tables * in_a_table < tables + 1 + count {
            tables += 1;
        }
        assert!(tables <= 109, "the header names no more tables");
        let first = tables + 1;
        let mut chain = vec![TABLE; tables];
        chain.push(self.directory.map_or(END, |(_, next)| next));
        chain.extend((1..=count).map(|at| if at == count { END } else { word(first + at) }));
        if let Some((from, to)) = self.turn {
            chain[first + from] = word(first + to);
        }
        chain.resize(tables * in_a_table, FREE);

        let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        file.resize(24, 0);
        let (version, shift) = if self.sector == 512 { (3_u16, 9_u16) } else { (4, 12) };
        for number in [0x3e, version, 0xfffe, shift, 6, 0, 0, 0] {
            file.extend(number.to_le_bytes());
        }
        let start = self.directory.map_or(word(tables), |(start, _)| start);
        let directories = u32::from(self.sector != 512);
        for number in [directories, word(tables), start, 0, 4096, END, 0, END, 0] {
            file.extend(number.to_le_bytes());
        }
        for at in 0..109 {
            file.extend(if at < tables { word(at) } else { FREE }.to_le_bytes());
        }
        for (place, number) in self.header {
            file[*place..place + 4].copy_from_slice(&number.to_le_bytes());
        }
        file.resize(self.sector, 0);
        chain.iter().for_each(|next| file.extend(next.to_le_bytes()));
        // Without small sectors the root begins nowhere; with large ones the reader goes there all the same.
        let root = if self.sector == 512 { END } else { word(first) };
        let mut directory = entry("Root Entry", 5, root, 0, 1);
        let length = self.length.unwrap_or(stream.len() as u64);
        directory.extend(entry(self.name, 2, word(first), length, FREE));
        directory.resize(self.sector, 0);
        file.extend(directory);
        file.extend(stream);
        file
    }
}

fn entry(name: &str, kind: u8, start: u32, length: u64, child: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    let named = u16::try_from(entry.len()).expect("a short name");
    entry.resize(64, 0);
    entry.extend(named.to_le_bytes());
    entry.extend([kind, 1]);
    for number in [FREE, FREE, child] {
        entry.extend(number.to_le_bytes());
    }
    entry.resize(116, 0);
    entry.extend(start.to_le_bytes());
    entry.extend(length.to_le_bytes());
    entry
}

/// A record of the stream.
pub(super) fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("a record is short");
    [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

/// The beginning of the workbook (5) or of a sheet (16).
pub(super) fn begin(kind: u16) -> Vec<u8> {
    let numbers = [0x600, kind, 0, 0, 0, 0, 0, 0];
    record(0x809, &numbers.map(u16::to_le_bytes).concat())
}

pub(super) fn end() -> Vec<u8> {
    record(0x0a, &[])
}

/// A cell's place and style.
fn place(row: u16, column: u16) -> Vec<u8> {
    [row, column, 0].map(u16::to_le_bytes).concat()
}

pub(super) fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
    record(0x203, &[place(row, column), value.to_le_bytes().to_vec()].concat())
}

pub(super) fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let count = u16::try_from(units.len() / 2).expect("a short text");
    record(0x204, &[place(row, column), count.to_le_bytes().to_vec(), vec![1], units].concat())
}

/// A cell that shows a shared text by its number.
pub(super) fn shared(row: u16, column: u16, text: u32) -> Vec<u8> {
    record(0xfd, &[place(row, column), text.to_le_bytes().to_vec()].concat())
}

/// A workbook's stream: the cells of its sheets, each begun and ended.
pub(super) fn book(sheets: &[Vec<u8>]) -> Vec<u8> {
    book_with(&[], sheets, |_, offset| offset)
}

/// The same with records before the list of sheets, and with places of sheets that need not be true.
pub(super) fn book_with(globals: &[u8], sheets: &[Vec<u8>], place: impl Fn(usize, u32) -> u32) -> Vec<u8> {
    let sheets: Vec<Vec<u8>> = sheets.iter().map(|cells| [begin(16), cells.clone(), end()].concat()).collect();
    let listed = |at: usize, offset: u32| {
        let name: Vec<u8> = format!("s{at}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let count = u8::try_from(name.len() / 2).expect("a short name");
        record(0x85, &[offset.to_le_bytes().to_vec(), vec![0, 0, count, 1], name].concat())
    };
    let list: usize = (0..sheets.len()).map(|at| listed(at, 0).len()).sum();
    let mut offset = begin(5).len() + globals.len() + list + end().len();
    let mut stream = [begin(5), globals.to_vec()].concat();
    for (at, sheet) in sheets.iter().enumerate() {
        stream.extend(listed(at, place(at, word(offset))));
        offset += sheet.len();
    }
    stream.extend(end());
    sheets.iter().for_each(|sheet| stream.extend(sheet));
    stream
}
