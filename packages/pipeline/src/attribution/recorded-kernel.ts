// How much of the noise of a device is of its kernels: what it gave, beside the integers that the format says.
import type { Engine, Graph, TensorData } from '@wherry/graph';
import type { Recorded } from '../evaluate/recorded-outputs.js';
import { requireRows } from '../evaluate/recorded-outputs.js';
import type { Attribution, CauseShare } from './attribution.js';
import { RecordedNoise } from './recorded-noise.js';
import { layersOf, moreToRecord, suspectLayers } from './suspect-layers.js';

export interface KernelNoise {
  /** Of the noise of the recorded outputs. */
  readonly share: number;
  readonly alone: number;
  readonly removed: number;
  readonly evidence: string;
  /** The layers that it may be in, where the outputs tell: some of all. */
  readonly layers: readonly string[];
  /** What the shares are of, where the device gave other integers: signal to noise of what was recorded, and samples of it. */
  readonly recorded: Pick<Attribution, 'samples' | 'sqnrDb'> | undefined;
}

interface Compared {
  readonly real: Graph;
  /** The same inputs and outputs, in the order of `real`. */
  readonly float: Graph;
  readonly recorded: readonly Recorded[];
  readonly samples: AsyncIterable<{ readonly inputs: readonly TensorData[] }>;
  readonly engine: Engine;
}

/** Throws OUTPUTS_MISFIT unless there is a row for each sample. */
export async function recordedKernel({ real, float, recorded, samples, engine }: Compared): Promise<KernelNoise> {
  const [own, exact] = [await engine.prepare(real), await engine.prepare(float)];
  const compared = recorded.map((each) => ({ each, rows: each.rows(), noise: new RecordedNoise() }));
  let [done, differing] = [0, 0];
  try {
    for await (const { inputs } of samples) {
      const host = (await own.run(inputs)).map((data) => data.slice());
      const expected = await exact.run(inputs);
      let isOther = false;
      for (const { each, rows, noise } of compared) {
        const row = (await rows.next()).value as Float64Array | undefined;
        if (row === undefined) return requireRows(each, done + 1) as never;
        if (noise.add(row, host[each.position]!, expected[each.position]!)) isOther = true;
      }
      done += 1;
      if (isOther) differing += 1;
    }
  } finally {
    own.dispose();
    exact.dispose();
  }
  recorded.forEach((each) => requireRows(each, done));
  return kernelNoise(real, compared, { done, differing });
}

function kernelNoise(
  graph: Graph,
  compared: readonly { readonly each: Recorded; readonly noise: RecordedNoise }[],
  { done, differing }: { readonly done: number; readonly differing: number },
): KernelNoise {
  const mean = (of: (noise: RecordedNoise) => number): number =>
    compared.reduce((sum, { noise }) => sum + of(noise), 0) / compared.length;
  const ofDevice = mean(({ shares }) => shares.ofDevice);
  const ofHost = mean(({ shares }) => shares.ofHost);
  const alone = ofDevice === 0 ? 0 : mean(({ shares }) => shares.kernel) / ofDevice;
  const removed = ofDevice === 0 ? 0 : (ofDevice - ofHost) / ofDevice;
  if (differing === 0) {
    const evidence = `all ${done} recorded samples are the integers of this host`;
    return { share: 0, alone, removed, evidence, layers: [], recorded: undefined };
  }
  const suspects = suspectLayers(graph, new Map(compared.map(({ each, noise }) => [each.position, noise.differs])));
  return {
    share: Math.min(1, Math.max(0, (alone + removed) / 2)),
    alone,
    removed,
    evidence: [
      `${differing} of ${done} recorded samples are not the integers of this host; ${offText(compared)}`,
      moreToRecord(suspects),
    ]
      .filter((each) => each !== undefined)
      .join('; '),
    layers: suspects.length < layersOf(graph.nodes).length ? suspects : [],
    recorded: { samples: done, sqnrDb: ofDevice === 0 ? null : -10 * Math.log10(ofDevice) },
  };
}

/** Each output by its name where there are several. */
function offText(compared: readonly { readonly each: Recorded; readonly noise: RecordedNoise }[]): string {
  const by = ({ rootMeanSquare, greatest }: RecordedNoise): string =>
    `by ${rootMeanSquare.toPrecision(2)} (root mean square), ${greatest.toPrecision(2)} at most`;
  if (compared.length === 1) return by(compared[0]!.noise);
  return compared
    .map(({ each, noise }) => `${each.report.output} ${noise.differs ? by(noise) : 'is right'}`)
    .join(', ');
}

/** The rest is what it was of the noise that is left. */
export function blameKernel(attribution: Attribution, noise: KernelNoise): Attribution {
  const { share, alone, removed, evidence, layers, recorded } = noise;
  const rest = 1 - share;
  const scaled = (value: number | null): number | null => (value === null ? null : value * rest);
  const own = attribution.causes.find(({ cause }) => cause === 'kernel');
  const others = attribution.causes
    .filter((each) => each !== own)
    .map((each) => ({ ...each, share: scaled(each.share), alone: scaled(each.alone), removed: scaled(each.removed) }));
  const kernel: CauseShare = {
    cause: 'kernel',
    share: share + (own?.share ?? 0) * rest,
    alone,
    removed,
    evidence,
    layers: layers.length > 0 ? layers : (own?.layers ?? []),
  };
  return {
    ...attribution,
    ...recorded,
    healthy: attribution.healthy && recorded === undefined,
    // What was recorded is no noise of this host.
    rounding: recorded === undefined ? attribution.rounding : { ...attribution.rounding, beyondDb: null, isAll: false },
    causes: inserted(others, kernel),
    unexplained: attribution.unexplained * rest,
    layers: attribution.layers.map((layer) => ({
      ...layer,
      share: layer.share * rest,
      causes: layer.causes.map((each) => ({ ...each, share: each.share * rest })),
    })),
  };
}

/** Before the first that is less; the others keep their order. */
function inserted(others: readonly CauseShare[], kernel: CauseShare): readonly CauseShare[] {
  const less = others.findIndex(({ share }) => share !== null && share < kernel.share!);
  const at = less < 0 ? others.length : less;
  return [...others.slice(0, at), kernel, ...others.slice(at)];
}
