//! The container of the old formats (OLE), walked with a step limit before another reader believes it: every
//! chain of sectors ends, inside the file.

use std::collections::BTreeSet;

/// An opened container: its directory and the sectors' chains.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    entries: Vec<Entry>,
    small_table: Vec<u32>,
    small: Vec<u8>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

const END: u32 = 0xffff_fffe;
const SPECIAL: u32 = 0xffff_fffa;
/// The mark of a sector that holds the table itself.
const TABLE: u32 = 0xffff_fffd;
const SMALL_SECTOR: usize = 64;
const SMALL_LIMIT: usize = 4096;

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let eight = bytes.get(at..at.checked_add(8)?)?;
    usize::try_from(u64::from_le_bytes(eight.try_into().ok()?)).ok()
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).filter_map(|four| word(four, 0))
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl<'a> Compound<'a> {
    /// Opens a container; none where a chain leaves the file, runs in a circle, or the header makes no sense.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Compound<'a>> {
        let sector = match half(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut compound = Compound {
            bytes,
            sector,
            table: Vec::new(),
            entries: Vec::new(),
            small_table: Vec::new(),
            small: Vec::new(),
        };
        let count = bytes.len() / sector;

        // The table of sectors is itself listed: 109 places in the header, further ones in a chain.
        let mut listed: Vec<u32> = words(bytes.get(76..512)?).collect();
        let mut next = word(bytes, 68)?;
        let mut steps = 0;
        while next < SPECIAL {
            steps += 1;
            if steps > count + 1 {
                return None;
            }
            listed.extend(words(compound.sector_at(next)?));
            next = listed.pop()?;
        }
        listed.retain(|id| *id < SPECIAL);
        // One sector listed again and again would make the table endless; room set aside for later is usual.
        if BTreeSet::from_iter(&listed).len() < listed.len() {
            return None;
        }
        for id in listed {
            let entries: Vec<u32> = words(compound.sector_at(id)?).collect();
            compound.table.extend(entries);
        }

        let directory = compound.chain(word(bytes, 48)?, usize::MAX)?;
        compound.entries = directory.chunks_exact(128).filter_map(|bytes| entry(bytes, sector)).collect();
        let root = compound.entries.first()?;
        let (start, length) = (root.start, root.length);
        let small_count = index(word(bytes, 64)?);
        if small_count > 0 {
            compound.small = compound.chain(start, length)?;
            let table = compound.chain(word(bytes, 60)?, small_count.checked_mul(sector)?)?;
            compound.small_table = words(&table).collect();
        }
        Some(compound)
    }

    /// Whether the directory has a stream or folder of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream, all of them.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let stream = if entry.length < SMALL_LIMIT {
            self.small_chain(entry.start, entry.length)?
        } else {
            self.chain(entry.start, entry.length)?
        };
        (stream.len() == entry.length).then_some(stream)
    }

    fn sector_at(&self, id: u32) -> Option<&'a [u8]> {
        let start = index(id).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    /// A chain of sectors up to `length` bytes.
    fn chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let mut chain = Vec::new();
        let mut id = start;
        let mut steps = 0;
        while id != END && chain.len() < length {
            steps += 1;
            if steps > self.bytes.len() / self.sector + 1 {
                return None;
            }
            let sector = self.sector_at(id)?;
            chain.extend_from_slice(sector.get(..sector.len().min(length - chain.len()))?);
            id = *self.table.get(index(id))?;
        }
        Some(chain)
    }

    fn small_chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let mut chain = Vec::new();
        let mut id = start;
        while id != END && chain.len() < length {
            let from = index(id).checked_mul(SMALL_SECTOR)?;
            let to = from.checked_add(SMALL_SECTOR)?.min(self.small.len());
            let sector = self.small.get(from..to).filter(|sector| !sector.is_empty())?;
            chain.extend_from_slice(sector.get(..sector.len().min(length - chain.len()))?);
            id = *self.small_table.get(index(id))?;
        }
        Some(chain)
    }
}

