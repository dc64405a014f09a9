// What nx.json must not say.
import { parseOptions } from './plugin-options.js';

it('refuses options that there are not', () => {
  for (const options of [[], { profile: 'x' }, { profiles: 3 }, { ports: { esp32: 1 } }])
    expect(() => parseOptions(options)).toThrow(/nx\.json/);
});
