// A build system that a layout is for, or what stands in for it here: whatever libraries and examples ask of it.
import type { BuildFolder } from '../../testing/src/index.js';
import type { LibraryFiles } from '../library-files.js';

export interface Kit {
  readonly profile: string;
  /** Where its tools cannot be here, what stands in for them is built on the host, or for an Arm core. */
  readonly needs: 'cmake, ninja and g++' | 'cmake, ninja and arm-none-eabi-g++' | 'gcc and g++';
  /** Builds the example of the library, whose files are in `folder` under its name; gives what it prints where it can run. */
  build(folder: BuildFolder, library: LibraryFiles, model: BuiltModel): string | undefined;
}

export interface BuiltModel {
  readonly name: string;
  readonly isCompiled: boolean;
}
