// Bit for bit: what every layer leaves on the device, held against the integer reference on the same inputs.
import type { Engine, Graph, TensorData, TensorId } from '@wherry/graph';
import type { Session } from '@wherry/serial-profiler';
import type { ProgressSink } from '../progress.js';
import { Differences, type DifferingTensor } from './differences.js';
import type { MeasuredInputs } from './measured-inputs.js';
import type { MeasuredModel } from './measured-model.js';
import type { OtherModel } from './other-model.js';
import { OutputFigureSums, type OutputFigures } from './output-figures.js';
import { OverwrittenOutputs, type OverwrittenOutput } from './overwritten-outputs.js';
import { bytesOf, dataOf } from './tensor-bytes.js';

export interface Parity {
  readonly inputs: number;
  readonly inputsSaid: string;
  /** Tensors that were compared of each input. */
  readonly tensors: number;
  /** In the order of execution. */
  readonly differing: readonly DifferingTensor[];
  /** Those that compute something else by themselves, on what the device gave them. */
  readonly faulty: readonly DifferingTensor[];
  /** Tensors of real numbers that are the same but for rounding. */
  readonly close: number;
  /** Outputs that are not what their layer wrote any more, once the inference is over. */
  readonly overwritten: readonly OverwrittenOutput[];
  readonly outputs: readonly OutputFigures[];
  /** Of its outputs against those of another model, on inputs that were not rounded; null where there is none. */
  readonly against: readonly OutputFigures[] | null;
}

/** Throws what the session throws. */
export async function measureParity(
  session: Session,
  model: MeasuredModel,
  inputs: MeasuredInputs,
  { engine, other }: { readonly engine: Engine; readonly other: OtherModel | undefined },
  progress: ProgressSink,
): Promise<Parity> {
  const { graph } = model;
  const written = graph.nodes.flatMap((node, operator) => node.outputs.map((id) => ({ id, operator })));
  const reference = await referenceOf(graph, engine, new Set(written.map(({ id }) => id)));
  const figures = graph.outputs.map((id) => new OutputFigureSums(graph, id));
  const beside = graph.outputs.map((id) => new OutputFigureSums(graph, id));
  const differences = new Differences(model, written);
  const overwritten = new OverwrittenOutputs(graph);
  progress.begin('compare', inputs.feeds.length);
  try {
    for (const [input, feeds] of inputs.feeds.entries()) {
      const { seen, outputs } = await reference.run(feeds);
      const given = feeds.map(bytesOf);
      const expected = written.map(({ id }) => seen.get(id)!);
      differences.begin();
      const left = new Map<TensorId, Uint8Array>();
      const got = await session.compare(given, expected, (tensor, bytes) => {
        left.set(written[tensor]!.id, bytes);
        differences.add(input, tensor, expected[tensor]!, bytes);
      });
      for (const [at, id] of graph.outputs.entries())
        overwritten.add(input, at, left.get(id) ?? bytesOf(outputs[at]!), got[at]!);
      if (differences.needsLook) differences.look(input, feeds, await everyLayer(session, given));
      const answers = got.map((bytes, at) => dataOf(graph, graph.outputs[at]!, bytes));
      figures.forEach((sums, at) => sums.add(outputs[at]!, answers[at]!));
      if (other !== undefined) await addBeside(beside, other, inputs.real[input]!, answers);
      progress.advance(input + 1);
    }
  } finally {
    reference.dispose();
  }
  progress.end();
  const { differing, faulty, close } = differences;
  return {
    inputs: inputs.feeds.length,
    inputsSaid: inputs.said,
    tensors: written.length,
    differing,
    faulty,
    close,
    overwritten: overwritten.found,
    outputs: figures.map((sums) => sums.figures),
    against: other === undefined ? null : beside.filter(({ samples }) => samples > 0).map((sums) => sums.figures),
  };
}

/** Outputs that the other model does not have are left out. */
async function addBeside(
  beside: readonly OutputFigureSums[],
  other: OtherModel,
  inputs: readonly TensorData[],
  answers: readonly TensorData[],
): Promise<void> {
  const real = await other.run(inputs);
  beside.forEach((sums, at) => {
    const right = real.at(at);
    if (right !== undefined) sums.addAgainst(right, answers[at]!);
  });
}

async function everyLayer(session: Session, inputs: readonly Uint8Array[]): Promise<readonly Uint8Array[]> {
  const layers: Uint8Array[] = [];
  await session.layers(inputs, (tensor, bytes) => (layers[tensor] = bytes.slice()));
  return layers;
}

interface Reference {
  run(
    feeds: readonly TensorData[],
  ): Promise<{ readonly seen: ReadonlyMap<TensorId, Uint8Array>; readonly outputs: readonly TensorData[] }>;
  dispose(): void;
}

async function referenceOf(graph: Graph, engine: Engine, wanted: ReadonlySet<TensorId>): Promise<Reference> {
  const executor = await engine.prepare(graph);
  return {
    run: async (feeds) => {
      const seen = new Map<TensorId, Uint8Array>();
      const answers = await executor.run(feeds, {
        wants: (id) => wanted.has(id),
        see: (id, data) => seen.set(id, bytesOf(data)),
      });
      return { seen, outputs: answers.map((data, at) => dataOf(graph, graph.outputs[at]!, bytesOf(data))) };
    },
    dispose: () => executor.dispose(),
  };
}
