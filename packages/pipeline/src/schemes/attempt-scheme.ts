// One scheme for the whole model, from the float graph to its verdict.
import { needsRanges, select, settingsText, type Selected, type SelectOptions } from '@wherry/quantizer';
import type { Made } from '../deployment.js';
import type { RunEngine } from '../lanes/run-engine.js';
import type { Prepared } from '../prepare.js';
import type { ProgressSink } from '../progress.js';
import { trainMade } from '../training/train-made.js';
import { tryMade, type AskedOpen, type TriedScheme } from './try-made.js';

export async function attemptScheme(
  engine: RunEngine,
  asked: AskedOpen,
  prepared: Prepared,
  progress: ProgressSink,
): Promise<TriedScheme> {
  const { options, foreseen } = asked;
  progress.begin('quantize');
  const selected = needsRanges(options) ? await choose(engine, options, prepared, progress) : undefined;
  progress.end();
  const { training } = prepared;
  const made =
    selected === undefined
      ? // What needs no ranges is what was foreseen.
        { ...foreseen.form, selection: null, mix: null }
      : training === undefined
        ? madeOf(selected)
        : await trainMade({ asked: training, engine, prepared, options, progress }, selected);
  return tryMade(engine, asked, prepared, made, progress);
}

function choose(
  engine: RunEngine,
  options: SelectOptions,
  { optimized, data }: Prepared,
  progress: ProgressSink,
): Promise<Selected> {
  const { calibration, reservoir } = data!;
  return select(optimized, calibration, engine, reservoir.samples, options, (trial) =>
    progress.note(`try ${settingsText(trial)}`),
  );
}

function madeOf({ graph, plan, tensorOf, float, ...selection }: Selected): Made {
  return { graph, plan, tensorOf, float, selection, mix: null };
}
