// What arduino-cli does with a library and a sketch, with a stand-in core: every source below src/, with src/ on the include path.
import { inFolder, tfliteMicro } from '../tflite-micro.js';
import { arduinoCore } from './arduino-core.js';
import { compileAll } from './compile-all.js';
import type { Kit } from './kit.js';

/** What arduino-builder compiles below src/. */
const compiled = /^src\/.*\.(?:c|cpp|S)$/;

export const arduinoKit: Kit = {
  profile: 'arduino-nano-33-ble',
  needs: 'gcc and g++',
  build: (folder, library, { name, isCompiled }) => {
    const sketch = `examples/${name}_smoke/${name}_smoke.ino`;
    const whole = library.files.get(sketch);
    if (typeof whole !== 'string') throw new Error(`there is no ${sketch}`);
    // Arduino.h is put in front, and function prototypes.
    folder.write(new Map([['sketch/sketch.cpp', `#include <Arduino.h>\n${whole}`]]));
    folder.write(inFolder('core', arduinoCore));
    if (!isCompiled) folder.write(inFolder('tflm', chirale(tfliteMicro(library, name))));
    // Headers of TensorFlow Lite Micro are found once its outermost one was.
    const includes = ['-Icore', `-I${library.folder}/src`, ...(isCompiled ? [] : ['-Itflm'])];
    const sources = [...library.files.keys()].filter((path) => compiled.test(path));
    const all = ['core/core.cpp', 'sketch/sketch.cpp', ...sources.map((path) => `${library.folder}/${path}`)];
    return compileAll(folder, all, includes);
  },
};

function chirale(headers: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...headers, ['Chirale_TensorFlowLite.h', '#pragma once\n']]);
}
