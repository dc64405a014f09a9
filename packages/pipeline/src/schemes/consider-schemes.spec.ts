// What is foreseen to be too large is tried all the same where channels may prove to be constant, and go.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder } from '@wherry/graph';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { readProfileTexts } from '../inputs/profile-folder.js';
import { outcomeOn, profileOfOwn, type Outcome } from '../testing/profile-outcome.js';
import { smallModel } from '../testing/small-model.js';

const texts = await readProfileTexts();
const small = smallModel();
afterAll(() => small.remove());

/** A layer of 64 units, of which `alive` give anything but 0, and one that reads all of them. */
function withDeadUnits(alive: number): string {
  const builder = new GraphBuilder('dead');
  const wave = (count: number, isAlive: (i: number) => boolean): Float32Array =>
    Float32Array.from({ length: count }, (_, i) => (isAlive(i) ? Math.sin(i * 12.9898) / 2 : 0));
  const constants = (name: string, weights: Float32Array, bias: Float32Array): readonly number[] => [
    builder.constant(`${name}/w`, [bias.length, weights.length / bias.length], weights, 'float32'),
    builder.constant(`${name}/b`, [bias.length], bias, 'float32'),
  ];
  const x = builder.input('x', [1, 32], 'float32');
  const first = constants(
    'first',
    wave(64 * 32, (i) => i < alive * 32),
    Float32Array.from({ length: 64 }, (_, unit) => (unit < alive ? 0 : -1)),
  );
  const hidden = builder.add('FULLY_CONNECTED', [x, ...first], { activation: 'RELU' }, { origin: 'first' });
  const second = constants(
    'second',
    wave(64 * 8, () => true),
    new Float32Array(8),
  );
  const y = builder.add('FULLY_CONNECTED', [hidden, ...second], {}, { origin: 'second' });
  const path = join(small.folder, `alive-${alive}.tflite`);
  writeFileSync(path, encode(graphToModel(builder.finish([y]))));
  return path;
}

function outcome(alive: number, flashBytes: number): Promise<Outcome> {
  const flash = { bytes: flashBytes, reservedBytes: 0, source: 's' };
  const document = profileOfOwn('/memory/flash', flash, { and: { schemes: [{ scheme: 'int8' }] } });
  const calibration = `${small.request.calibration.split('?')[0]!}?columns=0-31&header=no`;
  return outcomeOn(document, texts, { ...small.request, model: withDeadUnits(alive), calibration });
}

it('and fits in the end, or is refused with what it came to', async () => {
  const { used } = (await outcome(8, 2 ** 20)).made!.fit.flash;
  expect((await outcome(64, 2 ** 20)).made!.fit.flash.used).toBeGreaterThan(used + 1000);
  expect((await outcome(8, used)).made?.fit.flash).toEqual({ used, available: used });
  expect((await outcome(8, used - 1)).refusal).toMatch(
    `MODEL_DOES_NOT_FIT: the model takes ${used} bytes of flash, ${used - 1} are there: 1 too many`,
  );
  // Where no channel can go, what is foreseen is the least.
  expect((await outcome(64, used)).refusal).toMatch(/MODEL_DOES_NOT_FIT: the model takes at least \d+ bytes of flash/);
}, 30_000);
