// Every case of every operator on the engine: bit for bit the reference, whether a kernel runs or not.
import { evaluate, opKinds } from '@wherry/graph';
import { casesOf } from '@wherry/graph/cases';
import { int8Engine } from './index.js';

it.each(opKinds)('%s equals the reference in every case', async (kind) => {
  const engine = int8Engine();
  expect(engine.name).toBe('int8');
  const different: string[] = [];
  for (const { graph, feeds, name } of casesOf(kind)) {
    const executor = await engine.prepare(graph);
    // Twice: a kernel's memory is used again.
    await executor.run(feeds);
    const answers = await executor.run(feeds);
    executor.dispose();
    const expected = evaluate(graph, feeds);
    // As bytes: what is written to a file or compared with a device.
    const same = expected.every((wanted, output) => Buffer.compare(bytesOf(wanted), bytesOf(answers[output]!)) === 0);
    if (!same || answers.length !== expected.length) different.push(name);
  }
  expect(different).toEqual([]);
});

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}
