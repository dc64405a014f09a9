// The integer reference and the kernels against TFLite Micro, tensor by tensor, and single layers against LiteRT, on real models.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { int8Engine } from '@wherry/engine-int8';
import { evaluate, referenceEngine, type Engine, type Graph, type TensorData, type TensorId } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import { sharedFolder, sharedPath } from '../testing/src/index.js';
import { recordLayers, type LayerRecording } from './layer-recording.js';

const python = process.env['WHERRY_ORACLE_PYTHON'] ?? '';
const only = process.env['WHERRY_ORACLE_MODEL'] ?? '';
const samples = Number(process.env['WHERRY_ORACLE_SAMPLES'] ?? 8);

interface Tally {
  values: number;
  differences: number;
  /** Tensors in which something differs. */
  readonly where: Set<string>;
}

const tally = (): Tally => ({ values: 0, differences: 0, where: new Set() });

function compare(into: Tally, name: string, ours: TensorData, theirs: TensorData): void {
  into.values += theirs.length;
  if (ours.length !== theirs.length) into.differences += theirs.length;
  for (let i = 0; i < theirs.length; i++) {
    if (ours[i] === theirs[i]) continue;
    into.differences++;
    into.where.add(name);
  }
}

/** The whole graph in the double rounding: every integer tensor against the recorded one. */
async function compareWithMicro(engine: Engine, graph: Graph, recording: LayerRecording): Promise<Tally> {
  const micro = tally();
  const inputs = recording.tensors.slice(0, graph.inputs.length);
  const executor = await engine.prepare(graph);
  for (let sample = 0; sample < recording.samples; sample++) {
    let position = 0;
    const see = (id: TensorId, data: TensorData): void => {
      const tensor = recording.tensors[position++]!;
      if (graph.tensors[id]!.dtype !== 'float32') compare(micro, tensor.name, data, recording.valueOf(tensor, sample));
    };
    await executor.run(
      inputs.map((tensor) => recording.valueOf(tensor, sample)),
      { wants: () => true, see },
    );
    expect(position).toBe(recording.tensors.length);
  }
  executor.dispose();
  return micro;
}

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

const line = (name: string, { values, differences, where }: Tally): string =>
  `${name} ${values} values, ${differences} differ${where.size === 0 ? '' : ` (first in ${[...where][0]})`}`;

/** Why a model is left out, or undefined. Float ones hold no integer tensor worth a comparison. */
function load(path: string): Graph | string {
  try {
    const { graph } = importModel(readFileSync(path));
    return graph.tensors.some(({ dtype, data }) => dtype === 'int8' && data === undefined)
      ? graph
      : 'no int8 activations';
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
