// One scheme for the whole model, from the float graph to its verdict.
import { needsRanges, select, settingsText } from '@wherry/quantizer';
import type { Made } from '../deployment.js';
import type { RunEngine } from '../lanes/run-engine.js';
import type { Prepared } from '../prepare.js';
import type { ProgressSink } from '../progress.js';
import { tryMade, type AskedOpen, type TriedScheme } from './try-made.js';

export async function attemptScheme(
  engine: RunEngine,
  asked: AskedOpen,
  prepared: Prepared,
  progress: ProgressSink,
): Promise<TriedScheme> {
  progress.begin('quantize');
  const made = await make(engine, asked, prepared, progress);
  progress.end();
  return tryMade(engine, asked, prepared, made, progress);
}

/** What needs no ranges is what was foreseen. */
async function make(
  engine: RunEngine,
  { options, foreseen }: AskedOpen,
  { optimized, data }: Prepared,
  progress: ProgressSink,
): Promise<Made> {
  if (!needsRanges(options)) return { ...foreseen.form, selection: null, mix: null };
  const { calibration, reservoir } = data!;
  const selected = await select(optimized, calibration, engine, reservoir.samples, options, (trial) =>
    progress.note(`try ${settingsText(trial)}`),
  );
  const { graph, plan, tensorOf, ...selection } = selected;
  return { graph, plan, tensorOf, selection, mix: null };
}
