// Compiles sources one by one as kits without a build file of the user's do, links them and runs the program.
import type { BuildFolder } from '../../testing/src/index.js';

/** Gives what the program prints. Throws with the words of the compiler. */
export function compileAll(folder: BuildFolder, sources: readonly string[], flags: readonly string[]): string {
  const objects = sources.map((source) =>
    folder.compile(source, source.endsWith('.c') ? 'c11' : source.endsWith('.S') ? 'asm' : 'c++17', flags),
  );
  return folder.run(folder.link(objects, 'program')).toString();
}
