// `deploy test` on emulated boards, and on one behind a terminal as a device is: what is held there, and what is not.
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestedPair, TestResult } from '@wherry/pipeline';
import { runDeploy, temporaryFolder } from '../../apps/cli/src/testing/built-command.js';
import { demoFiles } from '../../apps/cli/src/testing/demo-files.js';
import { describeThere } from '../testing/src/index.js';
import { behindTerminal, describeEmulated, isRequired, ofEachCore } from './measured-boards.js';

let folder: ReturnType<typeof temporaryFolder>;
const at = (name: string): string => join(folder.path, name);
const [{ profile, board }] = ofEachCore.length > 0 ? [ofEachCore[0]!] : [{ profile: 'none', board: undefined }];
const baseline = (): string => at(`baselines/${profile}/shapes.json`);

async function test(...words: readonly string[]): Promise<{ readonly code: number | null; readonly pair: TestedPair }> {
  const { code, stdout } = await runDeploy(['test', '-q', '--json', '-p', profile, ...words], {
    cwd: folder.path,
    env: { CI: '' },
  });
  return { code, pair: (JSON.parse(stdout) as TestResult).pairs.at(-1)! };
}

function edit(from: string | RegExp, to: string): void {
  const text = readFileSync(baseline(), 'utf8');
  expect(text).toMatch(from);
  writeFileSync(baseline(), text.replace(from, to));
}

beforeAll(async () => {
  folder = temporaryFolder();
  const demo = await demoFiles();
  cpSync(demo.model, at('shapes.h5'));
  cpSync(demo.calibration, at('calibration.npy'));
  const quick = {
    method: 'min-max',
    biasCorrection: false,
    equalization: false,
    rounding: 'nearest',
    weightClipping: false,
  };
  const shapes = { model: 'shapes.h5', calibration: 'calibration.npy', samples: 20, ...quick };
  writeFileSync(at('deploy.config.json'), JSON.stringify({ models: { shapes }, profiles: [profile] }));
}, 240_000);
afterAll(() => folder.remove());

describeEmulated('a project on the board that stands in', () => {
  it('holds every instruction, by layer', async () => {
    expect((await test('--tier', 'host', '--tier', 'emu', '--update')).code).toBe(0);
    const { code, pair } = await test('--tier', 'host', '--tier', 'emu');
    expect([code, pair]).toEqual([0, expect.objectContaining({ tier: 'emu', verdict: 'passed', differences: [] })]);
    edit(/("time\.layer\.features": )\d+/, '$19');
    const moved = await test('--tier', 'emu');
    expect([moved.code, moved.pair.moved]).toEqual([6, ['time']]);
    expect(moved.pair.differences.map(({ metric }) => metric)).toEqual(['time.layer.features']);
  }, 240_000);

  it('tells of a toolchain that the baseline does not know, and holds it from the next update on', async () => {
    await test('--tier', 'emu', '--update');
    edit(board!.compiler, 'another-gcc');
    const { code, pair } = await test('--tier', 'emu');
    expect([code, pair.verdict]).toEqual([0, 'new series']);
    expect(pair.why).toContain('another-gcc');
    expect(pair.nearest).toMatchObject({ series: expect.stringContaining('another-gcc'), differences: [] });
    edit(/("time\.layer\.features": )\d+/, '$17');
    const strict = await test('--tier', 'emu', '--fail-on-new-series');
    expect([strict.code, strict.pair.verdict]).toEqual([6, 'failed']);
    expect(strict.pair.nearest!.differences.map(({ metric }) => metric)).toEqual(['time.layer.features']);
    await test('--tier', 'emu', '--update');
    expect((await test('--tier', 'emu')).pair.verdict).toBe('passed');
    expect(readFileSync(baseline(), 'utf8')).toContain('another-gcc');
  }, 240_000);
});

const hasSocat = isRequired || spawnSync('socat', ['-V']).error === undefined;
describeThere('a device', hasSocat && ofEachCore.length > 0, 'socat or an emulated board is not there', () => {
  it('is held over its port, and only with the firmware of the very model', async () => {
    await runDeploy(['shapes', '-p', profile, '-q', '-o', at('out')], { cwd: folder.path });
    const terminal = await behindTerminal(board!, profile, at('out'));
    try {
      const line = ['--tier', 'hw', '--port', terminal.path];
      expect(await test(...line)).toMatchObject({ code: 6, pair: { verdict: 'failed', tier: 'hw', error: null } });
      expect((await test(...line, '--update')).code).toBe(0);
      expect(await test(...line)).toMatchObject({
        code: 0,
        pair: { verdict: 'passed', series: expect.any(String) as string },
      });
      const config = readFileSync(at('deploy.config.json'), 'utf8');
      writeFileSync(at('deploy.config.json'), config.replace('"samples":20', '"samples":19'));
      const other = await test(...line);
      expect([other.code, other.pair.error!.code]).toEqual([9, 'DEVICE_WRONG_MODEL']);
    } finally {
      terminal.end();
    }
  }, 240_000);
});
