// The README tells the truth: its firmware compiles against the demo's output, its options and codes are those of the command.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exitCodes } from '@wherry/graph';
import { readProfileFolder, runOptions, settingKeys } from '@wherry/pipeline';
import { hasRowsFor, schemeNames, type SchemeName } from '@wherry/profiles';
import { repositoryRoot, runDeploy, temporaryFolder } from './testing/built-command.js';
import { demoFiles } from './testing/demo-files.js';
import { describeWhere } from './testing/describe-where.js';
import { firmwareStandIns } from './testing/firmware-stand-ins.js';

const readme = readFileSync(join(repositoryRoot, 'README.md'), 'utf8');

const blocksOf = (language: string): readonly string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([^\`]*)\`\`\``, 'g'))].map(([, text]) => text!);

describeWhere(spawnSync('g++', ['--version']).status === 0, 'g++ is not there', 'the firmware of the README', () => {
  it('compiles with the files of the demo, warnings being errors', async () => {
    const folder = temporaryFolder();
    try {
      const demo = await demoFiles();
      const { code } = await runDeploy([
        '-p',
        'esp32',
        demo.model,
        '-c',
        demo.calibration,
        '--labels',
        demo.labels,
        '--method',
        'min-max',
        '--no-bias-correction',
        '-q',
        '-o',
        join(folder.path, 'out'),
      ]);
      expect(code).toBe(0);
      const examples = blocksOf('cpp');
      expect(examples.map((text) => /\b(main|app_main)\(/.exec(text)?.[1])).toEqual(['main', 'app_main']);
      const write = (name: string, text: string): void => {
        mkdirSync(dirname(join(folder.path, name)), { recursive: true });
        writeFileSync(join(folder.path, name), text);
      };
      examples.forEach((text, at) => write(`main${at}.cc`, text));
      for (const [name, text] of Object.entries(firmwareStandIns)) write(`runtime/${name}`, text);
      const flags = ['-std=c++11', '-Wall', '-Wextra', '-Werror', '-pedantic', '-Iout', '-Iruntime', '-c'];
      for (const source of ['main0.cc', 'main1.cc', 'out/model_data.cc']) {
        const { status, stderr } = spawnSync('g++', [...flags, source, '-o', `${source}.o`], {
          cwd: folder.path,
          encoding: 'utf8',
        });
        expect([stderr, status]).toEqual(['', 0]);
      }
    } finally {
      folder.remove();
    }
  }, 180_000);
});

it('asks ESP-IDF for what the profiles say, and names files that are there', async () => {
  const { profiles } = JSON.parse((await runDeploy(['profiles', '--json'])).stdout) as {
    readonly profiles: readonly {
      readonly id: string;
      readonly runtime: { readonly from: string; readonly needs?: readonly { component: string; from: string }[] };
    }[];
  };
  const runtimeOf = (id: string) => profiles.find((each) => each.id === id)!.runtime;
  const wanted = [
    `  espressif/esp-tflite-micro: '^${runtimeOf('esp32').from}'`,
    ...runtimeOf('esp32-s3').needs!.map(({ component, from }) => `  ${component}: '>=${from}'`),
  ];
  expect(blocksOf('yaml')).toEqual([`dependencies:\n${wanted.join('\n')}\n`]);
  expect(runtimeOf('esp32-s3').from).toBe(runtimeOf('esp32').from);
  expect(blocksOf('cmake').join('')).toContain('SRCS "main.cc" "model/model_data.cc" INCLUDE_DIRS "." "model"');
  const { memory } = JSON.parse(readFileSync(join(repositoryRoot, 'device-profiles', 'esp32.json'), 'utf8')) as {
    readonly memory: { readonly ram: { readonly blocks: { readonly allocation: string } } };
  };
  const [, memoryKind] = /heap_caps_aligned_alloc\(16, BYTES, (.*)\)/.exec(memory.ram.blocks.allocation)!;
  const example = blocksOf('cpp')[1]!;
  expect(example).toContain(`memory = ${memoryKind};`);
  expect(example).toContain('heap_caps_aligned_alloc(16, G_MODEL_ARENA_BYTES, memory)');
});

it('shows what the command prints for the demo', async () => {
  const folder = temporaryFolder();
  try {
    const demo = await demoFiles();
    const args = [
      '-p',
      'esp32',
      demo.model,
      '-c',
      demo.calibration,
      '-e',
      demo.evaluation,
      '--labels',
      demo.labels,
      '-q',
      '-o',
      join(folder.path, 'out'),
    ];
    const { stdout } = await runDeploy(args);
    const [, shown] = /hashes\):\n\n```\n([^`]*)```/.exec(readme)!;
    expect(shown!.trimEnd().split('\n')).toEqual(
      stdout
        .replace(/ +sha256 [0-9a-f]+/g, '')
        .trimEnd()
        .split('\n'),
    );
  } finally {
    folder.remove();
  }
}, 180_000);

it('lists every option of the main job, and no other', async () => {
  const optionsOf = (text: string): string[] => [...new Set(text.match(/(?<![\w-])--[a-z][a-z-]+/g))].sort();
  const help = (await runDeploy(['--help'])).stdout;
  const table = readme.slice(readme.indexOf('## Options'), readme.indexOf('The configuration has'));
  expect(optionsOf(table)).toEqual(optionsOf(help).filter((option) => !['--help', '--version'].includes(option)));
});

it('says of every option whether a configuration file can hold it, and tells the truth', async () => {
  const help = (await runDeploy(['--help'])).stdout;
  const names = [...new Set(help.match(/(?<= )--[a-z][a-z-]+/g))]
    .map((name) => name.slice(2).replace(/^no-/, ''))
    .map((name) => (name === 'preprocess' ? 'preprocessing' : name))
    .map((name) => name.replace(/-[a-z]/g, (letter) => letter[1]!.toUpperCase()));
  const options = names.filter((name) => !['help', 'version'].includes(name));
  expect([...options, 'model'].sort()).toEqual([...settingKeys, ...runOptions].sort());
  const said = help.replace(/\s+/g, ' ');
  const section = readme.slice(readme.indexOf('The configuration has'), readme.indexOf('```json'));
  for (const name of runOptions.filter((each) => each !== 'config')) {
    expect(said).toMatch(new RegExp(`camel case, but for [^(]*\\b${name}\\b`));
    expect(section).toContain(`\`--${name}\``);
  }
});

