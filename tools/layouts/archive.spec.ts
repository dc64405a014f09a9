// The archive of an Arduino library says nothing of where and when it was made.
import { quantizedExamples, type Examples } from './deployed-example.js';

let examples: Examples;
beforeAll(() => (examples = quantizedExamples()));
afterAll(() => examples.remove());

/** A local header of a zip has time and date at these bytes, as DOS had them: local, and of no zone. */
const timeAt = 10;
const dateAt = 12;
/** The first of January 1980, which is the least that can be said. */
const firstDate = 0x21;

function archiveOf(timeZone: string): Buffer {
  const { beside } = examples.deployed({
    ...{ example: 'sine', fileName: 'sine', name: 'sine', profile: 'arduino-uno' },
    ...{ layout: 'arduino', isCompiled: true, timeZone },
  });
  return Buffer.from(beside.get('sine_model-1.0.0.zip') as Uint8Array);
}

it('has the same bytes on both sides of the date line, and no clock in them', () => {
  const archive = archiveOf('Pacific/Kiritimati');
  expect(archiveOf('Pacific/Pago_Pago').equals(archive)).toBe(true);
  expect([archive.readUInt16LE(timeAt), archive.readUInt16LE(dateAt)]).toEqual([0, firstDate]);
}, 60_000);
