// Engines and the threads that they may have: what is asked for is there, or refused.
import { deployHost } from './host.js';

it('refuses workers that the engine does not have', () => {
  expect(() => deployHost('reference', { lanes: 2 })).toThrow(/SETTING_UNUSED: .*engine reference runs on one thread/);
  expect(() => deployHost('node', { lanes: 1 })).toThrow(/SETTING_UNUSED: .*engine node has threads of its own/);
  for (const engine of ['wasm', 'node', 'reference'] as const)
    expect(deployHost(engine, { lanes: 0 })).toMatchObject({ keepImported: false });
  expect(deployHost('reference')).toMatchObject({ keepImported: false });
});
