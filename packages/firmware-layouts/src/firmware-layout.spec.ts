// Libraries of a model that is made up: what is in them, whatever the layout. tools/layouts builds real ones.
import { modelNames } from '@wherry/c-source';
import { buildFolder, describeCompiled } from '@wherry/testing';
import { firmwareLayout } from './firmware-layout.js';
import type { LayoutModel } from './layout-model.js';
import { layoutNames, type LayoutName } from './layout-names.js';

function modelOf(changes: Partial<LayoutModel> & { readonly name?: string } = {}): LayoutModel {
  const { name = 'kws' } = changes;
  const isCompiled = changes.isCompiled ?? true;
  const endings = ['_settings.h', '_selftest.h', ...(isCompiled ? ['.h', '.c'] : ['_data.h', '_data.cc', '_ops.h'])];
  return {
    ...{ name, names: modelNames({ name, symbol: `g_${name}` }), isCompiled, hasSelfTest: true, callsMath: false },
    // Text of the model comes in pieces.
    files: new Map(endings.map((ending) => [`${name}${ending}`, [`/* ${ending} */\n`]])),
    chip: 'ESP32 (two cores)',
    runtime: { from: '1.3.4', needs: [{ component: 'espressif/esp-nn', from: '1.2.3' }] },
    sha256: 'ab'.repeat(32),
    profileId: 'esp32',
    tool: { name: 'wherry', version: '0.1.0' },
    ...changes,
  };
}

/** By path behind the name of the layout; archives left out. */
function textsOf(layout: LayoutName, changes: Parameters<typeof modelOf>[0] = {}): ReadonlyMap<string, string> {
  const chip = layout === 'pico-sdk' ? { chip: 'RP2040' } : {};
  const files = firmwareLayout(modelOf({ ...chip, ...changes }), layout);
  return new Map(
    [...files].flatMap(([path, content]) =>
      content instanceof Uint8Array ? [] : [[path.slice(layout.length + 1), [...content].join('')] as const],
    ),
  );
}

const mainOf = (texts: ReadonlyMap<string, string>): string =>
  [...texts].find(([path]) => /(?:main\.c(?:pp)?|\.ino)$/.test(path))![1];

describe.each(layoutNames)('%s', (layout) => {
  it('has every C file once, by its bytes', () => {
    const texts = [...textsOf(layout)];
    for (const [file, [text]] of modelOf().files as ReadonlyMap<string, string[]>)
      expect(texts.filter(([path, own]) => path.endsWith(`/src/kws/${file}`) && own === text)).toHaveLength(1);
    expect(texts.every(([path]) => path.startsWith('kws_model/'))).toBe(true);
  });

  it('hands the memory to a compiled model that is compiled to be handed it', () => {
    const allocation = layout === 'zephyr' ? 'malloc(BYTES)' : 'heap_caps_aligned_alloc(16, BYTES, 0)';
    const texts = textsOf(layout, { heapAllocation: allocation });
    const builds = [...texts].filter(([path]) => !path.includes('/examples/') && !path.includes('/samples/'));
    expect(builds.some(([, text]) => text.includes('G_KWS_CALLER_ARENA'))).toBe(true);
    expect(mainOf(texts)).toContain('g_kws_use_arena(arena);');
    expect(mainOf(texts)).toContain(allocation.replace('BYTES', 'G_KWS_ARENA_BYTES'));
    const others = textsOf(layout);
    expect([...others.values()].some((text) => /CALLER_ARENA|use_arena/.test(text))).toBe(false);
  });

  // Arduino gives a library no flags of its own.
  it('has a compiled model round each product before it adds it, and the interpreter as it is', () => {
    const flagged = (isCompiled: boolean): boolean =>
      [...textsOf(layout, { isCompiled })].some(
        ([path, text]) => !/ples\//.test(path) && /-ffp-contract=off/.test(text),
      );
    expect([flagged(true), flagged(false)]).toEqual([layout !== 'arduino', false]);
  });

  it('says what came of the known answers, and that there are none', () => {
    expect(mainOf(textsOf(layout))).toMatch(/result > 0\) return "a known answer is wrong"/);
    const without = mainOf(textsOf(layout, { hasSelfTest: false }));
    expect(without).toMatch(/g_kws_run\(\);\n {2}return 0;/);
    expect(without).toContain('it ran; there are no known answers');
    expect(without).not.toContain('selftest');
    expect(mainOf(textsOf(layout, { hasSelfTest: false, isCompiled: false }))).toContain('interpreter.Invoke()');
  });

  it('has the licence in build files and examples', () => {
    const texts = textsOf(layout, { license: 'MIT' });
    const builds = [...texts].filter(([path]) => /(?:CMakeLists\.txt|Kconfig|\.(?:yml|yaml|conf|ini))$/.test(path));
    expect(builds.filter(([, text]) => !text.includes('SPDX-License-Identifier: MIT'))).toEqual([]);
    expect(mainOf(texts)).toContain('SPDX-License-Identifier: MIT');
  });
});

