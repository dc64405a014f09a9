// Sessions on bad lines and with devices that start anew at any moment: the right result or a typed error, never another.
import { WherryError } from '@wherry/graph';
import type { DeviceFaults } from '../simulation/device-faults.js';
import type { LineFaults } from '../simulation/line-faults.js';
import { referenceModel } from '../simulation/reference-model.js';
import { chanceOf } from '../simulation/chance.js';
import { deviceDiagnostics } from '../link/diagnostics.js';
import { simulatedSession } from '../testing/simulated-session.js';
import { smallInput, smallNetwork } from '../testing/small-network.js';

const long = process.env['WHERRY_FAULTS'] === 'long';
const model = referenceModel(smallNetwork());
const inputs = Array.from({ length: 8 }, (_, seed) => smallInput(seed + 1));
const right = inputs.map((input) => model.run([input]));

/** So great a part of all bytes, by all kinds of damage alike. */
function faultsOf(share: number): LineFaults {
  return { flipped: share / 4, lost: share / 4, doubled: share / 4, swapped: share / 4 };
}

type Settings = NonNullable<Parameters<typeof simulatedSession>[0]>;

interface Tally {
  right: number;
  refused: Map<string, number>;
  damaged: number;
  starts: number;
}

const newTally = (): Tally => ({ right: 0, refused: new Map(), damaged: 0, starts: 0 });

/** A session that fetches every layer, where it is asked to, and infers once. Throws for a wrong result and for an error without a code. */
async function work(settings: Settings, tally: Tally, layers = true): Promise<void> {
  const { open, run, port } = simulatedSession({ model, ...settings });
  const at = (settings.seed ?? 0) % inputs.length;
  const next = (at + 1) % inputs.length;
  try {
    const session = await open();
    if (layers) {
      const seen: Uint8Array[] = [];
      expect(await run(session.layers([inputs[at]!], (_, bytes) => seen.push(bytes)))).toEqual(right[at]!.outputs);
      expect(seen).toEqual(right[at]!.tensors);
    }
    expect(await run(session.infer([inputs[next]!]))).toEqual(right[next]!.outputs);
    session.close();
    tally.right++;
  } catch (error) {
    if (!(error instanceof WherryError) || !(error.definition.code in deviceDiagnostics)) throw error;
    // A line and restarts make no device contradict itself.
    if (settings.device?.spoils === undefined) expect(error.definition.code).not.toBe('DEVICE_CONTRADICTS');
    tally.refused.set(error.definition.code, (tally.refused.get(error.definition.code) ?? 0) + 1);
  }
  tally.damaged += port.traffic.damaged;
  tally.starts += port.device.starts - 1;
}

/** Of virtual time, as `--wait` gives it: the frames that come through are few. */
const patient = { silentMs: 1_800_000 };

it.each([
  [0.001, 10],
  [0.01, 10],
  [0.03, 10],
  [0.06, 2],
  [0.1, 1],
  [0.15, 1],
])(
  'with %s of all bytes damaged everything is right',
  async (share, sessions) => {
    const tally = newTally();
    for (let seed = 1; seed <= sessions; seed++)
      await work({ seed, line: faultsOf(share), policy: patient }, tally, share < 0.15);
    expect(tally).toMatchObject({ right: sessions, refused: new Map() });
    expect(tally.damaged).toBeGreaterThan(sessions);
  },
  120_000,
);

/** When it is over and how, in virtual time and with the patience of a user's run. */
async function patienceOf(share: number, seed: number): Promise<{ readonly code: string; readonly at: number }> {
  const { open, run, time } = simulatedSession({ model, seed, line: faultsOf(share) });
  try {
    const session = await open();
    expect(await run(session.infer([inputs[0]!]))).toEqual(right[0]!.outputs);
    return { code: 'right', at: time.now() };
  } catch (error) {
    if (!(error instanceof WherryError)) throw error;
    return { code: error.definition.code, at: time.now() };
  }
}

