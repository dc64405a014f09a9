// What the profiler takes of a board's memory: counted in what the compiler makes of the backend of compiled models.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { agentProgram } from '@wherry/agent-exporter';
import { modelNames } from '@wherry/c-source';
import { buildFolder, describeCompiled } from '../testing/src/index.js';

/** Bytes of the variables that there would be none of without the profiler and its hooks. */
function bytesFor(operators: number): number {
  const folder = buildFolder();
  try {
    const { files, flags } = agentProgram(
      {
        name: 'model',
        names: modelNames({ name: 'model', symbol: 'g_model' }),
        sha256: '00'.repeat(32),
        layout: {
          inputs: [1],
          outputs: [1],
          operators,
          tensors: Array.from({ length: operators }, (_, operator) => ({ operator, bytes: 1 })),
        },
        formats: [{ bytes: 1, isSigned: true, isReal: false, scale: 1, zeroPoint: 0 }],
        keepsStates: false,
        arenaBytes: 64,
        profile: 'host-reference',
        toolVersion: '0.1.0',
        kernels: 'portable',
      },
      'posix',
    );
    const header = [
      '#include <stdint.h>',
      'int8_t *g_model_input_0(void);',
      'const int8_t *g_model_output_0(void);',
      'void g_model_run(void);',
      '',
    ].join('\n');
    folder.write(new Map([...files, ['model.h', header]]));
    const object = folder.compile('agent/backends/compiled.c', 'c11', ['-O2', '-fno-pie', ...flags]);
    const symbols = execFileSync('nm', ['-S', join(folder.path, object)], { encoding: 'utf8' });
    // What it says of itself is asked for with or without a profiler.
    return [...symbols.matchAll(/^\S+ (\S+) [bBdD] (\w+)/gm)]
      .filter(([, , name]) => !name!.startsWith('record'))
      .reduce((sum, [, size]) => sum + parseInt(size!, 16), 0);
  } finally {
    folder.remove();
  }
}

describeCompiled('the profiler', () => {
  it('takes 4 bytes for each operator and at most 64 besides', () => {
    const [one, many] = [bytesFor(1), bytesFor(101)];
    expect(many - one).toBe(400);
    expect(one - 4).toBeLessThanOrEqual(64);
    expect(one - 4).toBeGreaterThan(0);
  });
});
