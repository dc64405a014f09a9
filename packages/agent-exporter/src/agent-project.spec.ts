// Projects of kits are whole: build files, sources, and the one port that they build.
import { modelNames } from '@wherry/c-source';
import { agentKits } from './agent-kits.js';
import { agentProject, interpretedProject } from './agent-project.js';
import type { AgentModel } from './agent-program.js';
import { projectFiles } from './project-files.js';

const model: AgentModel = {
  name: 'eye',
  names: modelNames({ name: 'eye', symbol: 'the_eye' }),
  sha256: 'ab'.repeat(32),
  layout: { inputs: [48], outputs: [10], operators: 1, tensors: [{ operator: 0, bytes: 10 }] },
  formats: [{ bytes: 1, isSigned: true, isReal: false, scale: 1, zeroPoint: 0 }],
  keepsStates: false,
  arenaBytes: 1024,
  profile: 'esp32',
  toolVersion: '0.1.0',
  kernels: 'portable',
};

const device = {
  platformio: { platform: 'someplatform', board: 'someboard' },
  picoBoard: 'pico9',
  interpreter: '>=9.8.7',
  needs: [{ component: 'espressif/esp-nn', from: '1.2.3' }],
};

it.each(agentKits)('has all that %s builds', (kit) => {
  const { files, modelFolder } = agentProject(model, kit, device);
  const paths = [...files.keys()];
  expect(paths.filter((path) => path.includes('/ports/'))).toHaveLength(1);
  expect(paths).toContain(`${modelFolder}/agent-model.h`);
  expect(paths).toContain(`${modelFolder}/agent/agent.c`);
  const builds = paths.filter((path) => !path.includes('agent'));
  expect(builds.length).toBeGreaterThan(0);
  const text = builds.map((path) => files.get(path)!).join('');
  expect(text).toContain('THE_EYE_HOOKS="agent/backends/compiled-hooks.h"');
  expect(text).not.toContain('@');
});

it.each(agentKits)('has all that %s builds with TensorFlow Lite Micro', (kit) => {
  const { name, names, sha256, arenaBytes, profile, toolVersion } = model;
  const about = { name, names, sha256, arenaBytes, profile, toolVersion };
  const { files, modelFolder } = interpretedProject(
    { ...about, runtime: 'tflm-esp-nn', operators: 3, operatorCodes: 2, inputBytes: 8 },
    kit,
    device,
  );
  const paths = [...files.keys()];
  expect(paths.filter((path) => path.includes('/backends/'))).toEqual([
    `${modelFolder}/agent/backends/tflite-micro.cc`,
  ]);
  const header = files.get(`${modelFolder}/agent-model.h`)!;
  expect(header).toContain('#define WHERRY_MODEL_OPERATOR_CODES 2u');
  expect(header).toContain('#define WHERRY_MODEL_RESOLVER the_eye_op_resolver');
  const builds = paths.filter((path) => !path.includes('agent')).map((path) => files.get(path)!);
  // Each kit has a package of it, under a name of its own.
  expect(builds.join('')).toMatch(/tflite-micro|tflmicro|TensorFLowLite|TENSORFLOW_LITE_MICRO/);
  expect(builds.join('')).not.toMatch(/HOOKS|@/);
  if (kit === 'pico') expect(builds.join('')).toContain('set(PICO_BOARD pico9)');
  if (kit === 'esp-idf') expect(builds.join('')).toMatch(/micro: '>=9\.8\.7'\n {2}espressif\/esp-nn: ">=1\.2\.3"\n/);
  if (kit === 'arduino')
    expect(builds.join('')).toMatch(/default_envs = someboard\n[^]*\[env:someboard\]\nplatform = someplatform\n/);
});

it('asks for the drivers of ESP-IDF under the names of each release', () => {
  const build = agentProject(model, 'esp-idf', device).files.get('main/CMakeLists.txt')!;
  expect(build).toMatch(
    /VERSION_LESS "5\.3"\)\n {2}set\(drivers driver\)\nelse\(\)\n {2}set\(drivers esp_driver_uart esp_driver_usb_serial_jtag\)/,
  );
  expect(build).toMatch(/REQUIRES \$\{drivers\} esp_timer\)/);
});

it('has no build files of a kit that nothing knows', () => {
  const folders = new Set(Object.keys(projectFiles).map((path) => path.split('/').slice(0, 2).join('/')));
  expect([...folders].sort()).toEqual(agentKits.flatMap((kit) => [`${kit}/compiled`, `${kit}/tflite-micro`]).sort());
});
