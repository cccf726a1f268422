//! The example county in `examples/qinghe/` is what its program writes, to the byte.

use std::path::Path;

use crate::common::files_under;

#[path = "../../examples/county/mod.rs"]
mod county;

#[test]
fn the_tracked_county_is_the_one_that_the_program_writes() {
    let tracked = files_under(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/qinghe"));
    // What a clerk makes of the county (汇总/, 退回/, 下发/) is no part of it.
    let made = ["汇总/", "退回/", "下发/"];
    let tracked: Vec<_> =
        tracked.into_iter().filter(|(name, _)| !made.iter().any(|folder| name.starts_with(folder))).collect();
    let written: Vec<_> = county::files().into_iter().collect();
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&tracked), names(&written), "run `cargo run --example qinghe`");
    for ((name, tracked), (_, written)) in tracked.iter().zip(&written) {
        assert!(tracked == written, "{name} differs: run `cargo run --example qinghe`");
    }
    let size: usize = written.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(size < 2_000_000, "the county takes {size} bytes");
}
