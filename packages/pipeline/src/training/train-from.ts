// One training from one quantized model, with its checkpoint, and the model that it ends in.
import type { Engine } from '@wherry/graph';
import {
  quantizeTrained,
  startOfTraining,
  trainableFormats,
  type Quantized,
  type SelectOptions,
} from '@wherry/quantizer';
import { train, type DifferentiableEngine, type Head, type Trained, type TrainingSample } from '@wherry/trainer';
import type { Prepared } from '../prepare.js';
import type { ProgressSink } from '../progress.js';
import { fingerprintOf, readCheckpoint, writeCheckpoint } from './checkpoint-file.js';
import type { AskedTraining } from './training-request.js';

export interface Training {
  readonly asked: AskedTraining;
  readonly engine: Engine;
  readonly prepared: Prepared;
  readonly options: SelectOptions;
  readonly progress: ProgressSink;
}

export interface FromTask {
  readonly samples: readonly TrainingSample[];
  /** None where it is known when to stop. */
  readonly heldBack: readonly TrainingSample[];
  readonly until?: number;
  readonly heads: readonly Head[];
  /** Those of the quantized model are what is trained, not those that it was rounded from. */
  readonly keepsWeights: boolean;
}

export type TrainedModel = ReturnType<typeof quantizeTrained>;

/** `made`: what is trained. Throws what training and checkpoints are refused for. */
export async function trainFrom(
  { asked: { request, host, checkpointOf }, prepared, options, progress }: Training,
  made: Quantized,
  { samples, heldBack, until, heads, keepsWeights }: FromTask,
): Promise<{ readonly trained: Trained; readonly model: TrainedModel; readonly engineName: string }> {
  const engine = (await host.differentiable()) as DifferentiableEngine;
  const { settings } = request;
  const formats = trainableFormats(made.float, made.plan, options);
  const outputs = heads.map(({ id }) => id);
  const task = {
    graph: { ...startOfTraining(made.float, made, keepsWeights), outputs },
    teacher: { ...prepared.optimized, outputs },
    ...{ ranges: formats.ranges, samples, heldBack, heads, formats },
    ...(until === undefined ? {} : { until }),
  };
  // What goes on with all samples is a training of its own, which has to know how the first one ended.
  const own = checkpointOf(options.scheme);
  const checkpoint = own === undefined || until === undefined ? own : `${own}.all`;
  const origin = { ...task, scheme: options.scheme, settings, engine: engine.name };
  const fingerprint = checkpoint === undefined ? '' : fingerprintOf(origin);
  const resume = checkpoint === undefined ? undefined : await readCheckpoint(checkpoint, fingerprint);
  const during = host.during ?? ((_, write) => write());
  const on = heldBack.length > 0 ? '' : ` on all ${samples.length} samples`;
  progress.begin('train', until ?? settings.epochs);
  const trained = await train(engine, { ...task, unquantized: made.float }, settings, {
    ...(resume === undefined ? {} : { resume }),
    ...(host.signal === undefined ? {} : { signal: host.signal }),
    ...(checkpoint === undefined
      ? {}
      : {
          checkpoint: (state) =>
            during(`the checkpoint in ${checkpoint}`, () => writeCheckpoint(checkpoint, state, fingerprint)),
        }),
    epoch: ({ epoch, loss, heldBack: judged }) => {
      progress.advance(epoch);
      const said = heldBack.length > 0 ? `, ${judged.toPrecision(3)} on samples held back` : '';
      progress.note(`epoch ${epoch}${on}: loss ${loss.toPrecision(3)}${said}`);
    },
  });
  progress.end();
  return { trained, model: quantizeTrained(made.float, trained, formats, options), engineName: engine.name };
}
