// Files that describe a library, held to the rules that their readers have published; and each rule to a fault.
import { unzipSync } from 'fflate';
import { deployedLayout } from './deployed-layout.js';
import { textOf } from './library-files.js';
import { metadataFaults } from './rules/index.js';

const names = ['model_class', 'model_1_t', 'arduino'];
const runtimes = [undefined, 'compiled-c'] as const;
const models = names.flatMap((name) => runtimes.map((runtime) => ({ name, runtime })));

interface Described {
  readonly layout: 'esp-idf' | 'arduino' | 'platformio' | 'zephyr';
  readonly profiles: readonly string[];
  /** What may not go unnoticed: a path, a text in it and what stands there instead. */
  readonly planted: readonly (readonly [string, string | RegExp, string])[];
}

const described: readonly Described[] = [
  {
    layout: 'esp-idf',
    profiles: ['esp32', 'esp32-s3', 'esp32-c3'],
    planted: [
      ['idf_component.yml', 'version: "1.0.0"', 'version: 1.0'],
      ['idf_component.yml', 'description', 'summary'],
      ['idf_component.yml', /- esp32\n/, '- ESP32\n'],
      ['idf_component.yml', 'espressif/esp-tflite-micro', 'esp__tflite'],
      ['idf_component.yml', '>=5.1', 'from 5.1'],
      ['idf_component.yml', 'public', 'is_public'],
    ],
  },
  {
    layout: 'arduino',
    profiles: ['arduino-nano-33-ble', 'esp32', 'rp2040'],
    planted: [
      ['library.properties', 'name=', 'name=Arduino'],
      ['library.properties', 'version=1.0.0', 'version=one'],
      ['library.properties', /author=.*/, 'author='],
      ['library.properties', 'Data Processing', 'Data processing'],
      ['library.properties', 'url=ni:', 'url='],
      ['library.properties', 'includes=', 'includes=no_'],
      ['library.properties', /depends=/, 'depends=*'],
      ['keywords.txt', '\t', ' '],
    ],
  },
  {
    layout: 'platformio',
    profiles: ['esp32', 'rp2040'],
    planted: [
      ['library.json', /"name": "/, '"name": "@'],
      ['library.json', '"1.0.0"', '"1"'],
      ['library.json', 'espressif32', 'Espressif 32'],
      ['library.json', '_data.h', '_date.h'],
      ['library.json', 'src/main', 'source/main'],
      ['library.json', 'libArchive', 'archive'],
      ['examples/model_class_smoke/platformio.ini', 'board =', 'board:'],
    ],
  },
  {
    layout: 'zephyr',
    profiles: ['nrf5340', 'esp32'],
    planted: [
      ['zephyr/module.yml', 'cmake: zephyr', 'cmake: cmake'],
      ['zephyr/module.yml', 'zephyr/Kconfig', 'Kconfig'],
      ['zephyr/module.yml', 'samples:', 'sample:'],
      ['zephyr/Kconfig', '\tbool', 'bool'],
      ['samples/model_class_smoke/prj.conf', '=y', '=yes'],
      ['samples/model_class_smoke/sample.yaml', 'sample.model', 'model'],
      ['samples/model_class_smoke/sample.yaml', 'are right', 'are good'],
    ],
  },
];

describe.each(described)('the metadata of $layout', ({ layout, profiles, planted }) => {
  const faults = metadataFaults[layout];

  it.each(models)('has no fault for $name with runtime $runtime', async ({ name, runtime }) => {
    for (const profile of profiles) {
      const library = await deployedLayout({ profile, layout, name, runtime });
      expect([profile, ...faults(library, name)]).toEqual([profile]);
    }
  });

  it.each(planted)('shows a fault in %s at %s', async (path, what, instead) => {
    const library = await deployedLayout({ profile: profiles[0]!, layout, name: 'model_class' });
    const text = textOf(library, path);
    const changed = text.replace(what, instead);
    expect(changed).not.toBe(text);
    expect(faults({ ...library, files: new Map([...library.files, [path, changed]]) }, 'model_class')).not.toEqual([]);
  });
});

it.each(models)('the archive of Arduino is the folder: $name with runtime $runtime', async ({ name, runtime }) => {
  const library = await deployedLayout({ profile: 'esp32', layout: 'arduino', name, runtime });
  const [[archive, bytes], ...others] = [...library.beside] as [[string, Uint8Array], ...unknown[]];
  expect([archive, others]).toEqual([`${library.folder}-1.0.0.zip`, []]);
  const members = Object.entries(unzipSync(bytes)).map(([path, content]) => [path, Buffer.from(content).toString()]);
  expect(members).toEqual([...library.files].map(([path, text]) => [`${library.folder}/${path}`, text]));
});

it('gives Arduino libraries names that none of Arduino has', async () => {
  const library = await deployedLayout({ profile: 'esp32', layout: 'arduino', name: 'arduino_ear' });
  expect(library.folder).toBe('the-arduino_ear_model');
});
