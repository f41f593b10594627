"""The command line's front: reads the arguments, loads the one command that is asked for, answers.

Each command lives in a module that is imported when it is used, so that `--help` and the plain
commands start fast and never load the terminal toolkit.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from checkin import __version__
from checkin.errors import CheckinError
from screens.commands.frame import DONE, REFUSED, Asked, Group, asked, status_of, tell

_WHERE: dict[str, tuple[str, str]] = {
    "demo": ("event", "Make a practice event with invented people and open it."),
    "new": ("event", "Make a new event."),
    "status": ("event", "Who is here, who is due, how fast they come."),
    "verify": ("event", "Prove that the event file is whole."),
    "doctor": ("event", "Check the clock, the disk and the rest before the day."),
    "backup": ("event", "Write a complete copy of the event."),
    "restore-test": ("event", "Prove that a backup restores."),
    "export": ("event", "Write attendance, tables or the journal as a file."),
    "import": ("roster", "Read a registration list."),
    "people": ("roster", "The list of people."),
    "territories": ("roster", "Which territories have both levels, and whom to nudge."),
    "find": ("door", "Search people by name, authority, territory or e-mail."),
    "scan": ("door", "Read codes from standard input and answer each at once."),
    "in": ("door", "Check one person in."),
    "out": ("door", "Note that somebody left."),
    "undo": ("door", "Undo the last act, or the last one of a person."),
    "walk-in": ("door", "Register and check in somebody who was not on the list."),
    "substitute": ("door", "Somebody else of the same authority comes."),
    "group": ("door", "Check in everybody of one authority."),
    "cancel": ("registrations", "Note that somebody will not come."),
    "expect": ("registrations", "Expect somebody again who cancelled, or who waits."),
    "duplicates": ("registrations", "Who may be registered twice."),
    "merge": ("registrations", "Make two registrations of one person one."),
    "not-same": ("registrations", "Two registrations of one name are two people."),
    "waitlist": ("registrations", "Who waits, how many chairs are free, and giving them away."),
    "replace-badge": ("registrations", "Somebody lost their badge, or it is damaged."),
    "badge-text": ("registrations", "Correct the name on a badge, not the registration."),
    "flag": ("flags", "Mark somebody: a VIP, or call the organiser first."),
    "problem": ("flags", "Send somebody to the problem desk, or list who waits there."),
    "roll-call": ("door", "Who is inside now, by table."),
    "tables": ("table_work", "Who sits where; plan, move."),
    "badges": ("badges", "Write badges to a PDF."),
    "qr": ("badges", "Show a badge's QR code in the terminal."),
    "papers": ("papers", "The paper: sign-in sheet, table cards, roll call, certificates."),
    "exercise": ("exercises", "The two exercises: their steps and minutes."),
}


class Front(Group):
    """The program's commands, each loaded when it is used."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(_WHERE)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in _WHERE:
            return None
        module = import_module(f"screens.commands.{_WHERE[name][0]}")
        found = getattr(module, name.replace("-", "_") + "_command")
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _WHERE.items()])


@click.group(cls=Front, invoke_without_command=True, context_settings={"max_content_width": 100})
@click.version_option(__version__, prog_name="checkin", message="%(prog)s %(version)s")
@click.pass_context
def front(context: click.Context) -> None:
    """Check-in, badges, city-region tables and exercises for workshops, without a network.

    Without a command the app opens on the event. Example:

    \b
        checkin demo
        checkin --event workshop.checkin find kowalska
    """
    if context.obj is None:
        context.obj = Asked()
    if context.invoked_subcommand is None:
        context.exit(open_app())


def open_app(path: Path | None = None) -> int:
    """Opens the app on the event named or known, else on the first-run screen; gives the status."""
    from screens.opening import open_app as opened

    wanted = asked()
    return opened(path if path is not None else wanted.event, wanted.desk)


def main(arguments: list[str] | None = None) -> int:
    """Runs one command line and returns its exit status; never a traceback without `--debug`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    wanted = Asked()
    try:
        result = front.main(args=arguments, prog_name="checkin", standalone_mode=False, obj=wanted)
    except CheckinError as error:
        if wanted.debug:
            raise
        status = status_of(error)
        if status == REFUSED and wanted.as_json:
            # A negative answer is an answer: whoever reads JSON finds it where they read.
            wanted.answer({"say": str(error), "refused": str(error)}, ())
        tell(str(error))
        return status
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        # Not its own `show`, which writes what was typed as it came, escape sequences and all.
        if isinstance(error, click.UsageError) and error.ctx is not None:
            tell(error.ctx.get_usage().replace("\n", " "))
            tell(f"Try `{error.ctx.command_path} --help` for help.")
        tell(error.format_message().replace("\n", " "))
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        tell("Stopped.")
        return REFUSED
    except SystemExit:
        # Click leaves so when whoever read our output has enough: no fault of the command's.
        return DONE
    except Exception as error:
        if wanted.debug:
            raise
        from screens.commands.fault import note

        tell(note(error))
        return REFUSED
    return result if isinstance(result, int) else DONE
