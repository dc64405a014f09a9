// Two graphs run on the same samples, one after the other; a graph that no kernel runs ends it with the side it is of.
import { inTurn, WherryError, type Engine, type Executor, type Graph, type TensorData } from '@wherry/graph';
import type { LabelledSample } from '../accuracy/measure-accuracy.js';
import type { EndPair } from './match-ends.js';
import { feedOf } from './real-feeds.js';

/** Why a graph could not be run; nothing that the samples are to blame for. */
export class NotRun extends Error {
  constructor(
    readonly side: 'a' | 'b',
    readonly why: string,
  ) {
    super(why);
  }
}

export interface BothOutputs {
  readonly sample: LabelledSample;
  readonly a: readonly TensorData[];
  readonly b: readonly TensorData[];
}

/** Every input has its partner in `inputs`. Throws NotRun, and what the samples and the signal throw. */
export async function* runBoth(
  graphs: { readonly a: Graph; readonly b: Graph },
  inputs: readonly EndPair[],
  samples: AsyncIterable<LabelledSample>,
  engine: Engine,
  signal: AbortSignal | undefined,
): AsyncGenerator<BothOutputs, void> {
  const executors: Executor[] = [];
  try {
    for (const side of ['a', 'b'] as const) executors.push(await asked(side, () => engine.prepare(graphs[side])));
    const run = async ({ inputs: values }: LabelledSample) => {
      signal?.throwIfAborted();
      const feed = (side: 'a' | 'b'): TensorData[] =>
        [...inputs]
          .sort((x, y) => x[side]! - y[side]!)
          .map((pair) => fed(side, feedOf(graphs[side], pair[side]!, values[pair.a!]!)));
      return {
        a: await asked('a', () => executors[0]!.run(feed('a'))),
        b: await asked('b', () => executors[1]!.run(feed('b'))),
      };
    };
    for await (const { item, result } of inTurn(samples, 1, run)) yield { sample: item, ...result };
  } finally {
    executors.forEach((executor) => executor.dispose());
  }
}

function fed(side: 'a' | 'b', feed: TensorData | undefined): TensorData {
  if (feed === undefined) throw new NotRun(side, 'an input takes whole numbers, and the samples hold others');
  return feed;
}

async function asked<T>(side: 'a' | 'b', work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof WherryError)) throw error;
    const { code, what, where } = error.diagnostic;
    throw new NotRun(side, `${code}: ${what}${where === undefined ? '' : ` (${where})`}`);
  }
}
