// Runs a graph on samples part by part: of what was computed only that is kept which the rest needs.
import type { Engine, Graph, TensorData, TensorId } from '@wherry/graph';
import { runAndKeep, suffixInputs, type Recording } from '../select/recording.js';

/** Lives as long as one reconstruction. */
export class Walk {
  #position = 0;
  #recording: Recording;

  constructor(
    private readonly engine: Engine,
    graph: Graph,
    samples: readonly (readonly TensorData[])[],
  ) {
    this.#recording = samples.map((feeds) => new Map(graph.inputs.map((id, i) => [id, feeds[i]!])));
  }

  /** The values of `id`, written before node `position`, per sample. `graph`: with the same nodes as before up to the last position. */
  async upTo(graph: Graph, position: number, id: TensorId): Promise<readonly TensorData[]> {
    const kept = [...new Set([...suffixInputs(graph, position, []), id])];
    const inputs = suffixInputs(graph, this.#position, []);
    const nodes = graph.nodes.slice(this.#position, position);
    const written = new Set(nodes.flatMap(({ outputs }) => outputs));
    const before = this.#recording;
    const outputs = kept.filter((each) => written.has(each));
    const ran =
      outputs.length === 0
        ? before.map(() => new Map<TensorId, TensorData>())
        : await runAndKeep(
            { ...graph, inputs, nodes, outputs },
            this.engine,
            before.map((values) => inputs.map((each) => values.get(each)!)),
            outputs,
          );
    this.#recording = before.map(
      (values, sample) => new Map(kept.map((each) => [each, ran[sample]!.get(each) ?? values.get(each)!])),
    );
    this.#position = position;
    return this.#recording.map((values) => values.get(id)!);
  }
}
