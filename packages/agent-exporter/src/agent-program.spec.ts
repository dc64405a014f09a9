// What is written around a model; that it builds and answers is shown in tools/boards.
import { modelNames } from '@wherry/c-source';
import { agentProgram, type AgentModel } from './agent-program.js';
import { agentSources } from './agent-sources.js';

const model: AgentModel = {
  name: 'eye',
  names: modelNames({ name: 'eye', symbol: 'the_eye' }),
  sha256: 'ab'.repeat(32),
  layout: {
    inputs: [48],
    outputs: [10, 2],
    operators: 2,
    tensors: [
      { operator: 0, bytes: 12 },
      { operator: 1, bytes: 10 },
      { operator: 1, bytes: 2 },
    ],
  },
  formats: [
    { bytes: 1, isSigned: true, isReal: false, scale: 1 / 256, zeroPoint: -128 },
    { bytes: 0, isSigned: true, isReal: false, scale: 1, zeroPoint: 0 },
  ],
  keepsStates: false,
  arenaBytes: 1024,
  profile: 'odd"\n#error profile',
  toolVersion: '0.1.0',
  kernels: 'portable',
};

it('takes the port that is asked for and no other', () => {
  const { files, sources } = agentProgram(model, 'posix');
  const ports = (paths: Iterable<string>): string[] => [...paths].filter((path) => path.includes('/ports/'));
  expect(ports(files.keys())).toEqual(['agent/ports/posix.c']);
  expect(ports(sources)).toEqual(['agent/ports/posix.c']);
  expect(sources).toContain('eye.c');
  expect(Object.keys(agentSources).filter((path) => path.startsWith('ports/')).length).toBeGreaterThan(1);
});

it('knows no port of another name', () => {
  expect(() => agentProgram(model, '../agent')).toThrow('no port');
});

it('writes what is in the model, in names that are its own', () => {
  const { files, flags } = agentProgram(model, 'posix');
  const header = files.get('agent-model.h')!;
  expect(header).toContain('#include "eye.h"');
  expect(header).toContain('(const uint8_t *)the_eye_output_1(); place.length = 2u;');
  expect(header).toContain('#define WHERRY_MODEL_MOST_OUTPUTS 2u');
  expect(header).toContain('#define WHERRY_MODEL_RESET NULL');
  const keeping = agentProgram({ ...model, keepsStates: true }, 'posix').files.get('agent-model.h')!;
  expect(keeping).toContain('#define WHERRY_MODEL_RESET the_eye_reset');
  expect(header).toContain('{1u, true, false, 0.00390625f, (-128)},\n    {0u, ');
  expect(header).toContain('0xab, 0xab');
  expect(flags).toContain('-DTHE_EYE_HOOKS="agent/backends/compiled-hooks.h"');
});

it('cannot be made to write code by a name from outside', () => {
  const header = agentProgram(model, 'posix').files.get('agent-model.h')!;
  expect(header).not.toMatch(/^#error/m);
});
