// CMake itself.
import { spawnSync } from 'node:child_process';
import { buildWithCmake } from '../cmake-build.js';
import { inFolder, tfliteMicro } from '../tflite-micro.js';
import type { Kit } from './kit.js';

export const cmakeKit: Kit = {
  profile: 'host-reference',
  needs: 'cmake, ninja and g++',
  build: (folder, library, { name, isCompiled }) => {
    if (!isCompiled) folder.write(inFolder('tflm', tfliteMicro(library, name)));
    const definitions = isCompiled ? {} : { TFLITE_MICRO: '-lc', TFLITE_MICRO_INCLUDE_DIRS: `${folder.path}/tflm` };
    buildWithCmake(folder, { source: `${library.folder}/examples/${name}_smoke`, into: 'build', definitions });
    return spawnSync(`${folder.path}/build/${name}_smoke`, { encoding: 'utf8' }).stdout;
  },
};
