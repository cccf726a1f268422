//! Kinds of characters: what a character may begin or end. Looked up once a character, so that every reader goes
//! straight to the places where something of its own can stand.

use std::sync::LazyLock;

/// One kind or several; a character may be of many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kind(u16);

impl Kind {
    /// An Arabic digit.
    pub(super) const DIGIT: Kind = Kind(1);
    /// A Chinese digit, 0 to 9; 元 is more often money than the first month, and is none.
    pub(super) const CHINESE_DIGIT: Kind = Kind(1 << 1);
    /// A Chinese numeral of more than one place, or 两.
    pub(super) const TENS: Kind = Kind(1 << 2);
    /// The mark that ends every sum.
    pub(super) const YUAN: Kind = Kind(1 << 3);
    /// Begins a word that points at a time: 今年, 当日, 第二天.
    pub(super) const POINTING: Kind = Kind(1 << 4);
    /// Ends every term of days: 10日内.
    pub(super) const WITHIN: Kind = Kind(1 << 5);
    /// Opens or closes what hides times: titles, bracketed years, ordinals.
    pub(super) const HIDING: Kind = Kind(1 << 6);
    /// Ends a clause.
    pub(super) const CLAUSE: Kind = Kind(1 << 7);
    /// Parts the items of a list.
    pub(super) const LIST: Kind = Kind(1 << 8);
    /// Closes a bracket.
    pub(super) const CLOSING: Kind = Kind(1 << 9);
    /// Negates: 未, 没有, 无.
    pub(super) const NEGATION: Kind = Kind(1 << 10);
    /// Begins a verb of the check itself: 抽查, 查阅, 检查.
    pub(super) const CHECKING: Kind = Kind(1 << 11);
    /// Begins a word after which faults are told: 发现, 其中, 存在.
    pub(super) const TELLING: Kind = Kind(1 << 12);
    /// Turns from nothing to something: 但, 不过, 除.
    pub(super) const TURNING: Kind = Kind(1 << 13);
    /// Begins a sign that something is done: 已, 当日.
    pub(super) const DONE: Kind = Kind(1 << 14);
    /// Begins a word by which something is still to be done: 要求, 责令, 限.
    pub(super) const PENDING: Kind = Kind(1 << 15);

    pub(super) const fn or(self, other: Kind) -> Kind {
        Kind(self.0 | other.0)
    }

    pub(super) const fn meets(self, other: Kind) -> bool {
        self.0 & other.0 != 0
    }

    /// The kinds of a character.
    pub(super) fn of(c: char) -> Kind {
        KINDS.get(c as usize).copied().unwrap_or_default()
    }

    /// The kinds of every character.
    pub(super) fn of_each(chars: &[char]) -> Vec<Kind> {
        let known = KINDS.as_slice();
        chars.iter().map(|&c| known.get(c as usize).copied().unwrap_or_default()).collect()
    }
}

/// The characters of every kind.
static MEMBERS: &[(Kind, &str)] = &[
    (Kind::DIGIT, "0123456789"),
    (Kind::CHINESE_DIGIT, "〇零Oo一壹二贰三叁四肆五伍六陆七柒八捌九玖"),
    (Kind::TENS, "十拾百佰千仟廿卅两"),
    (Kind::YUAN, "元"),
    (Kind::POINTING, "今去前明本上下这同当第次翌隔"),
    (Kind::WITHIN, "内"),
    (Kind::HIDING, "《》\n〔(第"),
    (Kind::CLAUSE, "\n，。；！？:："),
    (Kind::LIST, "、"),
    (Kind::CLOSING, ")"),
    (Kind::NEGATION, "未暂没不无"),
    (Kind::CHECKING, "抽查走调随入检核访翻实询督"),
    (Kind::TELLING, "发其存"),
    (Kind::TURNING, "但不然只仅除"),
    (Kind::DONE, "已当"),
    (Kind::PENDING, "要责督约正安未没拟将限"),
];

/// The kinds by the character's number; folded text has hardly any character beyond.
static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let mut kinds = vec![Kind::default(); 0x1_0000];
    for (kind, members) in MEMBERS {
        for c in members.chars() {
            if let Some(known) = kinds.get_mut(c as usize) {
                *known = known.or(*kind);
            }
        }
    }
    kinds
});
