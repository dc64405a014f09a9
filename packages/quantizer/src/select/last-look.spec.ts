// The last look: when close candidates count, and that the plainest settings win where they come out ahead.
import { smallNetwork } from '../testing/small-network.js';
import { errorsIn } from '../testing/known-errors.js';
import { joined, type SampleErrors } from './evidence.js';
import { lastLook, type Last } from './last-look.js';
import type { Part } from './held-out-judge.js';
import type { Settings } from './settings.js';
import type { Choice } from './try-all.js';

const graph = smallNetwork();
/** Beyond what is cheap to judge again, in this graph. */
const manySamples = 1e6;

const settingsOf = (method: Settings['method']): Settings => ({
  method,
  correctBias: false,
  equalized: false,
  overrides: new Map(),
  outputErrors: undefined,
});
const plainest = settingsOf('min-max');
const champion = settingsOf('mse');
const close = settingsOf('percentile');

interface Known {
  readonly explore: (nth: number) => number;
  readonly confirm: (nth: number) => number;
}
const flat = (db: number, confirm = db): Known => ({ explore: () => db, confirm: () => confirm });

/** Errors made from all samples, by settings, in dB; the close one is none of the plainest. */
function look(of: ReadonlyMap<Settings, Known>, { samples = 64, variety = 1 } = {}): Promise<Last> {
  const errorsOf = (settings: Settings, parts: readonly Part[]): SampleErrors => {
    const known = of.get(settings)!;
    return parts.map((part) => errorsIn(part, known[part])).reduce(joined);
  };
  const choice = {
    graph,
    plainest,
    variety,
    options: { correctBias: false },
    contest: { champion: { settings: champion }, close: [close] },
    forms: { whole: (settings: Settings) => settings },
    judge: {
      measureWhole: (settings: unknown, parts: readonly Part[] = ['explore', 'confirm']) =>
        Promise.resolve({ errors: errorsOf(settings as Settings, parts), recordings: [] }),
    },
  } as unknown as Choice;
  return lastLook(choice, samples);
}

describe('the plainest settings', () => {
  it.each([64, manySamples])('win where the confirming samples have them ahead (%d samples)', async (samples) => {
    const behind = new Map([
      [plainest, flat(0)],
      [champion, flat(9, -0.1)],
      [close, flat(-9)],
    ]);
    expect(await look(behind, { samples })).toMatchObject({ settings: plainest, tried: plainest });
    const ahead = new Map([...behind, [champion, flat(-9, 0.1)]]);
    expect(await look(ahead, { samples })).toMatchObject({ settings: champion, tried: champion });
  });
});

describe('a close candidate', () => {
  const better = new Map([
    [plainest, flat(0)],
    [champion, flat(1)],
    [close, flat(3)],
  ]);

  it('takes the place of the champion where it comes out better', async () => {
    expect((await look(better)).settings).toBe(close);
  });

  it('counts from 32 samples on, of many-sided data, in a model that is cheap to run', async () => {
    expect((await look(better, { samples: 32 })).settings).toBe(close);
    expect((await look(better, { samples: 31 })).settings).toBe(champion);
    expect((await look(better, { variety: 0.99 })).settings).toBe(champion);
    expect((await look(better, { samples: manySamples })).settings).toBe(champion);
  });

  it('does not win by what may be luck', async () => {
    // 0.7 dB more with a standard error of 0.52.
    const swing = (nth: number): number => 1.7 + (nth % 2 === 0 ? 2 : -2);
    const lucky = new Map([...better, [close, { explore: swing, confirm: swing }]]);
    expect((await look(lucky)).settings).toBe(champion);
  });
});
