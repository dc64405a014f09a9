// `deploy measure --dialect mlperf` through the built command: the agent as a program of this machine behind a terminal, asked in text alone.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Measurement } from '@wherry/pipeline';
import { runDeploy, temporaryFolder } from '../../apps/cli/src/testing/built-command.js';
import { demoFiles } from '../../apps/cli/src/testing/demo-files.js';
import { agentFirmware } from '../../packages/pipeline/src/measure/agent-firmware.js';
import { readMeasured } from '../../packages/pipeline/src/measure/measured-model.js';
import { buildFolder, describeThere, type BuildFolder } from '../testing/src/index.js';
import { isRequired, measure } from './measured-boards.js';

const hasTools = isRequired || ['socat', 'gcc'].every((tool) => spawnSync(tool, ['--version']).error === undefined);

describeThere('a board that speaks the text of MLPerf Tiny', hasTools, 'socat or gcc is not there', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let build: BuildFolder;
  let model: string;
  const running: ChildProcess[] = [];
  beforeAll(async () => {
    folder = temporaryFolder();
    build = buildFolder();
    const demo = await demoFiles();
    const quick = ['--method', 'min-max', '--no-bias-correction', '--samples', '20', '-q'];
    model = join(folder.path, 'demo');
    const words = ['-p', 'rp2040', demo.model, '-c', demo.calibration, ...quick, '-o', model];
    expect((await runDeploy(words)).code).toBe(0);
  }, 240_000);
  afterEach(() => running.splice(0).forEach((each) => each.kill()));
  afterAll(() => {
    build.remove();
    folder.remove();
  });

  /** The agent around the model, with `change` made to its C, behind a terminal. */
  async function terminal(name: string, change: (text: string) => string = (text) => text): Promise<string> {
    const { files, sources, flags } = agentFirmware(
      await readMeasured(model),
      { simd: null },
      'posix',
      'host-reference',
    );
    build.write(new Map([...files].map(([path, text]) => [path, path === 'model.c' ? change(text) : text])));
    build.build(['-std=c11', '-O2', ...sources, ...flags, '-DWHERRY_MLPERF_BYTES=1024u'], name);
    const path = join(folder.path, name);
    const socat = spawn('socat', [`PTY,link=${path},raw,echo=0`, `EXEC:${build.path}/${name}`], { stdio: 'ignore' });
    running.push(socat);
    for (let tries = 0; !existsSync(path); tries++) {
      if (tries > 200) throw new Error('socat made no terminal');
      await wait(50);
    }
    return path;
  }

  const words = (path: string): string[] => [model, '-p', 'host-reference', '--port', path, '--dialect', 'mlperf'];

  it('is held against the first output of the reference, and again from a trace', async () => {
    const trace = join(folder.path, 'trace');
    const settings = ['--samples', '6', '--parity-only', '--json', '-q'];
    const live = await measure(...words(await terminal('right')), ...settings, '--trace', trace);
    expect([live.status, live.stderr]).toEqual([0, '']);
    const measurement = JSON.parse(live.stdout) as Measurement;
    expect(measurement.parity).toMatchObject({ verdict: 'close', printed: true, inputs: 6, differing: [] });
    const replayed = [model, '-p', 'host-reference', '--replay', trace, '--dialect', 'mlperf', ...settings];
    const again = await measure(...replayed);
    expect([again.status, again.stderr]).toEqual([0, '']);
    expect((JSON.parse(again.stdout) as Measurement).parity).toEqual(measurement.parity);
    // One result changed in what was heard.
    const lines = readFileSync(trace, 'utf8');
    expect(lines).toContain('"data"');
    writeFileSync(trace, lines.replace(/"data":"(..)/, '"data":"00'));
    expect((await measure(...replayed)).stderr).toMatch(/^TRACE_DAMAGED/);
  }, 120_000);

  it('is found out where a weight is another', async () => {
    // The first bias of the last layer.
    const wrong = (text: string): string => {
      const at = text.lastIndexOf('static const int32_t ');
      expect(at).toBeGreaterThan(0);
      return text.slice(0, at) + text.slice(at).replace(/\{\s*-?\d+/, (first) => first.replace(/-?\d+/, '32000'));
    };
    const settings = ['--samples', '6', '--parity-only', '--json', '-q'];
    const { status, stdout } = await measure(...words(await terminal('wrong', wrong)), ...settings);
    expect(status).toBe(6);
    expect((JSON.parse(stdout) as Measurement).parity).toMatchObject({ verdict: 'different', printed: true });
  }, 120_000);
});
