// The output folder: replaced as a whole, never at the cost of somebody's files.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { recoverOutput, requireOwnDirectory, writeOutputDirectory, type Written } from './output-directory.js';
import { listFiles, sealed, type FileContent, type OutputFiles } from './output-mark.js';

let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'wherry-output-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A set with its list. */
function setOf(text: string, more: readonly string[] = ['b.bin']): OutputFiles {
  const files = new Map<string, string>([
    ['a.txt', text],
    ...more.map((name): [string, string] => [name, `${text} ${name}`]),
  ]);
  return files.set('report.json', sealed({ tool: { name: 'wherry', version: '1' }, files: listFiles(files) }));
}

const write = (text: string, signal?: AbortSignal): Promise<Written> =>
  writeOutputDirectory(at('deep/out'), setOf(text), { signal });

/** Puts a set into a folder as an earlier run would have left it. */
function place(name: string, files: OutputFiles): void {
  mkdirSync(at(name), { recursive: true });
  for (const [file, content] of files)
    writeFileSync(
      at(`${name}/${file}`),
      content instanceof Uint8Array ? content : typeof content === 'string' ? content : [...content].join(''),
    );
}

const text = (name = 'deep/out/a.txt'): string => readFileSync(at(name), 'utf8');

it('makes the folder, replaces it, and leaves nothing else', async () => {
  await write('first');
  await write('second');
  expect([text(), readdirSync(at('deep/out')).sort(), readdirSync(at('deep'))]).toEqual([
    'second',
    ['a.txt', 'b.bin', 'report.json'],
    ['out'],
  ]);
});

it('drops a file that the new set does not have', async () => {
  await write('first');
  await writeOutputDirectory(at('deep/out'), setOf('alone', []));
  expect(readdirSync(at('deep/out')).sort()).toEqual(['a.txt', 'report.json']);
});

it('replaces no dump by an output and no output by a dump', async () => {
  const dump = new Map([['a.txt', 'x']]);
  const dumped = new Map(dump).set('files.json', sealed({ tool: { name: 'wherry' }, files: listFiles(dump) }));
  await write('first');
  await expect(requireOwnDirectory(at('deep/out'), 'files.json')).rejects.toThrow(
    'OUTPUT_NOT_OURS: it holds an output',
  );
  await expect(writeOutputDirectory(at('deep/out'), dumped)).rejects.toThrow(
    'a dump or a measurement is to be written',
  );
  expect(text()).toBe('first');
  await writeOutputDirectory(at('dump'), dumped);
  await writeOutputDirectory(at('dump'), dumped);
  await expect(writeOutputDirectory(at('dump'), setOf('x'))).rejects.toThrow('it holds a dump or a measurement');
});

it('names the folder above that takes nothing', async () => {
  writeFileSync(at('file'), '');
  await expect(writeOutputDirectory(at('file/out'), setOf('x'))).rejects.toThrow(`of ${at('file')}: ENOTDIR`);
});

