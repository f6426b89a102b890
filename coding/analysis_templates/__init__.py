"""Analysis templates: questions of every interview, versions, drafts from codings."""
