// Bit for bit: what every layer leaves on the device, held against the integer reference on the same inputs.
import { tensorAt, type Engine, type Graph, type TensorData, type TensorId } from '@wherry/graph';
import type { Session } from '@wherry/serial-profiler';
import type { ProgressSink } from '../progress.js';
import { faultyLayers } from './faulty-layers.js';
import type { MeasuredInputs } from './measured-inputs.js';
import type { MeasuredModel } from './measured-model.js';
import { OutputFigureSums, type OutputFigures } from './output-figures.js';
import { bytesOf, dataOf } from './tensor-bytes.js';
import { firstDifference, type TensorDifference } from './tensor-difference.js';

export interface DifferingTensor {
  readonly layer: string;
  readonly operator: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** How many of the inputs it differs with, and the first of them. */
  readonly inputs: number;
  readonly input: number;
  readonly difference: TensorDifference;
}

export interface Parity {
  readonly inputs: number;
  readonly inputsSaid: string;
  /** Tensors that were compared of each input. */
  readonly tensors: number;
  /** In the order of execution. */
  readonly differing: readonly DifferingTensor[];
  /** Those that compute something else by themselves, on what the device gave them: of the first input that differs. */
  readonly faulty: readonly DifferingTensor[];
  readonly outputs: readonly OutputFigures[];
}

/** Throws what the session throws. */
export async function measureParity(
  session: Session,
  model: MeasuredModel,
  inputs: MeasuredInputs,
  engine: Engine,
  progress: ProgressSink,
): Promise<Parity> {
  const { graph } = model;
  const written = graph.nodes.flatMap((node, operator) => node.outputs.map((id) => ({ id, operator })));
  const reference = await referenceOf(graph, engine, new Set(written.map(({ id }) => id)));
  const figures = graph.outputs.map((id) => new OutputFigureSums(graph, id));
  const differing = new Map<number, DifferingTensor>();
  let faulty: readonly DifferingTensor[] = [];
  progress.begin('compare', inputs.feeds.length);
  try {
    for (const [input, feeds] of inputs.feeds.entries()) {
      const { seen, outputs } = await reference.run(feeds);
      const given = feeds.map(bytesOf);
      const before = differing.size;
      const expected = written.map(({ id }) => seen.get(id)!);
      const got = await session.compare(given, expected, (tensor, bytes) => {
        const { id, operator } = written[tensor]!;
        const known = differing.get(tensor);
        differing.set(
          tensor,
          known === undefined
            ? told(model, operator, id, input, firstDifference(graph, id, expected[tensor]!, bytes)!)
            : { ...known, inputs: known.inputs + 1 },
        );
      });
      if (before === 0 && differing.size > 0) faulty = await isolated(session, model, input, feeds);
      figures.forEach((sums, at) => sums.add(outputs[at]!, dataOf(graph, graph.outputs[at]!, got[at]!)));
      progress.advance(input + 1);
    }
  } finally {
    reference.dispose();
  }
  progress.end();
  return {
    inputs: inputs.feeds.length,
    inputsSaid: inputs.said,
    tensors: written.length,
    differing: [...differing].sort(([a], [b]) => a - b).map(([, tensor]) => tensor),
    faulty,
    outputs: figures.map((sums) => sums.figures),
  };
}

async function isolated(
  session: Session,
  model: MeasuredModel,
  input: number,
  feeds: readonly TensorData[],
): Promise<readonly DifferingTensor[]> {
  const onDevice: Uint8Array[] = [];
  await session.layers(feeds.map(bytesOf), (tensor, bytes) => (onDevice[tensor] = bytes.slice()));
  return faultyLayers(model.graph, feeds, onDevice).map(({ operator, output, difference }) =>
    told(model, operator, model.graph.nodes[operator]!.outputs[output]!, input, difference),
  );
}

function told(
  { graph, layers }: MeasuredModel,
  operator: number,
  id: TensorId,
  input: number,
  difference: TensorDifference,
): DifferingTensor {
  const { shape, dtype } = tensorAt(graph, id);
  return {
    layer: layers[operator]!,
    operator: graph.nodes[operator]!.kind,
    shape,
    dtype,
    inputs: 1,
    input,
    difference,
  };
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
