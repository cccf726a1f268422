//! Writes the made-up county 清河县 into `examples/qinghe/`: its project, its registers and three months of filled
//! sheets, the same bytes each time. `cargo run --example qinghe` after a change under `examples/county/`.

use std::path::Path;
use std::{fs, io};

#[path = "county/mod.rs"]
mod county;

#[expect(clippy::print_stdout, reason = "a program that writes files says what it wrote")]
fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/qinghe");
    if root.exists() {
        fs::remove_dir_all(&root)?;
    }
    let files = county::files();
    for (name, bytes) in &files {
        let path = root.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, bytes)?;
    }
    let size: usize = files.values().map(Vec::len).sum();
    println!("{}: {} files, {} KB", root.display(), files.len(), size / 1024);
    Ok(())
}
