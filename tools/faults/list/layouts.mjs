// layouts: what drops into a project is what was measured, and an output is replaced only while nothing else is in it.
const folder = 'packages/firmware-layouts/src';

export const layouts = [
  {
    name: 'a folder of an output looked into by nobody',
    file: 'packages/pipeline/src/output/output-mark.ts',
    find: '      files.push(...inside.files);\n',
    replace: '',
    suite: 'packages/pipeline/src/output/folders-in-output.spec.ts',
  },
  {
    name: 'a name that leads out of the output folder',
    file: 'packages/pipeline/src/output/fill-directory.ts',
    find: 'part) => partName.test(part)',
    replace: 'part) => part.length >= 0',
    suite: 'packages/pipeline/src/output/folders-in-output.spec.ts',
  },
  {
    name: 'an array written as the profile says, whatever is asked for',
    file: 'packages/pipeline/src/export-files.ts',
    find: 'arrayFormat: run.request.arrayFormat ?? arrayFormat,',
    replace: 'arrayFormat,',
    suite: 'packages/pipeline/src/config/config-settings.spec.ts',
  },
  {
    name: 'an example that says that all is well',
    file: `${folder}/smoke.ts`,
    find: "['result > 0', 'a known answer is wrong']",
    replace: "['result > 0', 'the known answers are right']",
    suite: `${folder}/firmware-layout.spec.ts`,
  },
  {
    name: 'an arena that nobody hands to the compiled model',
    file: `${folder}/layouts/esp-idf.ts`,
    find: 'const heap = model.isCompiled && model.heapAllocation !== undefined;',
    replace: 'const heap = model.isCompiled && model.heapAllocation === null;',
    suite: `${folder}/firmware-layout.spec.ts`,
  },
  {
    name: "an Arduino library with a name of Arduino's",
    file: `${folder}/layouts/arduino.ts`,
    find: 'return /^arduino/i.test(name) ? `the-${name}` : name;',
    replace: 'return name;',
    suite: `${folder}/firmware-layout.spec.ts`,
  },
  {
    name: 'ESP-IDF for any chip',
    file: `${folder}/require-layout.ts`,
    find: 'isEspressif(chip) ? undefined',
    replace: 'chip.length > 0 ? undefined',
    suite: 'packages/pipeline/src/layout.spec.ts',
  },
  {
    name: 'a licence forgotten in build files',
    file: `${folder}/firmware-layout.ts`,
    find: 'licensed(files(model), model.license)',
    replace: 'licensed(files(model), undefined)',
    suite: `${folder}/firmware-layout.spec.ts`,
  },
];