it('names what the runtime needs where a component manager reads it', () => {
  const manifest = textsOf('esp-idf', {
    isCompiled: false,
    runtime: { from: '1.3.4', before: '2', needs: [{ component: 'espressif/esp-nn', from: '1.2.3' }] },
  }).get('kws_model/idf_component.yml');
  expect(manifest).toContain('version: ">=1.3.4,<2"');
  expect(manifest).toContain('espressif/esp-nn: ">=1.2.3"');
  expect(textsOf('esp-idf').get('kws_model/idf_component.yml')).not.toContain('espressif/');
});

it('calls no Arduino library as those of Arduino are', () => {
  const [path] = [...firmwareLayout(modelOf({ name: 'arduino_ear' }), 'arduino').keys()];
  expect(path).toMatch(/^arduino\/the-arduino_ear_model\//);
});

describeCompiled('the example of a model without known answers', () => {
  it('compiles', () => {
    const folder = buildFolder();
    try {
      const header = 'void g_kws_run(void);\n';
      folder.write(
        new Map([
          ['kws/kws.h', header],
          ['kws/kws_settings.h', ''],
          ['main.c', mainOf(textsOf('cmake', { hasSelfTest: false }))],
        ]),
      );
      expect(() => folder.compile('main.c', 'c11')).not.toThrow();
    } finally {
      folder.remove();
    }
  });
});

it('builds for the chip of the profile, and for no other one of its family', () => {
  const all = (layout: LayoutName, changes: Parameters<typeof modelOf>[0]): string =>
    [...textsOf(layout, changes).values()].join('\n');
  expect(all('pico-sdk', { chip: 'RP2350 (two cores)' })).toContain('set(PICO_BOARD pico2)');
  expect(all('pico-sdk', { chip: 'RP2040 (two cores)' })).toContain('set(PICO_BOARD pico)');
  expect(all('esp-idf', { chip: 'ESP32-C6 (one core)' })).toContain('idf.py set-target esp32c6 ');
  expect(all('esp-idf', { chip: 'ESP32-S3-WROOM-1 (two cores)' })).toContain('  - esp32s3\n');
  expect(all('platformio', { chip: 'ESP32-WROOM-32E' })).toContain('board = esp32dev');
  expect(all('platformio', { chip: 'RP2040 (two cores)' })).toContain('platform = raspberrypi\nboard = pico\n');
});

it('switches PSRAM on where the example takes its arena from it', () => {
  const heapAllocation = 'heap_caps_malloc(BYTES, MALLOC_CAP_SPIRAM)';
  const settings = (changes: Parameters<typeof modelOf>[0]): string =>
    [...textsOf('platformio', changes)]
      .filter(([path]) => /sdkconfig\.defaults$|platformio\.ini$/.test(path))
      .map(([, text]) => text)
      .join('');
  expect(settings({ heapAllocation, isCompiled: false })).toContain('CONFIG_SPIRAM=y');
  expect(settings({ heapAllocation })).toContain('-DBOARD_HAS_PSRAM');
  expect(settings({ isCompiled: false }) + settings({})).not.toMatch(/PSRAM|SPIRAM/);
});
