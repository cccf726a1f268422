//! What is wrong with a project's files: every fault with its place, all of them together.

/// One fault of a configuration file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    /// The file as the clerk knows it, relative to the project.
    pub file: String,
    /// 1-based; 0 where the fault is of the file as a whole.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
    /// In Chinese: what is wrong and what to write.
    pub message: String,
}

/// Why a project cannot be used: all faults, in order of file and line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConfigError(pub Vec<Fault>);

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (n, fault) in self.0.iter().enumerate() {
            if n > 0 {
                writeln!(f)?;
            }
            match fault.line {
                0 => write!(f, "{}：{}", fault.file, fault.message)?,
                line => write!(f, "{} 第 {line} 行第 {} 列：{}", fault.file, fault.column, fault.message)?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}
