// A file that is quantized already is held against the limits of its own scheme, wherever that stands in the profile's list.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder } from '@wherry/graph';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { readProfileTexts } from '../inputs/profile-folder.js';
import { outcomeOn, profileOfOwn, type Outcome } from '../testing/profile-outcome.js';
import { leftOpen, smallModel } from '../testing/small-model.js';

const texts = await readProfileTexts();
const small = smallModel(leftOpen);
afterAll(() => small.remove());

const model = join(small.folder, 'given.tflite');
const step = { scale: [0.5], zeroPoint: [0], axis: 0 };
const builder = new GraphBuilder('given');
const x = builder.input('x', [1, 64], 'int8', step);
const sum = builder.add('ADD', [x, x], {}, { origin: 'sum', outputQuantization: step });
writeFileSync(model, encode(graphToModel(builder.finish([sum]))));

/** With room for nothing in the schemes that are named. */
const outcome = (schemes: readonly string[], limited: readonly string[]): Promise<Outcome> => {
  const list = schemes.map((scheme) =>
    limited.includes(scheme) ? { scheme, limits: { arenaBytes: 16 } } : { scheme },
  );
  return outcomeOn(profileOfOwn('/schemes', list, {}), texts, { ...small.request, model, calibration: undefined });
};

it.each<[readonly string[], readonly string[], number | undefined]>([
  [['int16x8', 'int8'], ['int16x8'], undefined],
  [['int16x8', 'int8'], ['int8'], 1],
  [['int8', 'int16x8'], ['int8'], 0],
  // Whoever names other schemes limits those alone.
  [['int16x8'], ['int16x8'], undefined],
])('in a list of %j with limits of %j', async (schemes, limited, position) => {
  const { made, refusal } = await outcome(schemes, limited);
  if (position === undefined) {
    expect(refusal).toBe('');
    expect(made!.quantized.plan).toBeNull();
  } else {
    expect(refusal).toMatch(/^MODEL_DOES_NOT_FIT/);
    expect(refusal).toContain(`/schemes/${position}/limits/arenaBytes`);
  }
});
