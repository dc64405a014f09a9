// Whether outputs give the values of the input again, as those of an autoencoder do: told from the float model, not by size.
import { tensorAt, type Engine, type Graph, type TensorData } from '@wherry/graph';
import { natureOf } from './output-task.js';

/** Enough to tell, few enough to take no time. */
const lookedAt = 32;
/** Shares of the input's variance that an output explains: at least so much is the input again, less than none is not. */
const again = 0.5;
const notAgain = 0;

/** Of each output; undefined where it could not be the input, and where the samples do not tell. */
export async function likeness(
  graph: Graph,
  engine: Engine,
  samples: AsyncIterable<{ readonly inputs: readonly TensorData[] }>,
): Promise<readonly (boolean | undefined)[]> {
  const candidates = graph.outputs.map((id) => {
    const { inputSized, scores } = natureOf(graph, id);
    return inputSized && scores !== 'rows' && tensorAt(graph, graph.inputs[0]!).dtype === 'float32';
  });
  if (!candidates.includes(true)) return candidates.map(() => undefined);
  const sums = candidates.map(() => ({ count: 0, sum: 0, square: 0, error: 0 }));
  const executor = await engine.prepare(graph);
  try {
    let seen = 0;
    for await (const { inputs } of samples) {
      const outputs = await executor.run(inputs);
      const given = inputs[0] as Float32Array;
      candidates.forEach((isCandidate, position) => {
        if (isCandidate) addErrors(sums[position]!, given, outputs[position] as Float32Array);
      });
      if (++seen === lookedAt) break;
    }
  } finally {
    executor.dispose();
  }
  return sums.map(({ count, sum, square, error }) => {
    const spread = square - (sum * sum) / Math.max(1, count);
    const explained = spread > 0 ? 1 - error / spread : undefined;
    // An output that is no number tells nothing either.
    if (explained === undefined || !(explained < notAgain || explained >= again)) return undefined;
    return explained >= again;
  });
}

function addErrors(
  sums: { count: number; sum: number; square: number; error: number },
  given: Float32Array,
  output: Float32Array,
): void {
  sums.count += given.length;
  for (let i = 0; i < given.length; i++) {
    sums.sum += given[i]!;
    sums.square += given[i]! ** 2;
    sums.error += (given[i]! - output[i]!) ** 2;
  }
}
