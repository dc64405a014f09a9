// Builds with CMake as somebody would, with warnings that are errors.
import { spawnSync } from 'node:child_process';
import type { BuildFolder } from '../testing/src/index.js';

/** What is asked of generated files. */
export const warnings = '-Wall -Wextra -Werror -Wshadow';

/** For a core of Arm, on which nothing is run. */
export function armToolchain(core: string): string {
  return `set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
set(CMAKE_ASM_COMPILER arm-none-eabi-gcc)
set(CMAKE_C_FLAGS_INIT "-mcpu=${core} -mthumb")
set(CMAKE_CXX_FLAGS_INIT "-mcpu=${core} -mthumb -fno-exceptions -fno-rtti")
set(CMAKE_EXE_LINKER_FLAGS_INIT "--specs=nosys.specs")
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
`;
}

export interface CmakeBuild {
  /** Paths in the folder. */
  readonly source: string;
  readonly into: string;
  readonly definitions?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Throws with the words of CMake and of the compiler. */
export function buildWithCmake(folder: BuildFolder, { source, into, definitions = {}, environment }: CmakeBuild): void {
  const defined = Object.entries(definitions).map(([name, value]) => `-D${name}=${value}`);
  for (const args of [
    ['-S', source, '-B', into, '-G', 'Ninja', '-Werror=dev', ...defined],
    ['--build', into],
  ]) {
    // Those of a toolchain stay.
    const env = { ...process.env, CFLAGS: warnings, CXXFLAGS: warnings, ...environment };
    const { status, stdout, stderr } = spawnSync('cmake', args, { cwd: folder.path, encoding: 'utf8', env });
    if (status !== 0) throw new Error(`cmake ${args.join(' ')}\n${stdout}\n${stderr}`);
  }
}
