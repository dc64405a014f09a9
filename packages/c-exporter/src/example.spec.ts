// The examples for applications, whatever the model is called: JavaScript and C++ are run with stand-ins for their runtimes,
// Kotlin and Swift are read: brackets close, and every name is one of the language, of the runtime or of the file itself.
import { execFileSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import { exampleNames, type ExampleName } from '@wherry/profiles';
import type { ExampleModel } from './examples/example-model.js';
import { exportExample } from './examples/export-example.js';
import { cppStandIns, liteRtJsStandIn } from './testing/application-stand-ins.js';
import { namesOf, unclosed, wordsOfKotlin, wordsOfSwift } from './testing/read-source.js';
import { buildFolder, describeCompiled, type BuildFolder } from '@wherry/testing';
import { everyType, hostile, sampleExample } from './testing/sample-example.js';

function exported(
  example: ExampleName,
  change: Partial<ExampleModel> = {},
): { readonly file: string; readonly text: string } {
  const [file, { text }] = exportExample(sampleExample(example, change));
  return { file, text };
}

const two = [{ name: 'p', shape: [1], dtype: 'float32', labels: ['no', 'yes'] }] as const;
const changes: readonly (readonly [string, Partial<ExampleModel>])[] = [
  ['labels', {}],
  ['every type', everyType],
  ['one value with two labels', { outputs: two }],
  ['no labels', { outputs: [{ name: 'p', shape: [2, 4], dtype: 'float32' }], halfPrecision: false }],
];

it.each(exampleNames)('says in the example %s what the model is, in ASCII', (example) => {
  const { file, text } = exported(example, everyType);
  expect(file).toMatch(/^wake_word_example\.(kt|swift|js|cc)$/);
  expect(text).toMatch(/^[\n -~]*$/);
  expect(text).toContain('wake_word.tflite');
  expect(text).toContain('profile a-device: a-runtime 2.1.0 or later');
  expect(text).toContain('Input 0, a: int8[1, 4], 4 values, real = 0.5 * (stored - 3).');
  expect(text).toContain('Output 0, e: int8[4], 4 values, real = 2 * (stored + 1), 4 labels.');
});

it('asks for float16 where the numbers were made for it, and else for float32', () => {
  const asked = (halfPrecision: boolean): readonly boolean[] => [
    exported('kotlin-gpu', { halfPrecision }).text.includes('Precision.FP16)'),
    exported('swift-metal', { halfPrecision }).text.includes('isPrecisionLossAllowed = true'),
    exported('js-webgpu', { halfPrecision }).text.includes("precision: 'fp16'"),
  ];
  expect(asked(true)).toEqual([true, true, true]);
  expect(asked(false)).toEqual([false, false, false]);
  expect(exported('kotlin-cpu').text).not.toContain('GpuOptions');
});

it('names the values with labels only where there is one for each, or two for one', () => {
  const labels = ['a', 'b', 'c', 'd'];
  const outputs = [{ name: 'p', shape: [3, 4], dtype: 'float32', labels }] as const;
  for (const example of exampleNames)
    expect(exported(example, { outputs }).text.toLowerCase()).not.toMatch(/labels *[=[(]/);
});

it('refuses a name that no file can have', () => {
  expect(() => exported('js-webgpu', { name: '../x' })).toThrow(/EXPORT_NAME/);
});

describe.each(changes)('with %s', (_, change) => {
  it.each([
    ['kotlin-cpu', wordsOfKotlin],
    ['kotlin-gpu', wordsOfKotlin],
    ['swift-metal', wordsOfSwift],
  ] as const)('%s closes what it opens and uses no unknown name', (example, words) => {
    const { text } = exported(example, change);
    expect(unclosed(text)).toBe('');
    expect([...namesOf(text)].filter((name) => !words.has(name) && !/^(input\d|WakeWordExample)$/.test(name))).toEqual(
      [],
    );
  });
});

describe('in Kotlin', () => {
  const { text } = exported('kotlin-cpu', everyType);
  const bits = { and: '&', or: '|', shl: '<<', shr: '>>' };

  /** A part of the text, computed. Its words between numbers are operators of bits, whose order the brackets say. */
  function computed(part: RegExp, names: { readonly [name: string]: unknown }): unknown {
    const script = part
      .exec(text)![1]!
      .replaceAll('.toInt()', '')
      .replace(/(\d)f\b/g, '$1')
      .replace(/\b(and|or|shl|shr)\b/g, (word) => bits[word as keyof typeof bits]);
    return runInNewContext(script, { ...names });
  }

  it('a value of 16 bits is two bytes, the low one first, in and out', () => {
    // As the function of the file, at a scale of 1.
    const stored = (real: number): number => real;
    for (const value of [0, 1, -1, 258, -32768, 32767]) {
      // Half of 1 is 0 there.
      const input = { input2: { 0: value, 0.5: value } };
      const bytes = Int8Array.from([0, 1], (it) =>
        Number(computed(/2 \* input2\.size\) \{ (\(stored\(.*?)\.toByte/, { it, ...input, stored })),
      );
      expect([...bytes]).toEqual([...new Int8Array(Int16Array.of(value).buffer)]);
      expect(computed(/\((\(it\[2 \* at\].*? shl 8\)\)) - 0\)/, { it: bytes, at: 0 })).toBe(value);
    }
  });

  it('a real value is stored to the nearest step, halves away from zero', () => {
    const conversion = /val steps = (\(.*\))\.toLong\(\)\n +return \(\(if \((.*?)\) (\S+) else (\S+)\) \+ zeroPoint\)/;
    const [, size, isBelow, below, above] = conversion.exec(text)!;
    const stored = (real: number): unknown => {
      const names = { real, scale: 0.5, kotlin: { math: Math }, trunc: Math.trunc };
      const script = `const steps = trunc(${size!.replace('0.5f', '0.5')}); ${isBelow} ? ${below} : ${above}`;
      return runInNewContext(script, names);
    };
    expect([0.3, -0.3, 0.25, -0.25, 0.2, 7].map(stored)).toEqual([1, -1, 1, -1, 0, 14]);
  });

  it('one score above a half is the second label', () => {
    const found = /LABELS\[if \((.*?)f\) (\d) else (\d)\]/.exec(exported('kotlin-cpu', { outputs: two }).text)!;
    const labelOf = (score: number): unknown =>
      runInNewContext(`${found[1]} ? ${found[2]} : ${found[3]}`, { scores: [score] });
    expect([0.2, 0.8].map(labelOf)).toEqual([0, 1]);
  });

  it('a byte without a sign is read as one', () => {
    expect(computed(/\((\(it\[at\].*?\)) - 128\)/, { it: [-1], at: 0 })).toBe(255);
  });
});

describe('in Swift', () => {
  it('a stored value is read above its zero point', () => {
    const found = [...exported('swift-metal', everyType).text.matchAll(/\.map \{ ([^{}]*Float\(\$0\)[^{}]*) \}/g)];
    const reals = found.map(([, script]) => Number(runInNewContext(script!, { Float: Number, $0: 3 })));
    expect(reals.map((real) => Math.round(real * 1000) / 1000)).toEqual([8, -31.25, 0.003]);
  });

  it('one score above a half is the second label', () => {
    const [, script] = /labels\[(scores\[0\].*)\]$/m.exec(exported('swift-metal', { outputs: two }).text)!;
    expect([0.2, 0.8].map((score): unknown => runInNewContext(script!, { scores: [score] }))).toEqual([0, 1]);
  });
});

describe('in JavaScript', () => {
  let folder: BuildFolder;
  beforeEach(() => {
    folder = buildFolder();
    folder.write(liteRtJsStandIn);
  });
  afterEach(() => folder.remove());

  function printed(change: Partial<ExampleModel>, program: string): unknown {
    const { file, text } = exported('js-webgpu', change);
    const imports = `import * as made from './${file}';\nimport { calls } from '@litertjs/core';\n`;
    folder.write(
      new Map([
        [file, text],
        ['main.js', `${imports}const print = (value) => console.log(JSON.stringify(value));\n${program}`],
      ]),
    );
    execFileSync(process.execPath, ['--check', file], { cwd: folder.path });
    return JSON.parse(execFileSync(process.execPath, ['main.js'], { cwd: folder.path, encoding: 'utf8' }));
  }

  it.each(changes)('is a module with %s', (_, change) => {
    expect(printed(change, 'print(Object.keys(made).includes("WakeWordExample"));')).toBe(true);
  });

  it('runs real values, finds the label and gives memory back', () => {
    const program = `const model = await made.WakeWordExample.load();
const [scores] = await model.run([1, 5, 2, 3]);
print([...scores, made.labelOf(scores), made.labels, calls]);`;
    expect(printed({}, program)).toEqual([
      ...[1, 5, 2, 3, hostile[1], hostile],
      [
        ['loadLiteRt', '/node_modules/@litertjs/core/wasm/'],
        ['loadAndCompile', './wake_word.tflite', { accelerator: 'webgpu', gpuOptions: { precision: 'fp16' } }],
        ['delete', [1, 4]],
        ['delete', [1, 4]],
      ],
    ]);
  });

  it('stores real values as the types have them, and refuses another number of them', () => {
    const program = `const model = await made.WakeWordExample.load();
const run = (...inputs) => model.run(...inputs).then((all) => all.map((each) => [...each]), String);
print([await run([1.25, -1.25, 1000, 0], [0.1, -100], [0.5, 1e9], [7]), await run([1], [1, 2], [1, 2], [7])]);`;
    // Stored 6, 0, 127 and 3, read with the scale and zero point of the output.
    const first = [14, 2, 256, 8];
    const [outputs, refused] = printed(everyType, program) as [number[][], string];
    expect(outputs.map((each) => each.map((value) => Math.round(value * 1000) / 1000))).toEqual([
      first,
      [0, -32],
      [0.5, 32.767],
      [7],
    ]);
    expect(refused).toBe('RangeError: input 0 takes 4 values, here are 1');
  });
});

describeCompiled('in C++', () => {
  let folder: BuildFolder;
  beforeEach(() => {
    folder = buildFolder();
    folder.write(cppStandIns);
  });
  afterEach(() => folder.remove());

  describe.each(['cpp-cpu', 'cpp-edgetpu'] as const)('%s', (example) => {
    function printed(change: Partial<ExampleModel>): string {
      const { file, text } = exported(example, change);
      folder.write(new Map([[file, text]]));
      return folder.run(folder.link([folder.compile(file, 'c++17')], 'program')).toString();
    }

    it.each(changes)('compiles and runs with %s', (_, change) => {
      expect(printed(change)).toMatch(/: 0/);
    });

    it('reads as many values of an output as its bytes are', () => {
      const lines = printed(everyType).split('\n');
      const counts = ['f', 'g', 'h'].map(
        (name) => lines.find((line) => line.startsWith(`${name}:`))!.split(' ').length - 1,
      );
      // The stand-in of the one has 4 bytes for every output, that of the other what the shape asks for.
      expect(counts).toEqual(example === 'cpp-edgetpu' ? [4, 2, 1] : [2, 2, 1]);
    });

    it('converts between real and stored values', () => {
      const change = { inputs: everyType.inputs.slice(0, 1), outputs: everyType.outputs.slice(0, 1) };
      // A zero is stored as 3, and read as 2 * (3 + 1).
      expect(printed(change)).toBe('e: 8 8 8 8\nw\n');
    });
  });
});
