// What a measurement is refused for before anything is asked.
import { noProgress } from '../progress.js';
import { measureModel } from './measure-model.js';
import type { Measurement } from './measurement.js';

const measure = (request: Partial<Parameters<typeof measureModel>[0]>): Promise<Measurement> =>
  measureModel(
    { model: 'nothing.tflite', emulate: true, ...request },
    { engine: () => Promise.reject(new Error('not asked for')) },
    noProgress,
  );

it('refuses to measure nowhere', () =>
  expect(measure({ emulate: false })).rejects.toThrow(/MEASURE_WHERE.*\n.*--emulate/));

it.each([
  [{ emulate: false, port: '/dev/none', kernels: 'both' }],
  [{ emulate: true, kernels: 'both', trace: 'nowhere' }],
  [{ emulate: true, dialect: 'mlperf' }],
  [{ emulate: true, baud: 9600 }],
  [{ emulate: false, port: 'tcp://localhost:4000', baud: 9600 }],
  [{ emulate: true, waitMs: 20_000 }],
  [{ emulate: false, replay: 'nowhere', waitMs: 20_000 }],
] as const)('refuses settings that nothing follows: %j', (request) =>
  expect(measure(request)).rejects.toThrow(/^SETTING_UNUSED: --/),
);

it('refuses a file that is not there', () => expect(measure({})).rejects.toThrow('MODEL_UNREADABLE'));
