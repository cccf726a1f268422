//! Names that stand without a post, and people mentioned by role alone.

use super::name::{self, Name, Slot};
use super::{Mention, Reader, role, unit};
use crate::text::fold::{ends_clause, is_mark};
use crate::text::lexicon::Class;

/// Kinship is no post, but a name follows it.
const KIN: &[&str] = &[
    "堂弟", "堂兄", "妻子", "丈夫", "儿子", "女儿", "父亲", "母亲", "弟弟", "哥哥", "妹妹", "姐姐", "侄子", "岳父",
    "表弟", "表哥",
];

/// Verbs whose object may be a person's name.
const GOVERNING: &[&str] = &["约谈", "责令", "责成", "给予", "提醒", "诫勉", "批评教育"];

impl Reader<'_> {
    /// Names without a post: 大盛村张建国, 张建国同志, 约谈张建国.
    pub(super) fn read_bare_names(&mut self) {
        let (text, hits) = (self.text, self.hits);
        let offices = unit::offices(text, hits);
        for at in 0..text.len() {
            if text.starts(at, "同志")
                && self.free(at.saturating_sub(1))
                && let Some(name) = name::ending(text, hits, at, Slot::Told).filter(|name| name.full)
            {
                let office = || offices.iter().find(|office| office.1 == name.start).copied();
                let unit = self.unit_ending(name.start).or_else(office);
                self.push(Mention {
                    start: unit.map_or(name.start, |unit| unit.0),
                    end: at + 2,
                    unit,
                    post: None,
                    name: Some(name),
                    sure: name.score >= 5,
                });
            }
        }
        for index in 0..self.units.len() {
            let Some(&unit) = self.units.get(index) else { break };
            if !self.free(unit.1) {
                continue;
            }
            if let Some(name) = name::starting(text, hits, unit.1, Slot::Unit) {
                let sure = self.stands_alone(name) || !name.full;
                self.push(Mention {
                    start: unit.0,
                    end: name.end,
                    unit: Some(unit),
                    post: None,
                    name: Some(name),
                    sure,
                });
                self.follow_bare(name, Some(unit));
            }
        }
        for &office in &offices {
            if !self.free(office.1) {
                continue;
            }
            if let Some(name) = name::starting(text, hits, office.1, Slot::Unit) {
                let sure = self.stands_alone(name);
                self.push(Mention {
                    start: office.0,
                    end: name.end,
                    unit: Some(office),
                    post: None,
                    name: Some(name),
                    sure,
                });
            }
        }
        let mut in_unit = vec![false; text.len() + 1];
        for &(from, to) in &self.units {
            if let Some(part) = in_unit.get_mut(from..to) {
                part.fill(true);
            }
        }
        for at in 0..text.len() {
            if !self.free(at) || in_unit.get(at).copied().unwrap_or(false) {
                continue;
            }
            let governed = matches!(text.before(at), '对' | '由' | '让' | '经' | '是' | '找' | '向' | '给')
                || GOVERNING.iter().any(|word| text.ends(at, word));
            let opens = ends_clause(text.before(at)) || text.before(at) == '(' || text.gap(at);
            let summoned = text.ends(at, "约谈")
                || text.ends(at, "约谈了")
                || KIN.iter().any(|word| text.ends(at, word))
                || opens && self.called_to_account(at);
            let slot = if summoned {
                Slot::Summoned
            } else if governed {
                Slot::Verb
            } else if opens {
                Slot::Clause
            } else {
                continue;
            };
            if let Some(name) = name::starting(text, hits, at, slot) {
                let masked = !name.full;
                if masked && !governed && !opens {
                    continue;
                }
                let sure = masked || name.score >= 9 && (summoned || governed && self.stands_alone(name));
                self.push(Mention { start: name.start, end: name.end, unit: None, post: None, name: Some(name), sure });
                self.follow_bare(name, None);
            }
        }
        // 唐某某 anywhere is somebody.
        for at in 0..text.len() {
            let mask = matches!(text.at(at + 1), '某' | '×') || matches!(text.at(at), '老' | '小');
            if mask
                && self.free(at)
                && let Some(name) = name::starting(text, hits, at, Slot::Verb).filter(|name| !name.full)
            {
                self.push(Mention {
                    start: name.start,
                    end: name.end,
                    unit: None,
                    post: None,
                    name: Some(name),
                    sure: true,
                });
            }
        }
    }

    /// Whether somebody may stand in a text in which nobody was read: a post's word, or what is shaped like a name
    /// and follows what a person follows.
    pub(super) fn may_overlook(&self) -> bool {
        let (text, hits) = (self.text, self.hits);
        // Blanks for marks: where a name ends is not written.
        let blanks = (0..text.len()).filter(|&at| text.gap(at)).count();
        let marks = (0..text.len()).filter(|&at| matches!(text.at(at), '，' | '。' | '；')).count();
        blanks > marks + 1
            || (0..text.len()).any(|at| {
                self.free(at)
                    && (hits
                        .from(at)
                        .iter()
                        .any(|hit| hit.len() >= 2 && hit.class.meets(Class::POST) && !hit.class.meets(Class::GROUP))
                        || name::hinted(text, hits, at))
            })
    }

    fn follow_bare(&mut self, first: Name, unit: Option<(usize, usize)>) {
        let mut last = first;
        while matches!(self.text.at(last.end), '、' | '和' | '及' | '与') {
            let Some(name) = name::starting(self.text, self.hits, last.end + 1, Slot::List) else { break };
            if self.own_phrase_starts(name.start, name.end) || !self.free(name.start) {
                break;
            }
            self.push(Mention {
                start: name.start,
                end: name.end,
                unit,
                post: None,
                name: Some(name),
                sure: name.score >= 7,
            });
            last = name;
        }
        self.add_others(last.end, 1);
    }

    /// Three characters of a name with a mark or what no word could stand before behind them.
    fn stands_alone(&self, name: Name) -> bool {
        let next = self.text.at(name.end);
        let closed = is_mark(next) || self.text.gap(name.end) || matches!(next, '未' | '被' | '因' | '对' | '将');
        name.score >= 9 && name.end - name.start == 3 && closed
    }

    /// 江枫被约谈: a clause that opens with two or three characters and says what was done to them.
    fn called_to_account(&self, at: usize) -> bool {
        let done = Class::SANCTION.or(Class::MEASURE);
        (at + 2..=at + 3)
            .any(|end| self.text.at(end) == '被' && self.hits.from(end + 1).iter().any(|hit| hit.class.meets(done)))
    }

    /// Whether what follows is said of somebody at fault: 未…, 脱岗, 擅自.
    fn fails(&self, place: usize) -> bool {
        let fault = Class::FAULT.or(Class::MISCONDUCT);
        (place..place + 3).any(|at| {
            matches!(self.text.at(at), '未' | '无' | '没')
                || self.hits.from(at).iter().any(|hit| hit.class.meets(fault))
        })
    }

    /// The named unit that ends right before a place.
    pub(super) fn unit_ending(&self, place: usize) -> Option<(usize, usize)> {
        let next = self.units.partition_point(|unit| unit.1 <= place);
        next.checked_sub(1).and_then(|last| self.units.get(last)).filter(|unit| unit.1 == place).copied()
    }

    pub(super) fn read_roles(&mut self) {
        let mut at = 0;
        while at < self.text.len() {
            let role = if self.free(at) { role::starting(self.text, self.hits, at) } else { None };
            match role.filter(|role| (role.start..role.end).all(|at| self.free(at))) {
                Some(role) => {
                    let named_behind = self.starts.contains(&role.end);
                    if named_behind || role.back && self.starts.first().is_some_and(|&first| first < role.start) {
                        at = role.end;
                        continue;
                    }
                    self.push(Mention {
                        start: role.start,
                        end: role.end,
                        unit: self.unit_ending(role.start),
                        post: role.post,
                        name: None,
                        sure: name::border(self.text, self.hits, role.end) >= 2
                            && (!role.counted || self.fails(role.end)),
                    });
                    at = role.end;
                }
                None => at += 1,
            }
        }
    }
}
