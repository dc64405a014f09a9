// What the integers come to: each layer on a few samples, and how near the outputs are to the float model and to the truth.
import { createHash } from 'node:crypto';
import type { Graph, TensorId } from '@wherry/graph';
import type { OutputComparison } from '../../accuracy/output-comparison.js';
import type { OwnAccuracy } from '../../accuracy/own-accuracy.js';
import type { Deployment } from '../../deployment.js';
import { engineOf } from '../../measure/measure-device.js';
import { inputsByChance, inputsFrom, type MeasuredInputs } from '../../measure/measured-inputs.js';
import { bytesOf } from '../../measure/tensor-bytes.js';
import { exact, rounded, type Metric, type MetricClass } from '../metric.js';
import { layerKeys, ownNames } from './layer-keys.js';

/** Samples of the user's that every layer is run on, and inputs that are made up: extremes, and values by chance. */
const [samples, madeUp] = [10, 10];

/** Throws what the data is refused for. */
export async function numberMetrics(deployment: Deployment): Promise<readonly Metric[]> {
  const { graph } = deployment.quantized;
  return [
    ...(await layerMetrics(graph, await feedsFor(deployment))),
    ...withOwnNames(deployment.accuracy).flatMap(comparedMetrics),
    ...withOwnNames(deployment.ownAccuracy ?? []).flatMap(ownMetrics),
  ];
}

function withOwnNames<T extends { readonly name: string }>(outputs: readonly T[]): readonly T[] {
  const names = ownNames(outputs.map(({ name }) => name));
  return outputs.map((output, at) => ({ ...output, name: names[at]! }));
}

async function feedsFor({ quantized: { graph }, request }: Deployment): Promise<MeasuredInputs['feeds']> {
  const data = request.evaluation ?? request.calibration;
  const { feeds } = inputsByChance(graph, madeUp);
  if (typeof data !== 'string') return feeds;
  const given = await inputsFrom(data, graph, { limit: samples, preprocessing: request.preprocessing });
  return [...given.feeds, ...feeds];
}

/** Of all that each layer writes, one run behind the other. */
async function layerMetrics(graph: Graph, feeds: MeasuredInputs['feeds']): Promise<readonly Metric[]> {
  const hashes = new Map<TensorId, ReturnType<typeof createHash>>();
  for (const { outputs } of graph.nodes) for (const id of outputs) hashes.set(id, createHash('sha256'));
  const executor = await engineOf(graph).prepare(graph);
  try {
    for (const feed of feeds)
      await executor.run(feed, {
        wants: (id) => hashes.has(id),
        see: (id, data) => void hashes.get(id)?.update(bytesOf(data)),
      });
  } finally {
    executor.dispose();
  }
  const digests = new Map([...hashes].map(([id, hash]) => [id, hash.digest('hex').slice(0, 16)]));
  return layerKeys(graph).map((name, node) =>
    exact(`numbers.layer.${name}`, graph.nodes[node]!.outputs.map((id) => digests.get(id)!).join(' ')),
  );
}

/** Against the float model. */
function comparedMetrics(output: OutputComparison): readonly Metric[] {
  const of = ratchetsOf(output.name);
  const { top1, topK, threshold, targets, reconstruction, embedding } = output;
  const shares = [top1, topK, threshold, embedding?.neighbours].flatMap((decisions, at) =>
    decisions === undefined
      ? []
      : [
          of(`${decisionNames[at]!}.agreement`, share(decisions.agree, decisions.decisions), 'higher'),
          of(`${decisionNames[at]!}.accuracy`, share(decisions.quantizedRight, decisions.labelled), 'higher'),
        ],
  );
  return [
    of('sqnrDb', output.sqnrDb, 'higher'),
    ...shares,
    of('auc', (threshold ?? reconstruction ?? embedding)?.quantizedAuc, 'higher'),
    of('rmse', targets?.quantizedRmse, 'lower'),
    of('mse', reconstruction?.quantizedMse, 'lower'),
    of('cosine', embedding?.meanCosine, 'higher'),
  ].flatMap((metric) => metric ?? []);
}

/** Against the truth alone, where there is no float model. */
function ownMetrics({
  name,
  top1,
  topK,
  threshold,
  targets,
  reconstruction,
  embedding,
}: OwnAccuracy): readonly Metric[] {
  const of = ratchetsOf(name);
  return [
    ...[top1, topK, threshold, embedding].map((own, at) =>
      of(`${decisionNames[at]!}.accuracy`, own === undefined ? undefined : share(own.right, own.labelled), 'higher'),
    ),
    of('auc', (threshold ?? reconstruction ?? embedding)?.auc, 'higher'),
    of('rmse', targets?.rmse, 'lower'),
    of('mse', reconstruction?.mse, 'lower'),
  ].flatMap((metric) => metric ?? []);
}

const decisionNames = ['top1', 'topK', 'decisions', 'neighbours'] as const;

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

/** Undefined where there is nothing to hold; equal outputs have no noise, which JSON has no number for. */
function ratchetsOf(
  output: string,
): (what: string, value: number | undefined, better: MetricClass) => Metric | undefined {
  return (what, value, better) =>
    value === undefined
      ? undefined
      : {
          key: `numbers.output.${output}.${what}`,
          value: Number.isFinite(value) ? rounded(value) : value > 0 ? 'none' : 'infinite',
          class: Number.isFinite(value) ? better : 'exact',
        };
}
