"""Writing, finding, telling and reporting memos."""
