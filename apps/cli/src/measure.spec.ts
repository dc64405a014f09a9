// `deploy measure` and `deploy agent` as a user calls them on a machine without a device; emulated boards are in tools/boards.
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { exitCodes } from '@wherry/graph';
import { runDeploy, temporaryFolder } from './testing/built-command.js';
import { demoFiles } from './testing/demo-files.js';

const profiles = join(import.meta.dirname, '../../../device-profiles');
/** Told before the model is read. */
const foreignPort = process.platform === 'win32' ? '/dev/ttyUSB0' : 'COM3';
let folder: ReturnType<typeof temporaryFolder>;
const at = (name: string): string => join(folder.path, name);

beforeAll(async () => {
  folder = temporaryFolder();
  const demo = await demoFiles();
  const quick = ['--method', 'min-max', '--no-bias-correction', '--samples', '20', '-q'];
  const { code } = await runDeploy(['-p', 'esp32', demo.model, '-c', demo.calibration, ...quick, '-o', at('int8')]);
  expect(code).toBe(0);
}, 120_000);
afterAll(() => folder.remove());

it('writes firmware as a project once, and never over one that stands there', async () => {
  const words = ['agent', at('int8'), '--kit', 'esp-idf', '--out', at('firmware')];
  const { code, stdout, stderr } = await runDeploy(words);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/with the agent for esp32$/m);
  expect(readdirSync(at('firmware')).sort()).toEqual(['CMakeLists.txt', 'main', 'sdkconfig.defaults']);
  expect(readFileSync(at('firmware/main/agent-model.h'), 'utf8')).toContain('#define WHERRY_MODEL_PROFILE "esp32"');
  const again = await runDeploy(words);
  expect([again.code, again.stderr]).toEqual([exitCodes.usage, expect.stringMatching(/OUTPUT_NOT_OURS/)]);
});

it('takes -q as every command that works for long does, and still says what it wrote', async () => {
  const { code, stdout, stderr } = await runDeploy([
    'agent',
    at('int8'),
    '--kit',
    'esp-idf',
    '--out',
    at('quiet'),
    '-q',
  ]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/with the agent for esp32$/m);
});

it('writes firmware with plain kernels, where the core has others', async () => {
  const written = async (name: string, ...more: readonly string[]): Promise<string> => {
    const words = ['agent', at('int8'), '-p', 'esp32-c3', '--kit', 'esp-idf', '--out', at(name), ...more];
    expect((await runDeploy(words)).code).toBe(0);
    return readFileSync(join(at(name), 'main/model.c'), 'utf8');
  };
  const [own, plain] = [await written('own'), await written('plain', '--kernels', 'plain')];
  // Two pixels in a word.
  const joined = /_joined/;
  expect([joined.test(own), joined.test(plain)]).toEqual([true, false]);
});

it('writes firmware with the interpreter, its operators and its arena, where the device has it', async () => {
  const words = ['agent', at('int8'), '--kit', 'esp-idf', '--runtime', 'tflite-micro'];
  const { code, stderr } = await runDeploy([...words, '--out', at('interpreted')]);
  expect([code, stderr]).toEqual([0, '']);
  const read = (file: string): string => readFileSync(join(at('interpreted'), 'main', file), 'utf8');
  const { memory, files } = JSON.parse(readFileSync(at('int8/report.json'), 'utf8')) as {
    memory: { arenaBytes: number };
    files: { name: string; sha256: string }[];
  };
  expect(read('agent-model.h')).toContain(`#define WHERRY_MODEL_ARENA ${memory.arenaBytes}u`);
  // The same array and operators as the output has; there the name of the source stands above.
  const below = (text: string): string => text.replace(/Model: .*/, '');
  for (const file of ['model_ops.h', 'model_data.h'])
    expect(below(read(file))).toBe(below(readFileSync(join(at('int8'), file), 'utf8')));
  expect(files.map(({ name }) => name)).toContain('model_data.cc');
  expect(read('idf_component.yml')).toContain('esp-tflite-micro');
  const plain = await runDeploy([...words, '--kernels', 'plain', '--out', at('none')]);
  expect([plain.code, plain.stderr]).toEqual([exitCodes.usage, expect.stringMatching(/^SETTING_UNUSED/)]);
  const uno = [...words.slice(0, 2), '-p', 'arduino-uno', '--kit', 'arduino', ...words.slice(4), '--out', at('none')];
  const other = await runDeploy(uno);
  expect([other.code, other.stderr]).toEqual([exitCodes.usage, expect.stringMatching(/^AGENT_RUNTIME/)]);
});

