//! What the TOML parser objects to, said to a clerk.

/// The parser's English message and the line it stands at → a Chinese line with a remedy.
pub(super) fn chinese(message: &str, line: &str) -> String {
    if let Some(mark) = full_width(line) {
        return format!("写法有误：这里用了全角标点 {mark} ；等号、引号、逗号、方括号、井号都要用英文半角的");
    }
    if line.trim_end().ends_with('=') {
        return "写法有误：等号后面没有值".to_owned();
    }
    match KNOWN.iter().find(|(start, _)| message.starts_with(start)) {
        Some((_, chinese)) => format!("写法有误：{chinese}"),
        None => "写法有误：这一行读不懂；应写成 键 = \"值\" 的样子，引号、等号用英文半角的".to_owned(),
    }
}

/// Whether a fault leaves open where a list or a table ends, so that what follows it may be misread.
pub(super) fn runs_on(message: &str) -> bool {
    ["comma", "unclosed", "array", "inline table", "multi-line", "recurs"].iter().any(|word| message.contains(word))
}

/// The first full-width mark outside quotes and comments: the slip that a Chinese keyboard makes.
fn full_width(line: &str) -> Option<char> {
    let mut quoted = None;
    for c in line.chars() {
        match (c, quoted) {
            ('"' | '\'', None) => quoted = Some(c),
            (c, Some(quote)) if c == quote => quoted = None,
            ('#', None) => return None,
            (c, None) if "＝“”‘’，［］＃：＂".contains(c) => return Some(c),
            _ => {}
        }
    }
    None
}

/// Beginnings of the parser's messages.
const KNOWN: &[(&str, &str)] = &[
    ("duplicate key", "同一段里这个键写了两次，请删去一个"),
    ("cannot extend value", "这个名称已经用作别的键，不能再作一段的名称"),
    ("string values must be quoted", "文字要放在英文引号里，如 \"清河县\""),
    ("invalid basic string", "引号没有成对，或者文字里有反斜杠 \\（要写成 \\\\）"),
    ("invalid literal string", "引号没有成对"),
    ("missing opening quote", "缺少前一个引号"),
    ("missing closing quote", "缺少后一个引号"),
    ("missing escaped value", "反斜杠 \\ 要写成 \\\\"),
    ("missing comma", "两个值之间缺少逗号，或前面的方括号没有成对"),
    ("extra comma", "多了一个逗号"),
    ("unclosed array", "方括号没有成对，缺少 ]"),
    ("missing array opening", "方括号没有成对，缺少 ["),
    ("unclosed inline table", "花括号没有成对，缺少 }"),
    ("unclosed table", "段的名称缺少后面的 ]，如 [rules]"),
    ("missing table open", "段的名称缺少前面的 [，如 [rules]"),
    ("key with no value", "这个键后面没有值，应写成 键 = \"值\""),
    ("missing value", "等号后面没有值"),
    ("missing assignment", "键和值之间缺少等号"),
    ("extra `=`", "多了一个等号"),
    ("extra assignment", "多了一个等号"),
    ("missing key", "等号前面没有键"),
    ("invalid unquoted key", "键名只能用英文字母、数字、- 和 _，别的要放在英文引号里"),
    ("unquoted keys cannot be empty", "等号前面没有键"),
    ("unexpected leading zero", "数字前面不能有 0；电话、编号这样的要放在英文引号里"),
    ("unexpected key or value", "一行只能写一个键和它的值，多余的请删去或另起一行"),
    ("invalid comment character", "注释里有看不见的控制字符，请删去"),
    ("carriage return", "换行符不完整，请用记事本另存一遍"),
    ("cannot recurse further", "括号套得太深"),
    ("recursion limit", "名称分得太细"),
];

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::*;

    #[test]
    fn slips_of_the_pen_are_named_in_chinese() {
        for (text, words) in [
            ("county = 清河县", "文字要放在英文引号里"),
            ("county = “清河县”", "全角"),
            ("county ＝ \"清河县\"", "全角"),
            ("county = \"清河县", "引号没有成对"),
            ("county = \"a\"\ncounty = \"b\"", "写了两次"),
            ("contents = [\"a\" \"b\"]", "缺少逗号"),
            ("contents = [\"a\", \"b\"", "方括号没有成对"),
            ("[rules", "后面的 ]"),
            ("county", "后面没有值"),
            ("county =", "没有值"),
            ("phone = 0746", "数字前面不能有 0"),
            ("county = \"a\" \"b\"", "一行只能写一个"),
        ] {
            let (_, errors) = DeTable::parse_recoverable(text);
            let first = errors.first().unwrap();
            let said = chinese(first.message(), text.lines().next().unwrap_or(""));
            assert!(said.contains(words), "{text}: {} → {said}", first.message());
        }
    }
}
