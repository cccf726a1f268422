//! The head: which unit, who filled it in, how to reach them, who answers for it, which month.

use super::phone;
use super::quote::quote;
use super::rule::rule;
use super::{At, Check, Family, Hearing, Sink};
use crate::config::Level;
use crate::form::{Field, HeadField};

rule!(UNIT_MISSING, "unit-missing", "没有填报单位");
rule!(UNIT_UNKNOWN, "unit-unknown", "单位不在名册");
rule!(REPORTER_MISSING, "reporter-missing", "没有填报人");
rule!(CONTACT_MISSING, "contact-missing", "没有联系方式");
rule!(CONTACT_MALFORMED, "contact-malformed", "联系方式不像电话");
rule!(LEADER_MISSING, "leader-missing", "没有单位负责人");
rule!(MONTH_MISSING, "month-missing", "没有月份");
rule!(MONTH_MISMATCH, "month-mismatch", "月份不符");

pub(crate) static FAMILY: Family = Family {
    rules: &[
        &UNIT_MISSING,
        &UNIT_UNKNOWN,
        &REPORTER_MISSING,
        &CONTACT_MISSING,
        &CONTACT_MALFORMED,
        &LEADER_MISSING,
        &MONTH_MISSING,
        &MONTH_MISMATCH,
    ],
    check: Check::Form(check),
};

fn check(hearing: &Hearing<'_>, sink: &mut Sink<'_>) {
    let head = &hearing.context.form.head;
    let known = |field: &HeadField| field.pos.is_some_and(|pos| hearing.is_broken(pos));
    if !known(&head.unit) {
        check_unit(hearing, sink);
    }
    if !known(&head.reporter) && !head.reporter.tells() {
        let at = At::field(Field::Reporter, head.reporter.pos);
        let suggestion = "在“填报人：”后写填表同志的姓名";
        sink.push(&REPORTER_MISSING, at, Level::Error, head.reporter.value.as_str(), "没有写填报人", suggestion);
    }
    if !known(&head.contact) {
        check_contact(&head.contact, sink);
    }
    if !known(&head.leader) && !head.leader.tells() {
        let at = At::field(Field::Leader, head.leader.pos);
        let suggestion = "在“单位负责人：”后写负责同志的姓名";
        sink.push(&LEADER_MISSING, at, Level::Error, head.leader.value.as_str(), "没有写单位负责人", suggestion);
    }
    check_month(hearing, sink);
}

fn check_unit(hearing: &Hearing<'_>, sink: &mut Sink<'_>) {
    let context = hearing.context;
    let unit = &context.form.head.unit;
    let at = At::field(Field::Unit, unit.pos);
    if !unit.tells() {
        let name = context.unit.and_then(|unit| context.settings.units.get(unit)).map(|unit| unit.name.as_str());
        let suggestion = match name {
            Some(name) => format!("在“填报单位：”后写单位全称；看文件像是“{name}”"),
            None => "在“填报单位：”后写单位全称，与名册一致".to_owned(),
        };
        sink.push(&UNIT_MISSING, at, Level::Error, unit.value.as_str(), "没有写填报单位", suggestion);
    } else if !context.settings.units.is_empty() && context.settings.unit_named(&unit.value).is_none() {
        let guess = sink.worth_a_guess(&unit.value);
        let near = if guess { context.settings.nearest_unit(&unit.value) } else { None };
        let suggestion = match near {
            Some(near) => format!("是不是“{}”？按名册的全称填写", near.name),
            None => "按名册的全称填写；确是新增单位的，先在 yuedu.toml 的名册里加上".to_owned(),
        };
        let message = format!("名册里没有{}", quote(&unit.value));
        sink.push(&UNIT_UNKNOWN, at, Level::Error, unit.value.as_str(), message, suggestion);
    }
}

fn check_contact(contact: &HeadField, sink: &mut Sink<'_>) {
    let at = At::field(Field::Contact, contact.pos);
    if !contact.tells() {
        let suggestion = "在“联系方式：”后写手机号码或带区号的座机号码";
        sink.push(&CONTACT_MISSING, at, Level::Error, contact.value.as_str(), "没有写联系方式", suggestion);
    } else if !phone::stands_in(&contact.value) {
        let message = format!("{}里没有完整的电话号码", quote(&contact.value));
        let suggestion = "核对号码：手机号码 11 位；座机号码 7 位或 8 位，可带区号";
        sink.push(&CONTACT_MALFORMED, at, Level::Warning, contact.value.as_str(), message, suggestion);
    }
}

fn check_month(hearing: &Hearing<'_>, sink: &mut Sink<'_>) {
    let context = hearing.context;
    let Some(stated) = &context.form.month else {
        let message = match context.month {
            Some(month) => format!("表上没有写月份，按{}算", month.chinese()),
            None => "表上没有写月份".to_owned(),
        };
        let example = context.month.map_or_else(|| "3月份".to_owned(), |month| format!("{}月份", month.number()));
        let suggestion = format!("在标题里写明月份，如“{example}”");
        sink.push(&MONTH_MISSING, At::field(Field::Month, None), Level::Error, "", message, suggestion);
        return;
    };
    let Some(asked) = context.asked else { return };
    if stated.resolve(Some(asked.year())) == Some(asked) {
        return;
    }
    let message = format!("表上写的是{}，现在收的是{}", quote(&stated.text), asked.chinese());
    let suggestion = format!("内容是{}的，把表上的月份改过来；不是的，移到它自己月份的文件夹", asked.chinese());
    let at = At::field(Field::Month, stated.pos);
    sink.push(&MONTH_MISMATCH, at, Level::Error, stated.text.as_str(), message, suggestion);
}
