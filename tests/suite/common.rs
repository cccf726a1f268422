//! The runner: a project in a temporary folder, the program as a person starts it, an environment without
//! anything of the machine's own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A folder to run in, and the arguments of the next run.
pub(crate) struct Yuedu {
    folder: TempDir,
    /// The folder within it that the program is started in.
    stand: &'static str,
    args: Vec<String>,
}

/// What one run gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

impl Yuedu {
    /// An empty folder.
    pub(crate) fn new() -> Yuedu {
        Yuedu { folder: TempDir::new().expect("a temporary folder can be made"), stand: "", args: Vec::new() }
    }

    /// Puts a file into the folder; `name` may hold folders.
    pub(crate) fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Yuedu {
        self.put(name, bytes);
        self
    }

    /// The same between two runs.
    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).expect("a folder can be made in a temporary folder");
        }
        fs::write(path, bytes).expect("a file can be written in a temporary folder");
    }

    /// Copies a whole tree into the folder.
    pub(crate) fn tree(self, from: &Path) -> Yuedu {
        for (name, bytes) in files_under(from) {
            self.put(&name, bytes);
        }
        self
    }

    /// The arguments, without the program's own name.
    pub(crate) fn args<I: IntoIterator<Item: Into<String>>>(mut self, args: I) -> Yuedu {
        self.args = args.into_iter().map(Into::into).collect();
        self
    }

    /// Starts the program in a folder of the folder.
    pub(crate) fn standing_in(self, stand: &'static str) -> Yuedu {
        Yuedu { stand, ..self }
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self) -> Run {
        let args: Vec<&str> = self.args.iter().map(String::as_str).collect();
        self.run_with(&args)
    }

    /// Runs the program with other arguments in the same folder.
    pub(crate) fn run_with(&self, args: &[&str]) -> Run {
        let output = self.command(args).output().expect("the program starts");
        Run {
            stdout: String::from_utf8(output.stdout).expect("results are UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("messages are UTF-8"),
            code: output.status.code().expect("the program ends by itself"),
        }
    }

    /// The program with other arguments, not yet started.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yuedu"));
        command.args(args).current_dir(self.path(self.stand)).env_clear();
        // Windows programs do not start without their system folder.
        if let Some(root) = std::env::var_os("SystemRoot") {
            command.env("SystemRoot", root);
        }
        command
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The bytes of a file in the folder.
    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

impl Run {
    /// The JSON Lines of `validate --format json`, one value a form.
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        let line = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        self.stdout.lines().map(line).collect()
    }

    /// No word of a panic, of Rust, or of a package's inside.
    pub(crate) fn assert_calm(&self) {
        for word in ["panicked", "RUST_BACKTRACE", "unwrap", "thread '", "calamine", "Zip", "Xml"] {
            assert!(!self.stdout.contains(word) && !self.stderr.contains(word), "{word} in\n{self:#?}");
        }
    }
}

/// The `(rule, cell)` of every finding of a form's JSON, in its order; an empty cell for findings of the file.
pub(crate) fn findings(form: &serde_json::Value) -> Vec<(String, String)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let list = form["findings"].as_array().expect("findings is a list");
    list.iter().map(|finding| (text(&finding["rule"]), text(&finding["cell"]))).collect()
}

/// The names of the rules alone, each once, sorted.
pub(crate) fn rules(form: &serde_json::Value) -> Vec<String> {
    let mut rules: Vec<String> = findings(form).into_iter().map(|(rule, _)| rule).collect();
    rules.sort();
    rules.dedup();
    rules
}

/// Every file under a folder: its path with `/`, its bytes; sorted by path.
pub(crate) fn files_under(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.expect("an entry of a folder can be read").path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let inside = path.strip_prefix(folder).expect("the walk stays inside");
                let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
                found.push((parts.join("/"), fs::read(&path).expect("a tracked file can be read")));
            }
        }
    }
    found.sort();
    found
}
