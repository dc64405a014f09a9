// Every case of every operator on TensorFlow.js against the plain reference, in every type.
import { evaluate, opKinds, type TensorData, type TensorId } from '@wherry/graph';
import { casesOf, type FilledCase } from '@wherry/graph/cases';
import { tfjsEngine, type BackendName } from '../index.js';
import { backendsHere } from '../testing/backends.js';

/** Of float32 sums in another order, as a part of the values' size. */
const tolerance = 1e-5;

function fault(answers: readonly TensorData[], expected: readonly TensorData[]): string | undefined {
  if (answers.length !== expected.length) return `${answers.length} outputs instead of ${expected.length}`;
  for (const [output, wanted] of expected.entries()) {
    const answer = answers[output]!;
    if (answer.constructor.name !== wanted.constructor.name || answer.length !== wanted.length)
      return `output ${output} is ${answer.length} values in a ${answer.constructor.name}`;
    const size = Math.max(1, ...Array.from(wanted as Float32Array, (value) => Math.abs(Number(value))));
    const limit = wanted instanceof Float32Array ? tolerance * size : 0;
    for (let i = 0; i < wanted.length; i++)
      if (!(Math.abs(Number(answer[i]) - Number(wanted[i])) <= limit))
        return `value ${i} of output ${output} is ${answer[i]} instead of ${wanted[i]}`;
  }
  return undefined;
}

async function faultOf(backend: BackendName, { graph, feeds }: FilledCase): Promise<string | undefined> {
  const engine = await tfjsEngine(backend);
  const executor = await engine.prepare(graph);
  try {
    const seen = new Map<TensorId, TensorData>();
    // The second of two runs: states begin anew.
    await executor.run(feeds);
    const answers = await executor.run(feeds, { wants: () => true, see: (id, data) => seen.set(id, data.slice()) });
    const expected = evaluate(graph, feeds);
    const watched = graph.outputs.map((id) => seen.get(id)!);
    return fault(answers, expected) ?? fault(watched, expected);
  } finally {
    executor.dispose();
  }
}

describe.each(await backendsHere())('%s', (backend) => {
  it.each(opKinds)('%s equals the reference in every case', async (kind) => {
    const faults: string[] = [];
    for (const one of casesOf(kind)) {
      const found = await faultOf(backend, one).catch((error: unknown) => String(error));
      if (found !== undefined) faults.push(`${one.name}: ${found}`);
    }
    expect(faults).toEqual([]);
  });
});
