// Pages of whole runs: of classes, of values, of many layers, and of runs that are refused.
import { GraphBuilder, type Graph } from '@wherry/graph';
import {
  attempt,
  deployHost,
  noProgress,
  pageOfDeployment,
  pageOfRefusal,
  readProfileTexts,
  type DeployRequest,
} from '@wherry/pipeline';
import { loadProfiles } from '@wherry/profiles';
import type { ReportPage } from '@wherry/report-page';
import { encode, graphToModel } from '@wherry/tflite-writer';

const side = 12;

/** So many convolutions on a picture, and what comes behind. */
function network(convolutions: number, head: 'classes' | 'values'): Graph {
  const builder = new GraphBuilder('network');
  const weights = (name: string, shape: readonly number[], seed: number) => {
    const count = shape.reduce((a, b) => a * b, 1);
    const values = Float32Array.from(
      { length: count },
      (_, i) => Math.sin(seed + i * 1.7) / Math.sqrt(count / shape[0]!),
    );
    return builder.constant(name, shape, values, 'float32');
  };
  let at = builder.input('picture', [1, side, side, 1], 'float32');
  for (let i = 0; i < convolutions; i++) {
    const [before, channels] = [i === 0 ? 1 : 4, 4];
    const kernel = weights(`w${i}`, [channels, 3, 3, before], i);
    at = builder.add(
      'CONV_2D',
      [at, kernel, weights(`b${i}`, [channels], i)],
      { padding: 'SAME', activation: i % 3 === 2 ? 'NONE' : 'RELU' },
      { origin: `block_${i}/conv` },
    );
  }
  const outputs = head === 'classes' ? 5 : 2;
  const dense = builder.add(
    'FULLY_CONNECTED',
    [at, weights('w', [outputs, side * side * 4], 5), weights('b', [outputs], 9)],
    {},
    { origin: 'dense' },
  );
  return builder.finish([
    head === 'classes' ? builder.add('SOFTMAX', [dense], { beta: 1 }, { origin: 'classes' }) : dense,
  ]);
}

function requestOf(graph: Graph, changes: Partial<DeployRequest>): DeployRequest {
  const samples = Array.from({ length: 40 }, (_, row) => ({
    inputs: [Float32Array.from({ length: side * side }, (_, i) => Math.sin(row * 0.7 + i * 0.31) * (1 + (row % 5)))],
    label: row % 5,
  }));
  return {
    model: { fileName: 'network.tflite', bytes: encode(graphToModel(graph)) },
    profile: 'rp2040',
    calibration: { name: 'waves', samples },
    method: 'min-max',
    percentile: 99.99,
    biasCorrection: 'auto',
    equalization: 'auto',
    rounding: 'nearest',
    weightClipping: false,
    budgetSeconds: 1,
    compactMatrices: false,
    ...changes,
  };
}

const board = (own: object): string =>
  JSON.stringify({ extends: 'rp2040', id: 'own', name: 'Own', chip: 'a chip', ...own });

async function page(graph: Graph, changes: Partial<DeployRequest> = {}, own?: object): Promise<ReportPage> {
  const texts = new Map([
    ...(await readProfileTexts()),
    ...(own === undefined ? [] : [['own.json', board(own)] as const]),
  ]);
  const request = requestOf(graph, { ...changes, ...(own && { profile: 'own' }) });
  const { deployment, refused } = await attempt(
    request,
    loadProfiles(texts),
    deployHost('wasm', { keepEvidence: true }),
    noProgress,
  );
  return deployment === undefined ? pageOfRefusal(refused) : pageOfDeployment(deployment);
}

export async function deployedPages(): Promise<readonly (readonly [string, ReportPage])[]> {
  const ruinous = { method: 'percentile', percentile: 60 } as const;
  const limits = { schemes: [{ scheme: 'int8', limits: { agreementPercent: 99 } }] };
  return [
    ['classes', await page(network(3, 'classes'), ruinous, { schemes: [{ scheme: 'int8' }] })],
    ['values', await page(network(2, 'values'))],
    ['sixty-layers', await page(network(60, 'classes'))],
    [
      'refused',
      await page(network(3, 'classes'), {}, { memory: { ram: { bytes: 1500, reservedBytes: 0, source: 's' } } }),
    ],
    ['too-inaccurate', await page(network(3, 'classes'), ruinous, limits)],
  ];
}
