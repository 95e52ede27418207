"""What ``lint --against`` compares with."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec_tool.errors import UsageError

if TYPE_CHECKING:
    from msgspec_tool.lint_pipeline import LintOptions


def compared_with(options: LintOptions, revision: str) -> LintOptions:
    """The options of a lint that tells too what changed since a revision. Samples are rendered, as ``diff`` does."""
    from msgspec_tool.review.run import ReviewOptions, run_review

    if options.stdin is not None:
        raise UsageError("standard input has no revision: --against compares files", help="name the file")
    asked = ReviewOptions(options.now, revision, options.paths, options.environment, options.project)
    return options._replace(compare=partial(run_review, asked))