it('refuses a kit of other chips, and names those that build for it', async () => {
  const { code, stderr } = await runDeploy(['agent', at('int8'), '--kit', 'pico', '--out', at('other')]);
  expect([code, stderr]).toEqual([exitCodes.usage, expect.stringMatching(/AGENT_KIT: .*\n.*--kit esp-idf or arduino/)]);
});

it.each([
  ['a core without a board of its own', ['-p', 'cortex-m33'], exitCodes.usage, 'AGENT_KIT: PlatformIO has no board'],
  ['no library', ['-p', 'stm32h7', '--runtime', 'tflite-micro'], exitCodes.usage, 'AGENT_KIT: there is no Arduino lib'],
])('refuses firmware for Arduino with %s', async (_, words, exitCode, says) => {
  const given = ['agent', at('int8'), '--kit', 'arduino', ...words, '--out', at('none')];
  const { code, stderr } = await runDeploy(given);
  expect([code, stderr]).toEqual([
    exitCode,
    expect.stringMatching(new RegExp(`^${says}.*\\n(.*\\n)*  next  take --kit`)),
  ]);
});

it('writes firmware for the board of the profile', async () => {
  const { code } = await runDeploy(['agent', at('int8'), '--kit', 'arduino', '-p', 'stm32h7', '--out', at('board')]);
  expect(code).toBe(0);
  expect(readFileSync(at('board/platformio.ini'), 'utf8')).toMatch(/platform = ststm32\nboard = nucleo_h743zi\n/);
});

it('writes no firmware around a model that the device has no room for', async () => {
  const roomless = JSON.parse(readFileSync(join(profiles, 'esp32.json'), 'utf8')) as { memory: { flash: object } };
  roomless.memory.flash = { ...roomless.memory.flash, reservedBytes: 4_194_000 };
  writeFileSync(at('full.json'), JSON.stringify({ ...roomless, id: 'full', aliases: [] }));
  const words = ['agent', at('int8'), '--kit', 'esp-idf', '-p', at('full.json'), '--out', at('none')];
  const { code, stderr } = await runDeploy(words);
  expect([code, stderr]).toEqual([exitCodes.doesNotFit, expect.stringMatching(/^MODEL_DOES_NOT_FIT/)]);
});

it('does not take the report of one model for another that was put in its place', async () => {
  cpSync(at('int8'), at('exchanged'), { recursive: true });
  const model = readFileSync(at('exchanged/model.tflite'));
  writeFileSync(at('exchanged/model.tflite'), Buffer.concat([model, Buffer.alloc(16)]));
  const refusal = [exitCodes.modelRejected, expect.stringMatching(/^MEASURE_MODEL: model.tflite was changed since/)];
  const measured = await runDeploy(['measure', at('exchanged'), '-p', 'rp2040', '--emulate', '-q']);
  expect([measured.code, measured.stderr]).toEqual(refusal);
  const firmware = await runDeploy(['agent', at('exchanged'), '--kit', 'esp-idf', '--out', at('none')]);
  expect([firmware.code, firmware.stderr]).toEqual(refusal);
});

it('does not write its trace over a model', async () => {
  cpSync(at('int8/model.tflite'), at('precious.tflite'));
  const words = ['measure', at('int8'), '-p', 'esp32', '--port', '/dev/none', '--trace', at('precious.tflite')];
  const { code, stderr } = await runDeploy(words);
  expect([code, stderr]).toEqual([exitCodes.environment, expect.stringMatching(/^TRACE_NOT_WRITTEN/)]);
  expect(readFileSync(at('precious.tflite'))).toEqual(readFileSync(at('int8/model.tflite')));
});

it('ends where its trace cannot be written', async () => {
  const { code, stderr } = await runDeploy(['measure', at('int8'), '-p', 'rp2040', '--emulate', '--trace', at('no/t')]);
  expect([code, stderr]).toEqual([exitCodes.environment, expect.stringMatching(/^TRACE_NOT_WRITTEN/)]);
});

