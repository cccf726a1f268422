//! Weights that grow: a linear chain of tags (a conditional random field), moved a small step at a time to where the
//! labelled readings of a lesson are likelier.

use super::lesson::Seen;
use crate::text::person::model::{LANES, TAGS, follows, tags};

type Row = [f32; LANES];

/// How far a first step goes; later ones are the shorter, the further a weight has come.
const RATE: f32 = 0.08;
/// How strongly a weight is drawn back to nothing.
const DECAY: f32 = 0.0002;

/// The weights with how far each has come, as the sum of the squares of its steps.
pub(super) struct Weights {
    rows: Vec<Row>,
    steps: [Row; LANES],
    moved: Vec<Row>,
    steps_moved: [Row; LANES],
}

/// How likely every tag is at every place, and how often every step from tag to tag is taken.
struct Likely {
    tags: Vec<Row>,
    steps: [Row; LANES],
}

impl Weights {
    pub(super) fn new(rows: usize) -> Weights {
        let rows = vec![[0.0; LANES]; rows];
        Weights { moved: rows.clone(), rows, steps: [[0.0; LANES]; LANES], steps_moved: [[0.0; LANES]; LANES] }
    }

    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The rows, to silence some of them.
    pub(super) fn rows_mut(&mut self) -> &mut [Row] {
        &mut self.rows
    }

    pub(super) fn steps(&self) -> &[Row; LANES] {
        &self.steps
    }

    /// Adds other weights to these.
    pub(super) fn join(&mut self, other: &Weights) {
        let rows = self.rows.iter_mut().zip(&other.rows);
        for (sum, row) in rows.chain(self.steps.iter_mut().zip(&other.steps)) {
            sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
        }
    }

    /// One step towards what the labels of a lesson allow, away from what is read now.
    pub(super) fn step(&mut self, seen: &Seen, rate: f32) {
        let nodes: Vec<Row> = seen.rows.iter().map(|rows| self.node(rows)).collect();
        let free: Vec<u16> = seen.closed.iter().map(|&closed| if closed { 1 } else { TAGS }).collect();
        let (right, now) = (self.likely(&nodes, &seen.allowed), self.likely(&nodes, &free));
        let rate = rate * RATE;
        for ((right, now), rows) in right.tags.iter().zip(&now.tags).zip(&seen.rows) {
            let mut change = [0.0; LANES];
            for tag in tags() {
                change[tag] = right[tag] - now[tag];
            }
            if change.iter().all(|change| change.abs() < 0.001) {
                continue;
            }
            for &row in rows {
                let (weights, moved) = (&mut self.rows[row], &mut self.moved[row]);
                for ((weight, moved), change) in weights.iter_mut().zip(moved).zip(&change) {
                    let gradient = change - DECAY * *weight;
                    *moved += gradient * gradient;
                    *weight += rate * gradient / (moved.sqrt() + 0.1);
                }
            }
        }
        for from in tags() {
            for to in tags().filter(|&to| follows(from, to)) {
                let gradient = right.steps[from][to] - now.steps[from][to];
                self.steps_moved[from][to] += gradient * gradient;
                self.steps[from][to] += rate * gradient / (self.steps_moved[from][to].sqrt() + 1.0);
            }
        }
    }

    fn node(&self, rows: &[usize]) -> Row {
        let mut node = [0.0; LANES];
        for &row in rows {
            node.iter_mut().zip(&self.rows[row]).for_each(|(sum, weight)| *sum += weight);
        }
        node
    }

    /// Forwards and backwards through a text, over the tags that are allowed.
    fn likely(&self, nodes: &[Row], allowed: &[u16]) -> Likely {
        let mut steps = [[0.0; LANES]; LANES];
        for (from, (ways, weights)) in steps.iter_mut().zip(&self.steps).enumerate() {
            for to in tags().filter(|&to| follows(from, to)) {
                ways[to] = exp(weights[to]);
            }
        }
        let local: Vec<Row> = nodes.iter().zip(allowed).map(|(node, &allowed)| spread(node, allowed)).collect();
        let mut forward: Vec<Row> = Vec::with_capacity(nodes.len());
        for local in &local {
            let mut row = [0.0; LANES];
            match forward.last() {
                None => tags().filter(|&tag| follows(0, tag)).for_each(|tag| row[tag] = 1.0),
                Some(before) => {
                    for from in tags() {
                        for to in 0..LANES {
                            row[to] += before[from] * steps[from][to];
                        }
                    }
                }
            }
            row.iter_mut().zip(local).for_each(|(value, local)| *value *= local);
            share(&mut row);
            forward.push(row);
        }
        let mut likely = Likely { tags: vec![[0.0; LANES]; nodes.len()], steps: [[0.0; LANES]; LANES] };
        let mut behind: Row = [1.0; LANES];
        for at in (0..nodes.len()).rev() {
            let mut row = forward[at];
            row.iter_mut().zip(&behind).for_each(|(value, behind)| *value *= behind);
            share(&mut row);
            likely.tags[at] = row;
            let Some(before) = at.checked_sub(1).map(|before| forward[before]) else { break };
            let mut reach = behind;
            reach.iter_mut().zip(&local[at]).for_each(|(value, local)| *value *= local);
            let mut taken = [[0.0; LANES]; LANES];
            let mut all = 0.0;
            behind = [0.0; LANES];
            for from in tags() {
                for to in tags() {
                    let way = steps[from][to] * reach[to];
                    behind[from] += way;
                    taken[from][to] = before[from] * way;
                    all += taken[from][to];
                }
            }
            if all > 0.0 {
                for (sum, taken) in likely.steps.iter_mut().zip(&taken) {
                    sum.iter_mut().zip(taken).for_each(|(sum, taken)| *sum += taken / all);
                }
            }
            share(&mut behind);
        }
        likely
    }
}

/// The scores of a place as likelihoods, those that are not allowed as nothing.
fn spread(node: &Row, allowed: u16) -> Row {
    let is_allowed = |tag: usize| allowed & 1 << tag != 0;
    let top = tags().filter(|&tag| is_allowed(tag)).map(|tag| node[tag]).fold(f32::MIN, f32::max);
    std::array::from_fn(|tag| if TAGS & 1 << tag != 0 && is_allowed(tag) { exp(node[tag] - top) } else { 0.0 })
}

/// Makes the numbers of all tags one together.
fn share(row: &mut Row) {
    let sum: f32 = row.iter().sum();
    if sum > 0.0 {
        row.iter_mut().for_each(|value| *value /= sum);
    }
}

/// e to the power of `x` by a short series and six squarings: the same everywhere, unlike a platform's own.
pub(super) fn exp(x: f32) -> f32 {
    let small = x.clamp(-60.0, 60.0) / 64.0;
    let mut value = 1.0 + small * (1.0 + small / 2.0 * (1.0 + small / 3.0 * (1.0 + small / 4.0)));
    for _ in 0..6 {
        value *= value;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_power_is_near_that_of_the_platform() {
        for x in [-20.0f32, -3.5, -0.1, 0.0, 0.7, 4.0] {
            assert!((exp(x) / x.exp() - 1.0).abs() < 0.01, "{x}");
        }
    }
}
