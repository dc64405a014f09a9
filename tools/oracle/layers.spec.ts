// The integer reference and the kernels against TFLite Micro, tensor by tensor, and single layers against LiteRT, on real models.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { int8Engine } from '@wherry/engine-int8';
import { evaluate, referenceEngine, type Graph, type Node, type TensorId } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import { sharedFolder, sharedPath } from '../testing/src/index.js';
import { compare, compareWithMicro, line, tally, type Tally } from './layer-comparison.js';
import { recordLayers, type LayerRecording } from './layer-recording.js';

const python = process.env['WHERRY_ORACLE_PYTHON'] ?? '';
const only = process.env['WHERRY_ORACLE_MODEL'] ?? '';
const samples = Number(process.env['WHERRY_ORACLE_SAMPLES'] ?? 8);

/** Layers with weights alone, fed with the recorded inputs, in the single rounding. */
function compareWithLitert(graph: Graph, recording: LayerRecording): Tally {
  const litert = tally();
  const written = [...graph.inputs, ...graph.nodes.flatMap((node) => node.outputs)];
  for (const theirs of recording.litert) {
    const position = recording.tensors.findIndex((tensor) => tensor.index === theirs.index);
    const node = graph.nodes.find(({ outputs }) => outputs[0] === written[position])!;
    const feeds = node.inputs.filter((id) => id !== null && graph.tensors[id]!.data === undefined) as TensorId[];
    const alone: Graph = { ...graph, nodes: [node], inputs: feeds, outputs: node.outputs };
    for (let sample = 0; sample < recording.samples; sample++) {
      const values = feeds.map((id) => recording.valueOf(recording.tensors[written.indexOf(id)]!, sample));
      compare(
        litert,
        theirs.name,
        evaluate(alone, values, { rounding: 'single' })[0]!,
        recording.valueOf(theirs, sample),
      );
    }
  }
  return litert;
}

/** Real values times weights of 8 bits. */
function isHybrid({ tensors }: Graph, { inputs }: Node): boolean {
  const read = inputs.flatMap((id) => (id === null ? [] : [tensors[id]!]));
  return (
    read.some(({ dtype, data }) => dtype === 'float32' && data === undefined) &&
    read.some(({ dtype, data }) => dtype === 'int8' && data !== undefined)
  );
}

/** Why a model is left out, or undefined. Float ones hold no integer tensor worth a comparison. */
function load(path: string): Graph | string {
  try {
    const { graph } = importModel(readFileSync(path));
    if (!graph.tensors.some(({ dtype, data }) => dtype === 'int8' && data === undefined)) return 'no int8 activations';
    return graph.nodes.some((node) => isHybrid(graph, node)) ? 'TFLite Micro has no hybrid layers' : graph;
  } catch (error) {
    return String((error as Error).message).split('\n')[0]!;
  }
}

const models =
  python === '' || !existsSync(sharedFolder())
    ? []
    : (readdirSync(sharedPath('models'), { recursive: true }) as string[])
        .filter((name) => name.endsWith('.tflite') && name.includes(only))
        .sort();

if (models.length === 0) it.todo('left out: set WHERRY_ORACLE_PYTHON to a Python with the oracles, and have ../shared');

for (const name of models) {
  const graph = load(sharedPath('models', name));
  if (typeof graph === 'string') {
    it.todo(`${name}: left out: ${graph}`);
    continue;
  }
  it(`${name}`, async () => {
    const recording = recordLayers(python, sharedPath('models', name), samples);
    const micro = await compareWithMicro(referenceEngine, graph, recording);
    const kernels = await compareWithMicro(int8Engine(), graph, recording);
    const litert = compareWithLitert(graph, recording);
    process.stdout.write(
      `${name}: ${line('TFLite Micro', micro)}; ${line('kernels', kernels)}; ${line('LiteRT', litert)}\n`,
    );
    expect(micro.values).toBeGreaterThan(0);
    expect([micro.differences, kernels.differences, litert.differences]).toEqual([0, 0, 0]);
  }, 600_000);
}
