// Counts what differs between tensors of ours and those that TensorFlow Lite's runtimes computed.
import type { Engine, Graph, TensorData, TensorId } from '@wherry/graph';
import type { LayerRecording } from './layer-recording.js';

export interface Tally {
  values: number;
  differences: number;
  /** Tensors in which something differs. */
  readonly where: Set<string>;
}

export const tally = (): Tally => ({ values: 0, differences: 0, where: new Set() });

export function compare(into: Tally, name: string, ours: TensorData, theirs: TensorData): void {
  into.values += theirs.length;
  if (ours.length !== theirs.length) into.differences += theirs.length;
  for (let i = 0; i < theirs.length; i++) {
    if (ours[i] === theirs[i]) continue;
    into.differences++;
    into.where.add(name);
  }
}

/** The whole graph in the double rounding: every integer tensor against the recorded one. */
export async function compareWithMicro(engine: Engine, graph: Graph, recording: LayerRecording): Promise<Tally> {
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

export const line = (name: string, { values, differences, where }: Tally): string =>
  `${name} ${values} values, ${differences} differ${where.size === 0 ? '' : ` (first in ${[...where][0]})`}`;
