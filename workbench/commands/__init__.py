"""The commands by desk; each is a thin layer over the actions a page also calls."""

from workbench.commands.agreement_command import COMMANDS as AGREEMENT
from workbench.commands.backup_commands import COMMANDS as BACKUP
from workbench.commands.case_commands import COMMANDS as CASES
from workbench.commands.evaluation_command import COMMANDS as EVALUATION
from workbench.commands.import_commands import COMMANDS as IMPORTS
from workbench.commands.interview_commands import COMMANDS as INTERVIEWS
from workbench.commands.rights_commands import COMMANDS as RIGHTS

ALL = (*IMPORTS, *CASES, *INTERVIEWS, *AGREEMENT, *EVALUATION, *BACKUP, *RIGHTS)
