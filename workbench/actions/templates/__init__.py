"""Analysis templates: records filled beside the transcript, drafts, what is left."""
