"""Rules at work on several files: those of a run that belong to one project, and the project file itself."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec_tool.catalogue import Selection
from msgspec_tool.config import Project
from msgspec_tool.diagnostics import Failure
from msgspec_tool.linting.rule_run import Examined, Inspection, RuleRun
from msgspec_tool.model import FileSet, LoadedSpec
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Field
from msgspec_tool.stages.load import load_spec
from msgspec_tool.surroundings.files import read_file


def compare(project: Project, selection: Selection, context: RuleContext, files: Sequence[Examined]) -> Inspection:
    """Say what rules find in the files of a project together: findings join those of the file in which they stand.

    The result is what is found in the project file itself. It was read before, so its own mistakes are no findings.
    """
    runs = {one.path: one.run for one in files}
    claims = tuple(claim for one in files for claim in one.claims)
    if project.file is None:
        _run(FileSet(claims), runs, context)
        return Inspection()
    loaded = load_spec(_shown(project.file), read_file(project.file))
    chosen = selection.for_file(project.relative(str(project.file)))
    own = runs[loaded.file.path] = RuleRun(chosen, context, project.lint.require_reason)
    _run(FileSet(claims, _root(loaded)), runs, context)
    return own.result(None, loaded.suppressions, compared=True)


def _run(files: FileSet, runs: Mapping[str, RuleRun], context: RuleContext) -> None:
    selections = {id(run.selection): run.selection for run in runs.values()}
    for known in dict.fromkeys(known for selection in selections.values() for known in selection.rules if known.compares):
        try:
            for finding in known.across(files, context) if known.across is not None else ():
                run = runs[finding.file.path]
                if known in run.selection.rules:
                    run.add(known, finding)
        except Exception as error:
            words = f"rule {known.name} failed on these files ({type(error).__name__}: {error}); this is a mistake in msgspec-tool"
            path, run = next(iter(runs.items()))
            run.failures.append(Failure(path, "internal", words))


def _root(loaded: LoadedSpec) -> Field | None:
    document = loaded.document
    return Field(document, (), document.value) if document is not None else None


def _shown(file: Path) -> str:
    try:
        return Path(os.path.abspath(file)).relative_to(Path.cwd()).as_posix()
    except ValueError:
        return file.as_posix()
