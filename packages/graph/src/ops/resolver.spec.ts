// Every operator's resolver method is one that the runtime has, and adds that very operator.
import { readFileSync } from 'node:fs';
import { operatorOf, opKinds } from './index.js';

const methods = new Map(
  readFileSync(new URL('../../fixtures/resolver-methods.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' ') as [string, string]),
);

it.each(opKinds)('%s', (kind) => {
  const { tflm, tflite } = operatorOf(kind);
  if (tflm === null) expect([...methods.values()]).not.toContain(tflite.builtin);
  else expect([tflm.resolver, methods.get(tflm.resolver)]).toEqual([tflm.resolver, tflite.builtin]);
});
