// How much of the noise of a device is of its kernels: what it gave, beside the integers that the format says.
import type { Engine, Graph, TensorData } from '@wherry/graph';
import type { Recorded } from '../evaluate/recorded-outputs.js';
import { requireRows } from '../evaluate/recorded-outputs.js';
import type { Attribution, CauseShare } from './attribution.js';
import { moreToRecord, suspectLayers } from './suspect-layers.js';

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
  const rows = recorded.map((each) => ({ position: each.position, rows: each.rows(), each }));
  let [kernel, ofDevice, ofHost, signal, values, greatest] = [0, 0, 0, 0, 0, 0];
  let [done, differing] = [0, 0];
  const differs = new Map(recorded.map(({ position }) => [position, false]));
  try {
    for await (const { inputs } of samples) {
      const host = (await own.run(inputs)).map((data) => data.slice());
      const expected = await exact.run(inputs);
      let isSame = true;
      for (const { position, rows: recordings, each } of rows) {
        const row = (await recordings.next()).value as Float64Array | undefined;
        if (row === undefined) return requireRows(each, done + 1) as never;
        for (let i = 0; i < row.length; i++) {
          const [given, here, wanted] = [row[i]!, Number(host[position]![i]), Number(expected[position]![i])];
          const off = given - here;
          // What the float32 of the file has no room for.
          if (Math.abs(off) > 1e-5 * Math.max(1e-3, Math.abs(here))) {
            isSame = false;
            differs.set(position, true);
          }
          kernel += off ** 2;
          ofDevice += (given - wanted) ** 2;
          ofHost += (here - wanted) ** 2;
          signal += wanted ** 2;
          greatest = Math.max(greatest, Math.abs(off));
          values += 1;
        }
      }
      done += 1;
      if (!isSame) differing += 1;
    }
  } finally {
    own.dispose();
    exact.dispose();
  }
  recorded.forEach((each) => requireRows(each, done));
  const [alone, removed] = ofDevice === 0 ? [0, 0] : [kernel / ofDevice, (ofDevice - ofHost) / ofDevice];
  const suspects = suspectLayers(real, differs);
  const more = moreToRecord(suspects);
  const evidence =
    differing === 0
      ? `all ${done} recorded samples are the integers of this host`
      : `${differing} of ${done} recorded samples are not the integers of this host; by ${Math.sqrt(kernel / values).toPrecision(2)} (root mean square), ${greatest.toPrecision(2)} at most${more === undefined ? '' : `; ${more}`}`;
  const share = differing === 0 ? 0 : Math.min(1, Math.max(0, (alone + removed) / 2));
  const sqnrDb = ofDevice === 0 || signal === 0 ? null : 10 * Math.log10(signal / ofDevice);
  const layers = isSome(suspects, real) ? suspects : [];
  return { share, alone, removed, evidence, layers, recorded: differing === 0 ? undefined : { samples: done, sqnrDb } };
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

function isSome(layers: readonly string[], { nodes }: Graph): boolean {
  return layers.length < new Set(nodes.map(({ origin }) => origin)).size;
}
