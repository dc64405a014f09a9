// Every int16 model of the shared SEANet set that comes with inputs and outputs: imported, evaluated, equal integer for integer.
import { readdirSync, readFileSync } from 'node:fs';
import { dataTypes, evaluate, tensorAt, type Graph, type TensorData, type TensorId } from '@wherry/graph';
import { describeShared, sharedPath } from '@wherry/testing';
import { importTflite } from './import-tflite.js';

const kinds = ['add', 'conv', 'pad', 'quantize', 'sub'];

function readCsv(path: string, graph: Graph, id: TensorId): TensorData {
  const { dtype } = tensorAt(graph, id);
  const numbers = readFileSync(path, 'utf8').trim().split(',').map(Number);
  const data = new dataTypes[dtype].array(numbers.length);
  numbers.forEach((number, i) => (data[i] = number));
  return data;
}

function farthest(kind: string, name: string): number {
  const file = (suffix: string): string => sharedPath('models/tflm/seanet-int16', kind, `${name}${suffix}`);
  const { graph } = importTflite(readFileSync(file('.tflite')));
  const typeOf = (id: TensorId): string => tensorAt(graph, id).dtype;
  const feeds = graph.inputs.map((id, i) => readCsv(file(`_input${i}_${typeOf(id)}.csv`), graph, id));
  const output = graph.outputs[0]!;
  const golden = readCsv(file(`_golden_${typeOf(output)}.csv`), graph, output) as Int16Array;
  const [answer] = evaluate(graph, feeds) as [Int16Array];
  expect(answer).toHaveLength(golden.length);
  return golden.reduce((most, value, i) => Math.max(most, Math.abs(value - answer[i]!)), 0);
}

describeShared('SEANet on int16', () => {
  it.each(kinds)('%s equals its goldens', (kind) => {
    const folder = sharedPath('models/tflm/seanet-int16', kind);
    const names = readdirSync(folder).flatMap((file) => /^(.*)\.tflite$/.exec(file)?.[1] ?? []);
    expect(names.length).toBeGreaterThan(1);
    const far = names.map((name) => [name, farthest(kind, name)] as const).filter(([, steps]) => steps > 0);
    expect(far).toEqual([]);
  });
});
