// The README tells the truth: its firmware compiles against the demo's output, its options and codes are those of the command.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exitCodes } from '@wherry/graph';
import { runOptions, settingKeys } from '@wherry/pipeline';
import { repositoryRoot, runDeploy, temporaryFolder } from './testing/built-command.js';
import { demoFiles } from './testing/demo-files.js';
import { describeWhere } from './testing/describe-where.js';

const readme = readFileSync(join(repositoryRoot, 'README.md'), 'utf8');

/** What the example and the exported headers call of TensorFlow Lite Micro, under the names they include. */
const standIns: Readonly<Record<string, string>> = {
  'tensorflow/lite/micro/micro_mutable_op_resolver.h': `#pragma once
typedef enum { kTfLiteOk = 0, kTfLiteError = 1 } TfLiteStatus;
namespace tflite {
template <unsigned int tOpCount> class MicroMutableOpResolver {
 public:
  TfLiteStatus AddConv2D() { return kTfLiteOk; }
  TfLiteStatus AddDepthwiseConv2D() { return kTfLiteOk; }
  TfLiteStatus AddFullyConnected() { return kTfLiteOk; }
  TfLiteStatus AddSoftmax() { return kTfLiteOk; }
};
}
`,
  'tensorflow/lite/micro/micro_interpreter.h': `#pragma once
#include <stddef.h>
#include <stdint.h>
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
struct TfLiteTensor { union { int8_t* int8; } data; };
namespace tflite {
struct Model;
class MicroInterpreter {
 public:
  template <typename Resolver> MicroInterpreter(const Model*, const Resolver&, uint8_t*, size_t) {}
  TfLiteStatus AllocateTensors() { return kTfLiteOk; }
  TfLiteStatus Invoke() { return kTfLiteOk; }
  TfLiteTensor* input(size_t) { return &tensor_; }
  TfLiteTensor* output(size_t) { return &tensor_; }
 private:
  TfLiteTensor tensor_ = {};
};
}
`,
  'tensorflow/lite/schema/schema_generated.h': `#pragma once
namespace tflite { struct Model; const Model* GetModel(const void*); }
`,
};

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
      const [, example] = /```cpp\n([^`]*)```/.exec(readme)!;
      const write = (name: string, text: string): void => {
        mkdirSync(dirname(join(folder.path, name)), { recursive: true });
        writeFileSync(join(folder.path, name), text);
      };
      write('main.cc', example!);
      for (const [name, text] of Object.entries(standIns)) write(`runtime/${name}`, text);
      const flags = ['-std=c++11', '-Wall', '-Wextra', '-Werror', '-pedantic', '-Iout', '-Iruntime', '-c'];
      for (const source of ['main.cc', 'out/model_data.cc']) {
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
  const device: readonly number[] = [
    exitCodes.deviceNotFound,
    exitCodes.linkFailed,
    exitCodes.deviceWrong,
    exitCodes.timeout,
  ];
  expect(listed).toEqual(Object.values(exitCodes).filter((code) => !device.includes(code)));
});

it('names the profiles there are', async () => {
  const { profiles } = JSON.parse((await runDeploy(['profiles', '--json'])).stdout) as {
    readonly profiles: readonly { readonly id: string }[];
  };
  const section = readme.slice(readme.indexOf('## Profiles'), readme.indexOf('## In the firmware'));
  for (const { id } of profiles) expect(section).toContain(`\`${id}\``);
});
