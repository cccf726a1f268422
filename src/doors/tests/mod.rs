//! What the fuzz targets look for, looked for by every run of the tests: the same doors, by a fixed seed.

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

mod form;
mod office;
mod package;
mod sheet;
mod text;

/// Every case is drawn from the same seed: a run tells of the code and not of chance.
pub(super) fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(20_260_305), failure_persistence: None, ..Default::default() }
}
