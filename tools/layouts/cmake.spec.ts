// The layout of plain CMake, built by CMake: on the host, where it runs, and for a Cortex-M4.
import { spawnSync } from 'node:child_process';
import { buildFolder, describeCompiled, type BuildFolder } from '../testing/src/index.js';
import { armToolchain, buildWithCmake } from './cmake-build.js';
import { deployedLayout } from './deployed-layout.js';
import { inFolder, tfliteMicro } from './tflite-micro.js';

const profile = 'stm32f4';
const runtimes = [undefined, 'compiled-c'] as const;

describeCompiled(
  'the CMake layout on the host',
  () => {
    let folder: BuildFolder;
    beforeEach(() => (folder = buildFolder()));
    afterEach(() => folder.remove());

    it.each(runtimes)(
      'runs the known answers of runtime %s',
      async (runtime) => {
        const library = await deployedLayout({ profile: 'host-reference', layout: 'cmake', name: 'kws', runtime });
        folder.write(inFolder('kws_model', library.files));
        const run = (fault = 0): string => {
          build(folder, runtime === undefined ? { fault, ...interpreter(folder) } : {});
          const { stdout, status } = spawnSync(`${folder.path}/build/kws_smoke`, { encoding: 'utf8' });
          return `${status}: ${stdout}`;
        };
        if (runtime === undefined) folder.write(inFolder('tflm', tfliteMicro(library, 'kws')));
        expect(run()).toBe('0: kws: the known answers are right (0)\n');
        if (runtime !== undefined) return;
        expect(run(1)).toBe('1: kws: a known answer is wrong (1)\n');
        expect(run(2)).toBe('1: kws: the array holds another model (-2)\n');
        expect(run(3)).toBe('1: kws: TensorFlow Lite Micro reads another version of the schema (-3)\n');
        expect(run(4)).toBe('1: kws: TensorFlow Lite Micro lacks an operator (-4)\n');
        expect(run(5)).toBe('1: kws: the arena is too small for this TensorFlow Lite Micro (-5)\n');
      },
      120_000,
    );
  },
  'cmake, ninja and g++',
);

describeCompiled(
  'the CMake layout for a Cortex-M4',
  () => {
    it.each(runtimes)(
      'builds with runtime %s',
      async (runtime) => {
        const folder = buildFolder();
        try {
          const library = await deployedLayout({ profile, layout: 'cmake', name: 'kws', runtime });
          folder.write(inFolder('kws_model', library.files));
          folder.write(new Map([['arm.cmake', armToolchain('cortex-m4')]]));
          if (runtime === undefined) folder.write(inFolder('tflm', tfliteMicro(library, 'kws')));
          const toolchain = { CMAKE_TOOLCHAIN_FILE: `${folder.path}/arm.cmake` };
          expect(() =>
            build(folder, runtime === undefined ? { ...interpreter(folder), toolchain } : { toolchain }),
          ).not.toThrow();
        } finally {
          folder.remove();
        }
      },
      60_000,
    );
  },
  'cmake, ninja and arm-none-eabi-g++',
);

interface Wanted {
  readonly fault?: number;
  readonly tflm?: string;
  readonly toolchain?: Readonly<Record<string, string>>;
}

function interpreter({ path }: BuildFolder): Pick<Wanted, 'tflm'> {
  return { tflm: `${path}/tflm` };
}

/** Headers alone: a library that adds nothing stands for the one of TensorFlow Lite Micro. */
function build(folder: BuildFolder, { fault = 0, tflm, toolchain }: Wanted): void {
  buildWithCmake(folder, {
    source: 'kws_model/examples/kws_smoke',
    into: 'build',
    definitions: {
      ...toolchain,
      ...(tflm === undefined
        ? {}
        : {
            TFLITE_MICRO: '-lc',
            TFLITE_MICRO_INCLUDE_DIRS: tflm,
            TFLITE_MICRO_DEFINITIONS: `TF_LITE_STATIC_MEMORY;STAND_IN_FAULT=${fault}`,
          }),
    },
  });
}
