// A float engine that computes nothing: int8 agrees with it perfectly, and only the warning tells.
import { referenceEngine, type Engine, type Graph } from '@wherry/graph';
import { deploy } from './deploy.js';
import type { DeployHost } from './deployment.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import { noProgress } from './progress.js';
import { smallModel } from './testing/small-model.js';

/** Convolutions give their biases, whatever they are given. */
const idle: Engine = { name: 'idle', prepare: (graph) => referenceEngine.prepare(withoutWeights(graph)) };

function withoutWeights(graph: Graph): Graph {
  const filters = graph.nodes.filter(({ kind }) => kind === 'CONV_2D').map(({ inputs }) => inputs[1]);
  const isFilter = (id: number): boolean => filters.includes(id);
  return {
    ...graph,
    tensors: graph.tensors.map((tensor, id) =>
      isFilter(id) && tensor.dtype === 'float32' ? { ...tensor, data: new Float32Array(tensor.data!.length) } : tensor,
    ),
  };
}

async function warningsOn(host: DeployHost): Promise<string[]> {
  const model = smallModel();
  try {
    const { warnings } = await deploy(model.request, await readProfileFolder(), host, noProgress);
    return warnings.filter(({ code }) => code === 'QUANT_CONSTANT_LAYER').map(({ where }) => where!);
  } finally {
    model.remove();
  }
}

it('is told by the name of the layer, and goes with the engine that the advice names', async () => {
  expect(await warningsOn({ ...deployHost('reference'), engine: () => Promise.resolve(idle) })).toEqual(['conv']);
  expect(await warningsOn(deployHost('reference'))).toEqual([]);
});