it('says when it is stopped that the trace so far is there, and of none that is not', async () => {
  let stop = (): void => undefined;
  const server = createServer((socket) => socket.on('data', () => stop())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const words = ['measure', at('int8'), '--port', `tcp://127.0.0.1:${port}`, '--wait', '60', '--json'];
  const stopped = async (more: readonly string[]): Promise<string> => {
    const { code, stdout } = await runDeploy([...words, ...more], {
      onStart: (child) => void (stop = () => void child.kill('SIGINT')),
    });
    expect(code).toBe(exitCodes.interrupted);
    return (JSON.parse(stdout) as { readonly error: { readonly what: string } }).error.what;
  };
  expect(await stopped([])).toContain('nothing was written');
  const trace = at('stopped.trace');
  expect(await stopped(['--trace', trace])).toContain(`only the trace so far in ${trace} was written`);
  server.close();
  const { stderr } = await runDeploy(['measure', at('int8'), '--replay', trace]);
  expect(stderr).toMatch(/TRACE_ENDS/);
});

it.each([
  ['that has the agent', []],
  ['that speaks text', ['--dialect', 'mlperf']],
])('waits for a device %s as long as it is told', async (_, words) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const where = ['--port', `tcp://127.0.0.1:${port}`, '--wait', '1'];
  const { code, stderr } = await runDeploy(['measure', at('int8'), ...where, ...words, '-q']);
  server.close();
  expect([code, stderr]).toEqual([
    exitCodes.linkFailed,
    expect.stringMatching(/^DEVICE_SILENT: .* for 1 s\n {2}at [^]*give --wait SECONDS/),
  ]);
});

it.each([
  ['nothing.tflite', '', 'the file is empty', 'next  write, copy or download the model again'],
  [
    'pointer.tflite',
    'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 4\n',
    'the file is a pointer of Git LFS',
    'git lfs pull',
  ],
  ['model.keras', 'PK\u0003\u0004', 'the file is a zip archive', 'next  deploy the model first'],
  ['model.h5', '\u0089HDF\r\n\u001a\n', 'the file is an HDF5 file', 'next  deploy the model first'],
  ['model.onnx', '\b\u0007\u0012\u0005', 'the file is an ONNX model', 'onnx2tf [^]*; then deploy the model'],
])('says what %s is that cannot be measured, and what to do', async (name, content, is, next) => {
  writeFileSync(at(name), content, 'latin1');
  const { code, stderr } = await runDeploy(['measure', at(name), '-p', 'rp2040', '--emulate', '-q']);
  expect(code).toBe(exitCodes.modelRejected);
  expect(stderr).toMatch(new RegExp(`^MEASURE_MODEL: ${is}[^]*${next}`));
});

it.each([
  ['nothing to measure on', ['int8'], exitCodes.usage, 'MEASURE_WHERE'],
  ['two places at once', ['int8', '--emulate', '--port', 'auto'], exitCodes.usage, 'MEASURE_WHERE'],
  ['a model that is no .tflite', ['int8/report.json', '--emulate'], exitCodes.modelRejected, 'MEASURE_MODEL'],
  ['no profile', ['int8/model.tflite', '--emulate'], exitCodes.usage, 'MEASURE_WHERE'],
  ['a device that nothing stands in for', ['int8', '--emulate'], exitCodes.usage, 'MEASURE_NO_STAND_IN'],
  ['a port that is not there', ['int8', '--port', '/dev/none'], exitCodes.deviceNotFound, 'PORT_NOT_FOUND'],
  ['a port that is none', ['int8', '--port', 'udp://x'], exitCodes.usage, 'PORT_'],
  ['a port of another system', ['nowhere', '--port', foreignPort], exitCodes.usage, 'PORT_SPEC'],
  [
    'preprocessing of no data',
    ['int8', '--emulate', '--preprocess', 'divideBy=255'],
    exitCodes.usage,
    'SETTING_UNUSED',
  ],
  ['kernels of a device', ['int8', '--port', '/dev/none', '--kernels', 'both'], exitCodes.usage, 'SETTING_UNUSED'],
  ['text of an emulated board', ['int8', '--emulate', '--dialect', 'mlperf'], exitCodes.usage, 'SETTING_UNUSED'],
  [
    'a port that is to be found by text',
    ['int8', '--port', 'auto', '--dialect', 'mlperf'],
    exitCodes.usage,
    'SETTING_UNUSED',
  ],
  [
    'another model that is none',
    ['int8', '--port', '/dev/none', '-a', 'nowhere.h5'],
    exitCodes.usage,
    'MODEL_UNREADABLE',
  ],
  ['a speed of no port', ['int8', '--emulate', '--baud', '9600'], exitCodes.usage, 'SETTING_UNUSED'],
  ['to wait for an emulated board', ['int8', '--emulate', '--wait', '20'], exitCodes.usage, 'SETTING_UNUSED'],
])('refuses %s', async (_, [model, ...words], exitCode, says) => {
  const { code, stdout, stderr } = await runDeploy(['measure', at(model!), ...words, '-q']);
  expect([code, stdout]).toEqual([exitCode, '']);
  expect(stderr).toMatch(new RegExp(`^${says}.*\\n(.*\\n)*  next  `));
});
