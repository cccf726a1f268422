//! Persons: every individual who acts or answers in a text, with what is written of unit, post and name.
//! Phrases of unit and post are found by the post's last word; names beside them are judged by evidence.

mod bare;
mod level;
mod name;
mod phrase;
mod role;
mod unit;

use std::collections::{BTreeMap, BTreeSet};

use super::date;
use super::fold::{Folded, ends_clause, is_mark, is_word};
use super::lexicon::{Class, Hits};
use super::{Person, PersonClass};
use level::{Wanted, wanted};
use name::{Name, Slot};
use phrase::Phrase;

/// A mention by characters, before it is judged.
#[derive(Debug, Clone, Copy)]
struct Mention {
    start: usize,
    end: usize,
    unit: Option<(usize, usize)>,
    post: Option<(usize, usize)>,
    name: Option<Name>,
    sure: bool,
}

/// Finds every person, each once, in the order of the text; and whether one may have been overlooked where none is.
pub(super) fn find(text: &Folded, hits: &Hits, times: &[date::Found]) -> (Vec<Person>, bool) {
    let mut text = text.clone();
    for time in times {
        text.seal(time.start, time.end);
    }
    let text = &text;
    let units = unit::units(text, hits);
    let mut reader =
        Reader { text, hits, units, mentions: Vec::new(), starts: BTreeSet::new(), taken: vec![false; text.len() + 1] };
    reader.hide_titles();
    reader.read_phrases();
    reader.read_bare_names();
    reader.read_roles();
    let overlooked = reader.mentions.is_empty() && reader.may_overlook();
    (reader.settle(), overlooked)
}

struct Reader<'a> {
    text: &'a Folded,
    hits: &'a Hits,
    units: Vec<(usize, usize)>,
    mentions: Vec<Mention>,
    /// Where the mentions start.
    starts: BTreeSet<usize>,
    /// Characters that already belong to a mention, a time or a title.
    taken: Vec<bool>,
}

