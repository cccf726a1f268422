//! Posts that have no name right behind them, but lead to one: the first of a person's several posts, a role that is
//! said to be somebody's who is named then, or a role whose people stand in a bracket.

use super::model::{Part, Piece};
use crate::text::fold::Folded;

/// Two posts before one name are one post, as written; and a role that is at once said to be somebody named is none.
/// Gives the pieces with the posts whole and such roles gone.
pub(super) fn whole_posts(text: &Folded, pieces: &[Piece]) -> Vec<Piece> {
    let mut whole: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut rest = pieces.iter().copied().enumerate();
    while let Some((index, mut piece)) = rest.next() {
        if matches!(piece.part, Part::Role | Part::Post) {
            let behind = pieces.get(index + 1..).unwrap_or(&[]);
            match Lead::of(text, whole.last(), piece, behind) {
                Lead::Own => {}
                Lead::Named => continue,
                Lead::Post => piece.part = Part::Post,
                Lead::Bracket => {
                    piece.part = Part::Post;
                    piece.end = rest.next().map_or(piece.end, |(_, inner)| inner.end + 1);
                }
                Lead::First(more) => {
                    for _ in 0..more {
                        if let Some((_, next)) = rest.next() {
                            piece.end = next.end;
                            piece.margin = piece.margin.min(next.margin);
                        }
                    }
                    piece.part = Part::Post;
                }
            }
        }
        whole.push(piece);
    }
    whole
}

/// What a post without a name right behind it is to what follows.
enum Lead {
    /// Nothing.
    Own,
    /// The post of a name that stands behind 是, 由 or the like, or of those in a bracket.
    Post,
    /// 乡级河长为青石镇副书记唐国强: who it is follows, in full.
    Named,
    /// 村委会副主任(兼会计)唐国强: the post goes on through the bracket.
    Bracket,
    /// 村委会副主任、会计唐国强: the first of a person's posts, with how many pieces more are of them.
    First(usize),
}

/// Words between a role and who it is.
const WHO_IS: &[&str] = &["为", "系", "是", "由", "叫", "名叫", "即"];
/// So many posts of one person are joined at the most.
const MOST: usize = 8;

impl Lead {
    fn of(text: &Folded, before: Option<&Piece>, piece: Piece, behind: &[Piece]) -> Lead {
        let between = |from: usize, to: usize| text.slice(from, to.min(from + 8)).iter().collect::<String>();
        let named = |piece: Option<&Piece>| piece.is_some_and(|piece| matches!(piece.part, Part::Name | Part::Mask));
        // Whether a post stands there with its name right behind.
        let full = |at: usize| {
            let (post, name) = (behind.get(at), behind.get(at + 1));
            post.is_some_and(|post| {
                post.part == Part::Post
                    && named(name)
                    && name.is_some_and(|name| matches!(between(post.end, name.start).as_str(), "" | ":" | "“"))
            })
        };
        let Some(next) = behind.first() else { return Lead::Own };
        let gap = between(piece.end, next.start);
        let joined = |gap: &str| matches!(gap, "、" | "兼" | "、兼");
        let said = WHO_IS.contains(&gap.as_str());
        // 5名党员(许大宏、许正友): who they are stands in the bracket.
        if piece.part == Part::Role && (said || gap == "(") && named(Some(next)) {
            return Lead::Post;
        }
        // 村委会副主任(兼综治专干)陈玉林: a bracket between a post and its name is part of the post.
        let post = matches!(next.part, Part::Post | Part::Role);
        let bracket = post && gap.starts_with('(') && text.at(next.end) == ')';
        if bracket && behind.get(1).is_some_and(|name| named(Some(name)) && name.start == next.end + 1) {
            return Lead::Bracket;
        }
        if full(0) {
            return match gap.as_str() {
                "(" if piece.part == Part::Role => Lead::Named,
                _ if said => Lead::Named,
                _ if joined(&gap) && piece.part == Part::Role => Lead::First(1),
                _ => Lead::Own,
            };
        }
        // 支部委员、会计、报账员唐国强: as many posts as are joined.
        if piece.part == Part::Role && next.part == Part::Role && joined(&gap) {
            let run = behind.windows(2).take(MOST).take_while(|pair| joined(&between(pair[0].end, pair[1].start)));
            let more = run.take_while(|pair| pair[0].part == Part::Role).count();
            if more > 0 && full(more) {
                return Lead::First(more + 1);
            }
        }
        let beside = next.part == Part::Unit && behind.get(1).is_some_and(|post| post.start == next.end) && full(1);
        if beside {
            let owned = before.is_some_and(|unit| unit.part == Part::Unit && unit.end == piece.start);
            return match gap.as_str() {
                "、" if owned && piece.part == Part::Role => Lead::First(2),
                "、" | "(" | "" if piece.part == Part::Role => Lead::Named,
                _ if said => Lead::Named,
                _ => Lead::Own,
            };
        }
        Lead::Own
    }
}
