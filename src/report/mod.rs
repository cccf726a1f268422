//! What a judged inbox looks like to eyes and to other programs. Takes an `Inbox`; gives text. Prints nothing itself.