it('lists the exit codes that this version uses', () => {
  const table = readme.slice(readme.indexOf('## Exit codes'), readme.indexOf('## What is not'));
  const listed = [...table.matchAll(/^\| (\d+) +(?=\|)/gm)].map(([, code]) => Number(code)).sort((a, b) => a - b);
  expect(listed).toEqual(Object.values(exitCodes));
});

it('says which schemes there are, and which runtimes have kernels for them', async () => {
  const { runtimes } = await readProfileFolder();
  const section = readme.slice(readme.indexOf('## Schemes'), readme.indexOf('## Options'));
  const rows = new Map(
    [...section.matchAll(/^\| `([a-z0-9-]+)` .*$/gm)].map(([row, name]) => [
      name!,
      row.split('|').map((cell) => cell.trim()),
    ]),
  );
  expect([...rows.keys()].sort()).toEqual([...schemeNames].sort());
  const has = (runtime: string, scheme: SchemeName): string => {
    const kernels = runtimes.get(runtime)!;
    const widens = kernels.operators['DEQUANTIZE']?.rows.some(({ activations }) => activations === 'float16') === true;
    return hasRowsFor(kernels, scheme) && (scheme !== 'float16' || widens) ? 'yes' : 'no';
  };
  for (const scheme of schemeNames) {
    const [calibrated, ...columns] = rows.get(scheme)!.slice(4, 9);
    expect([scheme, calibrated]).toEqual([scheme, scheme.startsWith('int') ? 'yes' : 'no']);
    const columnsOf = ['tflm-esp-nn', 'litert-xnnpack', 'litert-gpu', 'edgetpu'].map((runtime) => has(runtime, scheme));
    expect([scheme, ...columns]).toEqual([scheme, ...columnsOf]);
    expect(['tflm-cmsis-nn', 'tflm-reference'].map((runtime) => has(runtime, scheme))).toEqual([
      columns[0],
      columns[0],
    ]);
  }
  const help = (await runDeploy(['--help'])).stdout;
  for (const text of [help, readme.slice(0, readme.indexOf('## Options')).replace(/```[^`]*```/g, '')])
    expect(text).not.toMatch(/(the|a proven) int8 (model|\.tflite)\b/);
});

it('names the profiles there are', async () => {
  const { profiles } = JSON.parse((await runDeploy(['profiles', '--json'])).stdout) as {
    readonly profiles: readonly { readonly id: string }[];
  };
  const section = readme.slice(readme.indexOf('## Profiles'), readme.indexOf('## In the firmware'));
  for (const { id } of profiles) expect(section).toContain(`\`${id}\``);
});