impl Reader<'_> {
    fn take(&mut self, from: usize, to: usize) {
        let to = to.min(self.taken.len());
        if let Some(part) = self.taken.get_mut(from..to) {
            part.fill(true);
        }
    }

    fn free(&self, at: usize) -> bool {
        !self.taken.get(at).copied().unwrap_or(true)
    }

    /// What stands in a 《title》 or before a document's 〔year〕 mentions nobody.
    fn hide_titles(&mut self) {
        let mut open = None;
        for at in 0..self.text.len() {
            if self.text.at(at) == '〔' {
                let from = (at.saturating_sub(6)..at).rev().find(|&before| is_mark(self.text.at(before)));
                self.take(from.unwrap_or(at.saturating_sub(4)), at);
            }
            match self.text.at(at) {
                '《' => open = Some(at),
                '》' => {
                    if let Some(from) = open.take() {
                        self.take(from, at);
                    }
                }
                '\n' => open = None,
                _ => {}
            }
        }
    }

    /// Every post with what stands around it.
    fn read_phrases(&mut self) {
        let mut nameless: Vec<Phrase> = Vec::new();
        let mut end = 1;
        while end <= self.text.len() {
            let Some(head) = self.head_ending(end) else {
                end += 1;
                continue;
            };
            let phrase = phrase::ending(self.text, self.hits, head, end);
            end += 1;
            if !self.free(phrase.head) {
                continue;
            }
            // 党委委员、纪委书记: the earlier post belongs to this phrase.
            while nameless.last().is_some_and(|earlier| earlier.end() > phrase.start) {
                nameless.pop();
            }
            match self.name_after(&phrase) {
                Some(name) => self.add_list(phrase, name),
                None => {
                    if !self.read_title(&phrase) && !self.read_bracket(&phrase) {
                        nameless.push(phrase);
                    }
                }
            }
        }
        for phrase in nameless {
            if self.free(phrase.head) {
                self.add_bare(&phrase);
            }
        }
    }

    /// Where the post's word that ends at a place starts; none where a longer word goes on.
    fn head_ending(&self, end: usize) -> Option<usize> {
        let Some(hit) = self.hits.longest_to(end, Class::POST) else {
            return self.other_head(end);
        };
        // 交警大队, 会计室: the word is part of a body.
        if self.text.at(end) != '区'
            && self.hits.from(end).iter().any(|hit| hit.class.meets(Class::UNIT_BODY.or(Class::POST_BODY)))
        {
            return None;
        }
        let longer = self.hits.from(hit.from()).iter().any(|other| {
            other.to() > end
                && other.class.meets(Class::POST.or(Class::UNIT_BODY).or(Class::POST_BODY).or(Class::GENERIC))
        });
        let inner = (hit.from() + 1..end).any(|at| {
            self.hits.from(at).iter().any(|other| {
                other.to() > end
                    && other.class.meets(Class::POST.or(Class::GENERIC).or(Class::SLOT).or(Class::UNIT_BODY))
            })
        });
        // 法人 of 执法人员.
        let across = (hit.from().saturating_sub(3)..hit.from()).any(|at| {
            self.hits
                .from(at)
                .iter()
                .any(|other| other.to() > end && other.class.meets(Class::POST.or(Class::GROUP).or(Class::UNIT_BODY)))
        });
        (!longer && !inner && !across).then_some(hit.from())
    }

    /// 协理员, 考试员, 营养师: a post that no list has, shown by the name after it.
    fn other_head(&self, end: usize) -> Option<usize> {
        let head = end.checked_sub(3)?;
        let known = self
            .hits
            .to(end)
            .iter()
            .any(|hit| hit.len() >= 2 && hit.class.meets(Class::WORD.or(Class::GROUP).or(Class::VERB)));
        let word = (head..end).all(|at| is_word(self.text.at(at)));
        if !matches!(self.text.before(end), '员' | '师')
            || known
            || !word
            || matches!(self.text.at(end - 2), '党' | '人' | '成' | '会' | '动' | '官' | '律')
        {
            return None;
        }
        name::starting(self.text, self.hits, end, Slot::Post).filter(|name| name.score >= 4).map(|_| head)
    }

    fn name_after(&self, phrase: &Phrase) -> Option<Name> {
        let mut at = phrase.end();
        // 责任人:张卫东(某局股长): the words before the colon are a line of a form, no post.
        let line = self.text.at(at) == ':' && self.text.before(at) == '人' && !self.text.ends(at, "负责人");
        if line {
            return None;
        }
        if self.text.at(at) == '(' {
            // 副书记(监察办公室主任)李红: a bracket between post and name.
            let close = (at + 1..at + 14).find(|&close| self.text.at(close) == ')')?;
            if !is_word(self.text.at(close + 1)) {
                return None;
            }
            at = close + 1;
        } else if self.text.at(at) == ':' || self.text.at(at) == '“' && self.text.at(at + 1) != '”' {
            at += 1;
        }
        let group = self.hits.is(phrase.head, phrase.end(), Class::GROUP);
        let name = name::starting(self.text, self.hits, at, Slot::Post)?;
        // 个别干部纪律松散: after a noun of groups an ordinary word is no name.
        let word = self.hits.is(name.start, name.end, Class::WORD.or(Class::VERB).or(Class::GENERIC));
        // 农户补助款: nor does a word begin it.
        let begins = self
            .hits
            .from(name.start)
            .iter()
            .any(|hit| hit.len() >= 2 && hit.class.meets(Class::WORD.or(Class::VERB).or(Class::NOUN)));
        let word = word || group && begins;
        // 村文书 代签, 社长 家里: a word behind a blank begins what is said.
        let said = Class::VERB.or(Class::AFTER).or(Class::FAULT).or(Class::MISCONDUCT);
        if self.text.gap(name.start) && self.hits.is(name.start, name.end, said) {
            return None;
        }
        // 乡村医生补助台账: a thing that bears the post's name begins here.
        let thing = self.hits.longest_from(name.start, Class::SLOT);
        if name.full && thing.is_some_and(|thing| thing.len() >= 2 && thing.to() < name.end) {
            return None;
        }
        let fits = if name.odd {
            !group && !self.units.is_empty()
        } else {
            !group || !word || phrase.unit.is_some() || name.score >= 7
        };
        fits.then_some(name)
    }

    /// A phrase with its name, and the names that share it: A、B、C.
    fn add_list(&mut self, phrase: Phrase, first: Name) {
        let start = phrase.start;
        self.push(Mention {
            start,
            end: first.end,
            unit: phrase.unit,
            post: Some(phrase.post),
            name: Some(first),
            sure: (first.score >= 5 && !first.odd || !first.full)
                && (phrase.unit.is_some() || !phrase::proper(self.text, self.hits, phrase.start, phrase.head)),
        });
        self.add_following(phrase, first);
    }

    fn add_following(&mut self, phrase: Phrase, first: Name) {
        let mut names = 1;
        let mut last = first;
        loop {
            let mut at = last.end;
            if self.text.starts(at, "同志") {
                at += 2;
            }
            if !matches!(self.text.at(at), '、' | '和' | '及' | '与') && !self.text.gap(at) {
                break;
            }
            if matches!(self.text.at(at), '、' | '和' | '及' | '与') {
                at += 1;
            }
            // The next in the list may bring a unit and post of its own: it is read for itself then.
            let Some(name) = name::starting(self.text, self.hits, at, Slot::List) else { break };
            if self.own_phrase_starts(at, name.end) {
                break;
            }
            self.push(Mention {
                start: name.start,
                end: name.end,
                unit: phrase.unit,
                post: Some(phrase.post),
                name: Some(name),
                sure: name.score >= 6,
            });
            names += 1;
            last = name;
        }
        self.add_others(last.end, names);
    }

    /// Whether a unit or a post begins where a name was read: 大盛村会计 after 、.
    fn own_phrase_starts(&self, start: usize, end: usize) -> bool {
        // 滕大贵、公墓管理员滕小贵: what looks like a name leads to a post with a name of its own.
        let post_next = self.hits.longest_from(end, Class::POST).is_some_and(|post| post.len() >= 2);
        let leads = (post_next || name::border(self.text, self.hits, end) < 3)
            && (end + 2..end + 14).take_while(|&to| is_word(self.text.before(to))).any(|to| {
                self.hits.longest_to(to, Class::POST).is_some_and(|post| post.len() >= 2 && post.from() >= end)
                    && name::starting(self.text, self.hits, to, Slot::Post).is_some_and(|name| name.score >= 6)
            });
        if leads {
            return true;
        }
        (start..end).any(|at| {
            self.hits.from(at).iter().any(|hit| {
                hit.len() > 1 && hit.class.meets(Class::POST)
                    || hit.to() <= end
                        && hit.from() > start
                        && hit.class.meets(Class::UNIT_BODY)
                        && hit.to() == end
                        && self.hits.from(end).iter().any(|next| next.class.meets(Class::POST.or(Class::POST_BODY)))
            })
        })
    }

    /// 等3人, 等人: others without a name, when they are more than those named.
    fn add_others(&mut self, at: usize, names: usize) {
        if self.text.at(at) != '等' {
            return;
        }
        // 书记甲、会计乙等2人: all that are named in the sentence are counted, whatever their posts.
        let sentence = (at.saturating_sub(80)..at)
            .rev()
            .find(|&before| matches!(self.text.at(before), '。' | '；' | '\n'))
            .unwrap_or(at.saturating_sub(80));
        let names = names.max(self.starts.range(sentence..at).count());
        let number = date::arabic(self.text, at + 1, 3).or_else(|| date::chinese(self.text, at + 1));
        let more = match number {
            Some(number) => matches!(self.text.at(number.end), '人' | '名' | '位') && number.value as usize > names,
            None => self.text.at(at + 1) == '人',
        };
        if more {
            let end = number.map_or(at + 2, |number| number.end + 1);
            self.push(Mention { start: at, end, unit: None, post: None, name: None, sure: true });
        }
    }

    /// 王书记, 大湾村唐国强书记: what stands before the title is a name or a surname.
    fn read_title(&mut self, phrase: &Phrase) -> bool {
        let lead = (phrase.post.0, phrase.head);
        let length = lead.1.saturating_sub(lead.0);
        if length == 0 {
            return false;
        }
        let covered = |from: usize, to: usize| {
            self.hits.to(to).iter().any(|hit| {
                hit.from() < from && hit.class.meets(Class::GENERIC.or(Class::MODIFIER).or(Class::POST_BODY))
            }) || self.hits.is(from, to, Class::MODIFIER.or(Class::POST_BODY).or(Class::UNIT_BODY))
        };
        let surname = phrase.head - 1;
        let before_is_chain =
            surname == lead.0 || self.hits.longest_to(surname, Class::POST_BODY.or(Class::UNIT_BODY)).is_some();
        // 党 of 党支部 is no family name.
        let begins = Class::POST_BODY.or(Class::GENERIC).or(Class::POST);
        let other = self.hits.from(surname).iter().any(|hit| hit.len() >= 2 && hit.class.meets(begins));
        let single = self.hits.is(surname, phrase.head, Class::COMMON_SURNAME)
            && !other
            && before_is_chain
            && !covered(surname, phrase.head);
        let mention = |name: Name, sure: bool| Mention {
            start: phrase.start,
            end: phrase.end(),
            unit: phrase.unit,
            post: Some((phrase.head, phrase.end())),
            name: Some(name),
            sure,
        };
        if single {
            let name = Name { start: surname, end: phrase.head, full: false, score: 9, odd: false };
            self.push(mention(name, true));
            return true;
        }
        if (2..=4).contains(&length)
            && let Some(name) =
                name::ending(self.text, self.hits, phrase.head, Slot::Verb).filter(|name| name.start == lead.0)
            && !covered(lead.0, lead.1)
        {
            self.push(mention(name, false));
            return true;
        }
        false
    }

    /// 唐国强(大盛村党支部书记), 张三，某局局长，: the name stands before its unit and post.
    fn read_bracket(&mut self, phrase: &Phrase) -> bool {
        let from = phrase.start.saturating_sub(14);
        let open = (from..phrase.start).rev().find(|&at| matches!(self.text.at(at), '(' | ')' | '\n' | '。' | '；'));
        if let Some(open) = open.filter(|&open| self.text.at(open) == '(')
            && let Some(name) = name::ending(self.text, self.hits, open, Slot::Told)
        {
            let closed = (phrase.end()..phrase.end() + 16).find(|&at| self.text.at(at) == ')');
            if self.free(name.start) && closed.is_some() {
                self.push(Mention {
                    start: name.start,
                    end: phrase.end(),
                    unit: phrase.unit,
                    post: Some(phrase.post),
                    name: Some(name),
                    sure: name.score >= 5,
                });
                self.add_preceding(phrase, name);
                return true;
            }
            // The name has its own post already; what the bracket adds is the same person.
            if !self.free(name.start) {
                self.take(phrase.start, phrase.end());
                return true;
            }
        }
        if self.text.before(phrase.start) == '，'
            && ends_clause(self.text.at(phrase.end()))
            && let Some(name) = name::ending(self.text, self.hits, phrase.start - 1, Slot::Verb)
            && (is_mark(self.text.before(name.start)) && self.text.before(name.start) != '、')
            && self.free(name.start)
        {
            self.push(Mention {
                start: name.start,
                end: phrase.end(),
                unit: phrase.unit,
                post: Some(phrase.post),
                name: Some(name),
                sure: false,
            });
            return true;
        }
        false
    }

    /// A、B(均为…): the bracket speaks of both.
    fn add_preceding(&mut self, phrase: &Phrase, name: Name) {
        let all = (phrase.start.saturating_sub(4)..phrase.start)
            .any(|at| matches!(self.text.at(at), '均' | '皆' | '都' | '系'));
        let mut start = name.start;
        while all && self.text.before(start) == '、' {
            let Some(earlier) = name::ending(self.text, self.hits, start - 1, Slot::List) else { break };
            self.push(Mention {
                start: earlier.start,
                end: earlier.end,
                unit: phrase.unit,
                post: Some(phrase.post),
                name: Some(earlier),
                sure: true,
            });
            start = earlier.start;
        }
    }

    /// A post without a name is a mention by role, unless it names a thing, a group or a slot.
    fn add_bare(&mut self, phrase: &Phrase) {
        let (text, hits) = (self.text, self.hits);
        let end = phrase.end();
        // 群管理员下湾村村委会副主任卜青: the first post is said of the person named right behind.
        if self.starts.contains(&end) {
            return;
        }
        // 涉及村医88名: people that are counted behind their noun are those that it was about.
        let number = date::arabic(text, end, 4).filter(|number| matches!(text.at(number.end), '名' | '人' | '位'));
        if number.is_some() {
            return;
        }
        let group = hits.is(phrase.head, end, Class::GROUP);
        let quoted = text.before(phrase.start) == '“' && text.at(end) == '”';
        let counted = text.before(phrase.start).is_ascii_digit()
            || matches!(text.before(phrase.start), '名' | '位')
            || self.picked_before(phrase);
        if group
            || quoted
            || counted
            || role::is_slot(text, hits, end)
            || role::tells_who(text, end)
            || role::negated(text, phrase.start)
        {
            return;
        }
        let bare = text.slice(phrase.head, end).iter().collect::<String>();
        let no_post = matches!(
            bare.as_str(),
            "责任人" | "经办人" | "经手人" | "承办人" | "审批人" | "签批人" | "验收人" | "保管人"
        ) && phrase.post.0 == phrase.head;
        if no_post {
            return;
        }
        // 板桥村、山背村党支部书记: one role of several units.
        let several =
            phrase.unit.filter(|_| text.before(phrase.start) == '、').and_then(|_| self.unit_ending(phrase.start - 1));
        let unit = match (phrase.unit, several) {
            (Some(unit), Some(first)) => Some((first.0, unit.1)),
            (unit, _) => unit,
        };
        // A role that plainly acts, or is plainly called to account, is one: 副校长经手, 约谈馆长.
        let several = (phrase.start..end).any(|at| text.at(at) == '、');
        let acts = !several && name::border(text, hits, end) >= 3 && text.at(end) != '、';
        let sure = acts && !name::possible(text, hits, end);
        self.push(Mention { start: phrase.start, end, unit, post: Some(phrase.post), name: None, sure });
    }

    /// 相关负责人, 个别负责人 are read as roles.
    fn picked_before(&self, phrase: &Phrase) -> bool {
        (phrase.start.saturating_sub(3)..=phrase.head)
            .any(|at| ["相关", "有关", "个别", "部分", "少数"].iter().any(|word| self.text.starts(at, word)))
    }

    fn push(&mut self, mention: Mention) {
        self.take(mention.start, mention.end);
        self.starts.insert(mention.start);
        self.mentions.push(mention);
    }

    /// Gives every mention its unit, folds those of one person into the fullest, and judges what is missing.
    fn settle(mut self) -> Vec<Person> {
        let mut mentions = std::mem::take(&mut self.mentions);
        mentions.sort_by_key(|mention| (mention.start, mention.end));
        for mention in &mut mentions {
            self.find_unit(mention);
        }
        let spell = |name: &Name| self.text.slice(name.start, name.end).iter().collect::<String>();
        // One person, one mention: the fullest of those with the same name, at the place of the first.
        let mut best: BTreeMap<String, usize> = BTreeMap::new();
        let mut surnames: BTreeMap<char, usize> = BTreeMap::new();
        for (index, mention) in mentions.iter().enumerate() {
            if let Some(name) = &mention.name {
                let spelled = spell(name);
                if name.full {
                    surnames.entry(self.text.at(name.start)).or_insert(index);
                }
                let kept = best.entry(spelled).or_insert(index);
                if mentions.get(*kept).is_some_and(|kept| self.class(mention) > self.class(kept)) {
                    *kept = index;
                }
            }
        }
        let kept = mentions.iter().enumerate().filter(|(index, mention)| match &mention.name {
            Some(name) => {
                // 王书记 after 王海峰 is the same man.
                let known = !name.full && surnames.get(&self.text.at(name.start)).is_some_and(|first| first < index);
                best.get(&spell(name)) == Some(index) && !known
            }
            None => true,
        });
        kept.map(|(_, mention)| self.person(mention)).collect()
    }

    /// How full a mention is; a fuller one is greater.
    fn class(&self, mention: &Mention) -> u8 {
        match self.judge(mention) {
            PersonClass::NoName => 0,
            PersonClass::NoPost => 1,
            PersonClass::NoUnit => 2,
            PersonClass::Full => 3,
        }
    }

    fn judge(&self, mention: &Mention) -> PersonClass {
        if mention.name.is_none_or(|name| !name.full) {
            PersonClass::NoName
        } else if mention.post.is_none() {
            PersonClass::NoPost
        } else if mention.unit.is_none() {
            PersonClass::NoUnit
        } else {
            PersonClass::Full
        }
    }

    fn person(&self, mention: &Mention) -> Person {
        let span = |(start, end): (usize, usize)| self.text.span(start, end);
        Person {
            span: span((mention.start, mention.end)),
            unit: mention.unit.map(span),
            post: mention.post.map(span),
            name: mention.name.map(|name| {
                // 任书记 → 任, 李×× → as written.
                span((name.start, name.end))
            }),
            class: self.judge(mention),
            // Where some unit stands before the post, whether it serves the post may be judged otherwise.
            sure: mention.sure
                && (self.judge(mention) != PersonClass::NoUnit
                    || self.units.first().is_none_or(|first| first.0 >= mention.start) && self.begins(mention.start)),
        }
    }

    /// Whether nothing that could be part of a unit stands right before a place.
    fn begins(&self, start: usize) -> bool {
        let governed = || self.hits.longest_to(start, Class::BEFORE).is_some();
        !self.text.gap(start) && (is_mark(self.text.before(start)) || governed())
    }

    /// A unit named earlier in the text serves a post of its level.
    fn find_unit(&self, mention: &mut Mention) {
        if let Some(unit) = mention.unit {
            // 该村 needs a village before it, else it points at nothing.
            let pointless = phrase::points(self.text, unit) && self.units.first().is_none_or(|first| first.1 > unit.0);
            if pointless {
                mention.unit = None;
            }
            return;
        }
        let Some(post) = mention.post else { return };
        let full = mention.name.is_some_and(|name| name.full);
        let wanted = wanted(self.text, self.hits, post);
        if mention.name.is_none() && !matches!(wanted, Wanted::Ends(_)) || !full && self.text.ends(post.1, "责任人")
        {
            return;
        }
        let before = self.units.partition_point(|unit| unit.1 <= mention.start);
        // Sixty-four units back is further than a reader looks, and keeps the reading linear.
        let earlier = self.units.get(before.saturating_sub(64)..before).unwrap_or(&[]);
        mention.unit = earlier.iter().rev().find(|unit| wanted.fits(self.text, **unit)).copied();
    }
}