describe('what is not its own', () => {
  it.each<[string, () => void, string]>([
    ['a file more', () => writeFileSync(at('deep/out/notes'), 'mine'), '"notes" in it was not written by this tool'],
    ['a folder more', () => mkdirSync(at('deep/out/notes')), '"notes" in it was not written by this tool'],
    ['a name in other letters', () => renameSync(at('deep/out/a.txt'), at('deep/out/A.txt')), '"A.txt" in it was not'],
    ['a changed file', () => writeFileSync(at('deep/out/b.bin'), 'mine'), '"b.bin" in it was changed'],
    [
      'a changed file of the same length',
      () => writeFileSync(at('deep/out/b.bin'), 'first b.BIN'),
      '"b.bin" in it was changed',
    ],
    [
      'a link in the place of a file',
      () => {
        renameSync(at('deep/out/b.bin'), at('b.bin'));
        symlinkSync(at('b.bin'), at('deep/out/b.bin'));
      },
      '"b.bin" in it was changed',
    ],
    [
      'a changed list',
      () => writeFileSync(at('deep/out/report.json'), text('deep/out/report.json').replace('"1"', '"2"')),
      '"report.json" in it was changed',
    ],
    ['no list', () => unlinkSync(at('deep/out/report.json')), '"a.txt" in it was not written by this tool'],
    [
      'a list of others',
      () => writeFileSync(at('deep/out/report.json'), '{"files": []}'),
      '"report.json" in it was not written',
    ],
  ])('is kept: %s', async (_, change, says) => {
    await write('first');
    change();
    const before = readdirSync(at('deep/out')).sort();
    await expect(requireOwnDirectory(at('deep/out'))).rejects.toThrow(`OUTPUT_NOT_OURS: ${says}`);
    await expect(write('second')).rejects.toThrow(`OUTPUT_NOT_OURS: ${says}`);
    expect([readdirSync(at('deep/out')).sort(), readdirSync(at('deep'))]).toEqual([before, ['out']]);
  });

  it('is any folder without a list, whatever the names in it are', async () => {
    place('mine', new Map([['model.tflite', 'my model']]));
    await expect(writeOutputDirectory(at('mine'), setOf('x'))).rejects.toThrow('"model.tflite" in it was not written');
    expect(text('mine/model.tflite')).toBe('my model');
  });

  it('is a link, a file, the current folder and what holds it', async () => {
    mkdirSync(at('deep'));
    symlinkSync(at('deep'), at('link'));
    writeFileSync(at('file'), '');
    await expect(requireOwnDirectory(at('link'))).rejects.toThrow('symbolic link');
    await expect(requireOwnDirectory(at('file'))).rejects.toThrow('it is a file');
    await expect(requireOwnDirectory('.')).rejects.toThrow('current folder');
    await expect(requireOwnDirectory('/')).rejects.toThrow('OUTPUT_NOT_OURS');
  });
});

it('replaces what was written before lists were sealed, and what a file manager left', async () => {
  const files = setOf('older');
  const { seal: _, ...report } = JSON.parse(files.get('report.json') as string) as { seal: string };
  place('deep/out', new Map([...files, ['report.json', `${JSON.stringify(report)}\n`], ['.DS_Store', 'icons']]));
  await write('second');
  expect([text(), readdirSync(at('deep/out')).length]).toEqual(['second', 3]);
  place('old', new Map([...files, ['report.json', JSON.stringify(report)], ['b.bin', 'changed']]));
  await expect(requireOwnDirectory(at('old'))).rejects.toThrow('"b.bin" in it was changed');
});

it('takes what macOS keeps beside a file on a foreign disk for a part of it, and nothing else of that form', async () => {
  await write('first');
  for (const name of ['._a.txt', '._report.json']) writeFileSync(at(`deep/out/${name}`), 'attributes');
  await write('second');
  expect(readdirSync(at('deep/out')).sort()).toEqual(['a.txt', 'b.bin', 'report.json']);
  writeFileSync(at('deep/out/._notes'), 'mine');
  await expect(write('third')).rejects.toThrow('"._notes" in it was not written by this tool');
});

