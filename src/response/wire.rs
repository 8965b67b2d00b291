//! Stored shapes of responses, drafts and journal entries, format 1.
