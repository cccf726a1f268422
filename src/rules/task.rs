//! What a unit owes in the month. Declared here; raised by the tally, which sees every record of the unit.

use super::rule::rule;

rule!(TASK_NOT_DONE, "task-not-done", "任务未开展");
rule!(FOCUS_NOT_DONE, "focus-not-done", "重点工作未开展");