/// A container with one stream and nothing else, all of it in order; none where the stream is larger than any file.
pub(super) fn pack(name: &str, mut stream: Vec<u8>) -> Option<Vec<u8>> {
    const SECTOR: usize = 4096;
    // Shorter streams would lie among the small ones; what follows the last record is not looked at.
    stream.resize(stream.len().next_multiple_of(SECTOR).max(SECTOR), 0);
    let count = stream.len() / SECTOR;
    // The directory comes first, then the table, then the stream; the header lists 109 sectors of the table.
    let table = (1..=109).find(|table| 1 + table + count <= table * SECTOR / 4)?;
    let number = |n: usize| u32::try_from(n).unwrap_or(END).to_le_bytes();
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.resize(24, 0);
    bytes.extend([0x3e, 0, 4, 0, 0xfe, 0xff, 12, 0, 6, 0, 0, 0, 0, 0, 0, 0]);
    // Sectors of the directory and of the table, the directory's place, the bound of small streams, which there are none.
    for n in [1, table, 0, 0, SMALL_LIMIT] {
        bytes.extend(number(n));
    }
    for n in [END, 0, END, 0] {
        bytes.extend(n.to_le_bytes());
    }
    (1..=table).for_each(|id| bytes.extend(number(id)));
    bytes.resize(512, 0xff);
    bytes.resize(SECTOR, 0);
    for (name, kind, child, start, length) in
        [("Root Entry", 5, number(1), 0, 0), (name, 2, [0xff; 4], 1 + table, stream.len())]
    {
        let begin = bytes.len();
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.resize(begin + 64, 0);
        bytes.extend([u8::try_from(2 * name.len() + 2).ok()?, 0, kind, 1]);
        bytes.extend([0xff; 8]);
        bytes.extend(child);
        bytes.resize(begin + 116, 0);
        bytes.extend(number(start));
        bytes.extend(u64::try_from(length).ok()?.to_le_bytes());
    }
    bytes.resize(2 * SECTOR, 0);
    bytes.extend(END.to_le_bytes());
    (0..table).for_each(|_| bytes.extend(TABLE.to_le_bytes()));
    (1..count).for_each(|at| bytes.extend(number(1 + table + at)));
    bytes.extend(END.to_le_bytes());
    bytes.resize((2 + table) * SECTOR, 0xff);
    bytes.append(&mut stream);
    Some(bytes)
}

/// An entry of the directory. Only the container with large sectors has lengths of 64 bits; in the other the upper
/// half may be anything.
fn entry(bytes: &[u8], sector: usize) -> Option<Entry> {
    let name: Vec<u16> =
        bytes.get(..64)?.chunks_exact(2).filter_map(|two| half(two, 0)).take_while(|unit| *unit != 0).collect();
    let length = if sector == 512 { index(word(bytes, 120)?) } else { long(bytes, 120)? };
    Some(Entry { name: String::from_utf16_lossy(&name), start: word(bytes, 116)?, length })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_stream_is_found_again() {
        for length in [0, 1, 4095, 4096, 4097, 3_000_000, 9_000_000] {
            let stream: Vec<u8> = (0..length).map(|at: u32| at.to_le_bytes()[1]).collect();
            let packed = pack("Workbook", stream.clone()).unwrap();
            let again = Compound::open(&packed).unwrap().stream("workbook").unwrap();
            assert_eq!(again.get(..stream.len()), Some(stream.as_slice()), "{length}");
            assert!(again.iter().skip(stream.len()).all(|byte| *byte == 0));
            // Another reader finds it too.
            let mut other = cfb::CompoundFile::open(std::io::Cursor::new(&packed)).unwrap();
            let mut read = Vec::new();
            std::io::Read::read_to_end(&mut other.open_stream("/Workbook").unwrap(), &mut read).unwrap();
            assert_eq!(read, again);
        }
    }

    #[test]
    fn a_length_of_64_bits_is_read_whole_where_it_is_one() {
        let mut packed = pack("Workbook", vec![7; 20_000]).unwrap();
        // The upper half of the stream's length, in the second entry of the directory.
        packed[4096 + 128 + 124] = 1;
        assert!(Compound::open(&packed).unwrap().stream("Workbook").is_none());
    }

    #[test]
    fn a_table_with_room_to_spare_is_usual() {
        let mut packed = pack("EncryptedPackage", vec![7; 20_000]).unwrap();
        for at in 1..4_u32 {
            let free = u32::try_from(packed.len() / 4096 - 1).unwrap();
            let place = usize::try_from(76 + 4 * at).unwrap();
            packed[place..place + 4].copy_from_slice(&free.to_le_bytes());
            packed.extend([0xff; 4096]);
        }
        assert!(Compound::open(&packed).unwrap().has("EncryptedPackage"));
    }

    #[test]
    fn a_table_listed_again_and_again_is_damage() {
        let mut packed = pack("Workbook", vec![7; 20_000]).unwrap();
        for at in 1..109 {
            packed[76 + 4 * at..80 + 4 * at].copy_from_slice(&1_u32.to_le_bytes());
        }
        assert!(Compound::open(&packed).is_none());
    }
}