it('is patient with a line on which a frame comes through every few seconds', async () => {
  for (let seed = 1; seed <= 4; seed++)
    for (const share of [0.1, 0.13]) expect((await patienceOf(share, seed)).code).toBe('right');
}, 120_000);

it('says soon of a line that it is hopeless', async () => {
  // On these a frame comes through now and then: what is left is borne for as long again.
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const { code, at } = await patienceOf(0.15, seed);
    expect(code).toBe('LINK_NOISY');
    expect(at).toBeLessThan(80_000);
  }
  for (const [share, seed] of [0.18, 0.2, 0.5, 1].flatMap((one) => [2, 3, 4].map((seed) => [one, seed] as const))) {
    const { code, at } = await patienceOf(share, seed);
    expect(code).toMatch(/^(LINK_NOISY|DEVICE_SILENT)$/);
    expect(at).toBeLessThan(25_000);
  }
}, 120_000);

it.each([
  ['before a run', 0],
  ['in a run, which may be busy for a minute', 8],
])('says soon that a line became hopeless %s', async (_, after) => {
  const chance = chanceOf(3);
  let isBad = false;
  const converts = (bytes: Uint8Array): Uint8Array =>
    isBad ? bytes.map((byte) => (chance() < 0.5 ? byte : Math.floor(256 * chance()))) : bytes;
  const { open, run, time } = simulatedSession({ model, converts });
  const session = await open();
  const before = time.now();
  time.after(after, () => (isBad = true));
  const refused = run(session.time([inputs[0]!], { count: 1, warmUp: 0 }));
  await expect(refused).rejects.toMatchObject({ definition: { code: 'LINK_NOISY' } });
  expect(time.now() - before).toBeLessThan(25_000);
});

it(`is right or refuses with a code, whatever comes together: ${long ? 'a million' : 'some thousand'} damaged frames`, async () => {
  const tally = newTally();
  const until = long ? 1_000_000 : 10_000;
  for (let seed = 1; tally.damaged < until; seed++) {
    const chance = chanceOf(seed);
    const some = (most: number): number => (chance() < 0.5 ? 0 : most * chance());
    const line = { flipped: some(0.03), lost: some(0.03), doubled: some(0.03), swapped: some(0.03) };
    const device: DeviceFaults = {
      ...(chance() < 0.3 && { restartsEvery: 100 + 5000 * chance() }),
      ...(chance() < 0.2 && { silentAfter: Math.floor(200 * chance()) }),
      ...(chance() < 0.3 && { spoils: 2 + Math.floor(20 * chance()) }),
      ...(chance() < 0.3 && { chatter: { every: 1 + Math.floor(5 * chance()), text: 'heap 4711\r\n' } }),
    };
    const bootLog = chance() < 0.5 ? '' : 'rst:0x1 (POWERON_RESET)\r\nentry 0x400805e4\r\n';
    const baud = 9600 * 30 ** chance();
    await work({ seed, line, device, bootLog, bootMs: 300 * chance(), baud, policy: { noisyMs: 10_000 } }, tally);
  }
  report(tally);
  expect(tally.right).toBeGreaterThan(0);
  expect([...tally.refused.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
}, 3_600_000);

it(`is right or refuses with a code at restarts of the device: ${long ? 'ten thousand' : 'some hundred'}`, async () => {
  const tally = newTally();
  const until = long ? 10_000 : 300;
  for (let seed = 1; tally.starts < until; seed++) {
    const chance = chanceOf(seed);
    const restartsEvery = 20 * 20 ** chance();
    await work({ seed, device: { restartsEvery }, bootMs: 40 * chance(), delayMs: 1 + 10 * chance() }, tally);
  }
  report(tally);
  expect(tally.right).toBeGreaterThan(0);
  expect(tally.refused.get('DEVICE_RESTARTS')).toBeGreaterThan(0);
}, 3_600_000);

/** What a long run comes to is to be seen. */
function report(tally: Tally): void {
  if (long) console.log(JSON.stringify({ ...tally, refused: Object.fromEntries(tally.refused) }));
}
