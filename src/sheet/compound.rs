//! The container of the old formats (OLE), walked with a step limit before another reader believes it: every
//! chain of sectors ends, inside the file.

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
const SMALL_SECTOR: usize = 64;
const SMALL_LIMIT: usize = 4096;

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
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
        for id in listed.into_iter().filter(|id| *id < SPECIAL) {
            let entries: Vec<u32> = words(compound.sector_at(id)?).collect();
            compound.table.extend(entries);
        }

        let directory = compound.chain(word(bytes, 48)?, usize::MAX)?;
        compound.entries = directory.chunks_exact(128).filter_map(entry).collect();
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

fn entry(bytes: &[u8]) -> Option<Entry> {
    let name: Vec<u16> =
        bytes.get(..64)?.chunks_exact(2).filter_map(|two| half(two, 0)).take_while(|unit| *unit != 0).collect();
    Some(Entry { name: String::from_utf16_lossy(&name), start: word(bytes, 116)?, length: index(word(bytes, 120)?) })
}
