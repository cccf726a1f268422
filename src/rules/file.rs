//! Files as a whole. Declared here; raised by the verdict, which sees every file of the month.

use super::rule::rule;

rule!(UNREADABLE, "file-unreadable", "文件打不开");
rule!(ENCRYPTED, "file-encrypted", "文件有密码");
rule!(UNSUPPORTED, "file-unsupported", "格式不支持");
rule!(FORM_MISSING, "form-missing", "没有明细表");
rule!(FORM_DUPLICATE, "form-duplicate", "重复报送");
