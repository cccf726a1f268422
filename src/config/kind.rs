//! Kinds of unit and frequencies of tasks: their names in files and in Chinese, and what follows from them.

use super::{Frequency, UnitKind};
use crate::calendar::Month;
use crate::near;

impl UnitKind {
    pub(crate) const ALL: [UnitKind; 2] = [UnitKind::Township, UnitKind::Dispatched];

    /// The identity in TOML and JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            UnitKind::Township => "township",
            UnitKind::Dispatched => "dispatched",
        }
    }

    pub(crate) fn chinese(self) -> &'static str {
        match self {
            UnitKind::Township => "乡镇纪委",
            UnitKind::Dispatched => "派驻纪检监察组",
        }
    }

    /// The groups in which units are listed and ranked: each kind, then units of no known kind.
    pub(crate) const GROUPS: [Option<UnitKind>; 3] = [Some(UnitKind::Township), Some(UnitKind::Dispatched), None];

    /// The heading of a group.
    pub(crate) fn group_chinese(group: Option<UnitKind>) -> &'static str {
        group.map_or("其他单位", UnitKind::chinese)
    }

    /// The kind that a unit's name shows: …纪检监察组 is dispatched, …纪委 and …纪工委 township.
    pub(crate) fn of_name(name: &str) -> Option<UnitKind> {
        let key = near::key(name);
        if key.ends_with("纪检监察组") || key.ends_with("纪检组") {
            Some(UnitKind::Dispatched)
        } else if key.ends_with("纪委")
            || key.ends_with("纪工委")
            || key.ends_with("纪律检查委员会")
            || key.ends_with("纪律检查工作委员会")
        {
            Some(UnitKind::Township)
        } else {
            None
        }
    }
}

impl Frequency {
    pub(crate) const ALL: [Frequency; 6] = [
        Frequency::Weekly,
        Frequency::Monthly,
        Frequency::Quarterly,
        Frequency::HalfYearly,
        Frequency::Yearly,
        Frequency::YearRound,
    ];

    /// The identity in TOML.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Frequency::Weekly => "weekly",
            Frequency::Monthly => "monthly",
            Frequency::Quarterly => "quarterly",
            Frequency::HalfYearly => "half-yearly",
            Frequency::Yearly => "yearly",
            Frequency::YearRound => "year-round",
        }
    }

    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Frequency::Weekly => "每周",
            Frequency::Monthly => "每月",
            Frequency::Quarterly => "每季",
            Frequency::HalfYearly => "每半年",
            Frequency::Yearly => "每年",
            Frequency::YearRound => "全年",
        }
    }

    /// The months of one period: 1, 3, 6, 12; none for a task that never falls due.
    pub(crate) fn months(self) -> Option<u32> {
        match self {
            Frequency::Weekly | Frequency::Monthly => Some(1),
            Frequency::Quarterly => Some(3),
            Frequency::HalfYearly => Some(6),
            Frequency::Yearly => Some(12),
            Frequency::YearRound => None,
        }
    }

    /// Whether a task of this frequency falls due by the end of a month: weekly and monthly ones every
    /// month, the longer ones in the last month of their period, year-round ones never.
    pub(crate) fn due_in(self, month: Month) -> bool {
        self.months().is_some_and(|count| month.ends_span(count))
    }
}
