"""The commands by desk; each is a thin layer over the actions a page also calls."""

from workbench.commands.backup_commands import COMMANDS as BACKUP

ALL = (*BACKUP,)
