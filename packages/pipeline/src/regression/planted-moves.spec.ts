// Nothing moves unnoticed: single changes of what lies between two stages are planted, and each has to be found, in its link.
import type { Graph, Tensor, TensorData } from '@wherry/graph';
import { readProfiles } from '../inputs/profile-folder.js';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { attempt } from '../deploy.js';
import type { Deployment } from '../deployment.js';
import { deployHost } from '../host.js';
import { noProgress } from '../progress.js';
import { smallModel } from '../testing/small-model.js';
import { metricsOf, type Metrics } from './baseline.js';
import { compareMetrics, movedLinks, type Difference } from './compare.js';
import { hostMetrics } from './metrics/host-metrics.js';
import type { Link } from './metric.js';

/** Changes of each kind: more with WHERRY_FAULTS=long. */
const changes = process.env['WHERRY_FAULTS'] === 'long' ? 1000 : 40;

const model = smallModel();
afterAll(() => model.remove());
let deployment: Deployment;
let held: Metrics;

beforeAll(async () => {
  const { library } = await readProfiles('esp32');
  const host = deployHost('reference', { keepImported: true });
  const verdict = await attempt(model.request, library, host, noProgress);
  deployment = withGraph(verdict.deployment!, verdict.deployment!.quantized.graph);
  held = metricsOf(await hostMetrics(deployment, {}));
}, 60_000);

/** As it comes to be of a graph: the file is written of it. */
function withGraph(
  of: Deployment,
  graph: Graph,
  versionOf: (version: number, code: number) => number = (v) => v,
): Deployment {
  const file = graphToModel(graph, { tensorNames: 'io-only' });
  const operator_codes = (file.operator_codes ?? []).map((code, at) => ({
    ...code,
    version: versionOf(code.version ?? 1, at),
  }));
  const tflite = encode({ ...file, operator_codes });
  return { ...of, quantized: { ...of.quantized, graph }, tflite, files: new Map([['model.tflite', tflite]]) };
}

async function differences(changed: Deployment): Promise<readonly Difference[]> {
  return compareMetrics(held, await hostMetrics(changed, {}));
}

/** Links that are said to have moved. */
async function moved(changed: Deployment): Promise<readonly Link[]> {
  return movedLinks(await differences(changed));
}

function randomly(seed: number): (below: number) => number {
  let state = seed + 1;
  return (below) => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below;
}

function withTensor(graph: Graph, id: number, change: (tensor: Tensor) => Tensor): Graph {
  return { ...graph, tensors: graph.tensors.map((tensor, at) => (at === id ? change(tensor) : tensor)) };
}

const numbered = (wanted: (tensor: Tensor) => boolean): readonly number[] =>
  deployment.quantized.graph.tensors.flatMap((tensor, id) => (wanted(tensor) ? [id] : []));

it('finds no change where there is none', async () => {
  expect(await moved(withGraph(deployment, deployment.quantized.graph))).toEqual([]);
});

it(`finds each of ${changes} weights and biases that are off by one quantum`, async () => {
  const ids = numbered(({ data, quantization }) => data !== undefined && quantization !== undefined);
  for (let seed = 0; seed < changes; seed++) {
    const below = randomly(seed);
    const id = ids[below(ids.length)]!;
    const graph = withTensor(deployment.quantized.graph, id, (tensor) => {
      const data = tensor.data!.slice() as TensorData;
      const at = below(data.length);
      data[at] = Number(data[at]) + (Number(data[at]) > 0 ? -1 : 1);
      return { ...tensor, data };
    });
    // By its layer, and not by the file alone.
    const [first] = await differences(withGraph(deployment, graph));
    expect([seed, first]).toEqual([seed, expect.objectContaining({ link: 'bytes', move: 'changed' })]);
    expect(first!.metric).toMatch(/^bytes\.constants\./);
  }
}, 120_000);

it(`finds each of ${changes} scales that are off by the least there is`, async () => {
  const ids = numbered(({ quantization }) => quantization !== undefined);
  for (let seed = 0; seed < changes; seed++) {
    const below = randomly(seed);
    const id = ids[below(ids.length)]!;
    const graph = withTensor(deployment.quantized.graph, id, (tensor) => {
      const scale = [...tensor.quantization!.scale];
      const at = below(scale.length);
      const bits = new Uint32Array(Float32Array.of(scale[at]!).buffer);
      bits[0]!++;
      scale[at] = new Float32Array(bits.buffer)[0]!;
      return { ...tensor, quantization: { ...tensor.quantization!, scale } };
    });
    expect([seed, (await moved(withGraph(deployment, graph)))[0]]).toEqual([seed, 'plan']);
  }
}, 120_000);

it('finds each version of an operator', async () => {
  const codes = graphToModel(deployment.quantized.graph).operator_codes!.length;
  for (let code = 0; code < codes; code++)
    for (const by of [-1, 1, 7]) {
      const changed = withGraph(
        deployment,
        deployment.quantized.graph,
        (version, at) => version + (at === code ? by : 0),
      );
      expect(await moved(changed)).toEqual(['bytes']);
    }
});

it(`finds each of ${changes} places in the arena with one bit changed`, async () => {
  const { best } = deployment.memory;
  for (let seed = 0; seed < changes; seed++) {
    const below = randomly(seed);
    const offsets = [...best.offsets];
    offsets[below(offsets.length)]! ^= 1 << below(16);
    const memory = { ...deployment.memory, best: { ...best, offsets } };
    expect([seed, await moved({ ...deployment, memory })]).toEqual([seed, ['memory']]);
  }
}, 120_000);

it('finds each attribute, and each constant of what was imported', async () => {
  const imported = deployment.imported!;
  let planted = 0;
  for (const [at, node] of imported.nodes.entries()) {
    for (const [name, value] of Object.entries(node.attributes)) {
      planted++;
      const other = typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `${String(value)} `;
      const nodes = imported.nodes.map((each, position) =>
        position === at ? ({ ...each, attributes: { ...each.attributes, [name]: other } } as typeof each) : each,
      );
      expect(await moved({ ...deployment, imported: { ...imported, nodes } })).toEqual(['import']);
    }
  }
  expect(planted).toBeGreaterThan(5);
  const constants = imported.tensors.flatMap(({ data }, id) => (data === undefined ? [] : [id]));
  expect(constants.length).toBeGreaterThan(1);
  for (const id of constants) {
    const graph = withTensor(imported, id, (tensor) => {
      const data = tensor.data!.slice() as TensorData;
      data[data.length - 1] = Number(data[data.length - 1]) + 1;
      return { ...tensor, data };
    });
    expect(await moved({ ...deployment, imported: graph })).toEqual(['import']);
  }
});