describe('after a killed run', () => {
  it('brings back what it had moved aside', async () => {
    place('deep/.out.wherry-old', setOf('older'));
    await recoverOutput(at('deep/out'));
    expect([text(), readdirSync(at('deep'))]).toEqual(['older', ['out']]);
  });

  it('removes what it had moved aside and replaced', async () => {
    await write('first');
    place('deep/.out.wherry-old', setOf('older'));
    await recoverOutput(at('deep/out'));
    expect([text(), readdirSync(at('deep'))]).toEqual(['first', ['out']]);
  });

  it('keeps what somebody has put where it had moved things', async () => {
    await write('first');
    place('deep/.out.wherry-old', new Map([['mine.txt', 'mine']]));
    await expect(write('second')).rejects.toThrow('OUTPUT_NOT_OURS: "mine.txt"');
    expect([text(), text('deep/.out.wherry-old/mine.txt')]).toEqual(['first', 'mine']);
  });

  // No process has a number as high.
  const gone = 2 ** 22 + 1;

  it('removes its fresh folder, and takes over its lock', async () => {
    await write('first');
    const names = readdirSync(at('deep'));
    const fresh = freshName(await caught(() => write('second', AbortSignal.abort(new Error('stop')))));
    place(`deep/${fresh.replace(String(process.pid), String(gone))}`, setOf('half'));
    writeFileSync(at('deep/.out.wherry-lock'), `${gone} 0123456789ab ${hostname()}\n`);
    await write('third');
    expect([text(), readdirSync(at('deep'))]).toEqual(['third', names]);
  });

  it('leaves alone the fresh folder of a run that goes on', async () => {
    const fresh = freshName(await caught(() => write('second', AbortSignal.abort(new Error('stop')))));
    place(`deep/${fresh.replace(String(process.pid), String(process.ppid))}`, setOf('half'));
    await write('third');
    expect(readdirSync(at('deep'))).toHaveLength(2);
  });

  /** The name of the fresh folder that a run makes, seen while it is there. */
  function freshName(names: readonly string[]): string {
    return names.find((name) => name.endsWith('.wherry-new'))!;
  }

  /** What stands beside the output while a run is stopped between its files. */
  async function caught(run: () => Promise<unknown>): Promise<readonly string[]> {
    const seen = new Set<string>();
    let running = true;
    const watching = (async (): Promise<void> => {
      while (running) {
        if (existsSync(at('deep'))) for (const name of readdirSync(at('deep'))) seen.add(name);
        await new Promise((next) => setImmediate(next));
      }
    })();
    for (let again = 0; again < 200 && ![...seen].some((name) => name.endsWith('.wherry-new')); again++)
      await run().catch(() => undefined);
    running = false;
    await watching;
    return [...seen];
  }
});

it('lets runs take turns: the last one wins whole, and is told of the other', async () => {
  const before = await requireOwnDirectory(at('deep/out'));
  const runs = Array.from({ length: 8 }, (_, run) =>
    writeOutputDirectory(at('deep/out'), setOf(`run ${run}`), { before }),
  );
  const written = await Promise.all(runs);
  expect(written.filter(({ replacedAnother }) => !replacedAnother)).toHaveLength(1);
  expect([text('deep/out/b.bin'), readdirSync(at('deep'))]).toEqual([`${text()} b.bin`, ['out']]);
  await expect(requireOwnDirectory(at('deep/out'))).resolves.toEqual({ mark: text('deep/out/report.json') });
});

it('heeds a request to stop and cleans up', async () => {
  await write('first');
  await expect(write('second', AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  expect([text(), readdirSync(at('deep'))]).toEqual(['first', ['out']]);
});

it('takes plain names only, and a list with them', async () => {
  const evil = new Map([...setOf('x'), ['../evil', '']]);
  await expect(writeOutputDirectory(at('out'), evil)).rejects.toThrow('../evil');
  await expect(writeOutputDirectory(at('out'), new Map([['a.txt', '']]))).rejects.toThrow('no list');
  expect(readdirSync(folder)).toEqual([]);
});

it('writes and lists what comes in pieces as it does the whole', async () => {
  const pieces = ['ä'.repeat(70_000), 'b', ''];
  const files = new Map([['a.txt', pieces]]);
  const list = listFiles(files);
  expect(list).toEqual(listFiles(new Map([['a.txt', pieces.join('')]])));
  const document = { tool: { name: 'wherry', version: '0.1.0' }, files: list };
  const write = () =>
    writeOutputDirectory(at('pieces'), new Map<string, FileContent>([...files, ['report.json', sealed(document)]]));
  await write();
  expect(text('pieces/a.txt')).toBe(pieces.join(''));
  // What was written is known again.
  await write();
});
