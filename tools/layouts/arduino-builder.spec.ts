// The archive of an Arduino library, installed, and its sketch built by Arduino's own builder for an Uno and run there.
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { buildFolder, describeThere } from '../testing/src/index.js';
import { buildSketch, firstLine, hasArduinoBuilder } from './arduino-builder.js';
import { awkwardNames, type AwkwardName } from './awkward-names.js';
import { quantizedExamples, type Examples } from './deployed-example.js';
import { inFolder } from './tflite-micro.js';

const isThere = process.env['WHERRY_REQUIRE_ALL'] === '1' || hasArduinoBuilder;

describeThere('a library of Arduino', isThere, 'no arduino-builder, arduino-core-avr or simavr', () => {
  let examples: Examples;
  beforeAll(() => (examples = quantizedExamples()));
  afterAll(() => examples.remove());

  it.each<[AwkwardName, string]>([
    ['Arduino', 'the-arduino_model'],
    ['2nd model-v1.0', 'model_2nd_model_v1_0_model'],
  ])(
    'of the model %s runs its known answers',
    async (fileName, library) => {
      const name = awkwardNames[fileName];
      const { beside } = examples.deployed({
        ...{ example: 'sine', fileName, name, profile: 'arduino-uno', layout: 'arduino', isCompiled: true },
      });
      const folder = buildFolder();
      try {
        const archive = beside.get(`${library}-1.0.0.zip`) as Uint8Array;
        folder.write(inFolder('libraries', new Map(Object.entries(unzipSync(archive)))));
        const sketch = `libraries/${library}/examples/${name}_smoke/${name}_smoke.ino`;
        const { program, said } = buildSketch(folder.path, { sketch, libraries: join(folder.path, 'libraries') });
        // The core has warnings of its own.
        expect(said.split('\n').filter((line) => line.includes('warning:') && line.includes(folder.path))).toEqual([]);
        await expect(firstLine(program, 20_000)).resolves.toBe(`${name}: the known answers are right (0)`);
      } finally {
        folder.remove();
      }
    },
    120_000,
  );
});
