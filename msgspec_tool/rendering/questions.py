"""What can be asked of a render without rendering: what it would come to, and which way its templates would take."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from msgspec_tool.batches.explaining import ExplainedPlan, explained
from msgspec_tool.batches.planning import batch_plan
from msgspec_tool.channels.tariffs import Tariff
from msgspec_tool.diagnostics import Diagnostic
from msgspec_tool.pipeline import render_spec, sound_spec
from msgspec_tool.rendering.estimate import Estimate
from msgspec_tool.rendering.options import RenderOptions, choose_environment, open_source
from msgspec_tool.rendering.render_stages import render_stages


def estimate(path: Path, options: RenderOptions) -> tuple[Estimate | None, tuple[Diagnostic, ...]]:
    """What a render would come to, with every row counted and nothing written; the errors of a spec that lint refuses."""
    options = replace(options, estimate=True, out=None, keep_going=True)
    sound = sound_spec(path, options)
    if sound.spec is None:
        return None, sound.errors
    environment = choose_environment(sound.spec, options)
    outcome = render_spec(sound.spec, sound.data, options, path.parent)
    return Estimate(outcome.counts, Tariff(environment.prices if environment else {}), environment.rate if environment else None), ()


def explain_plan(path: Path, options: RenderOptions) -> tuple[ExplainedPlan | None, tuple[Diagnostic, ...]]:
    """How a spec would be rendered, without rendering it; its errors where lint refuses it."""
    sound = sound_spec(path, options)
    if sound.spec is None:
        return None, sound.errors
    file = open_source(sound.spec, options, path.parent)
    stages = render_stages(sound.spec, sound.data, options, choose_environment(sound.spec, options), file, path.parent)
    plan = batch_plan(stages, file.columns if file is not None and file.kind == "csv" else None)
    return explained(sound.spec, plan, stages.bounds.looping), ()
