// Sizes are called what they are: of a compiled model the code is not among them.
import { sizesOf } from './fit-of.js';

type Given = Parameters<typeof sizesOf>[0];

const report = (compiled: object | null): Given =>
  ({
    ok: true,
    constants: { float: 4000, quantized: 1000 },
    quantization: { scheme: 'int8' },
    memory: { flash: { used: 1000, available: 9000 }, compiled },
  }) as unknown as Given;

it.each([
  ['a model that is interpreted', null, 'All that lies in flash'],
  ['one that is compiled', { arena: 1, withoutOverlaps: 1 }, 'In flash, without the code'],
])('of %s', (_, compiled, label) => expect(sizesOf(report(compiled)).bars.at(-1)).toEqual({ label, bytes: 1000 }));
