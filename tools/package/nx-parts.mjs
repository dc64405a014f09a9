// What Nx looks for in the npm package: the plugin and its generators, each a module of its own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As nx.json names the plugin behind the name of the package. */
export const pluginPath = './nx-plugin';

function listed(plugin) {
  return Object.entries(JSON.parse(readFileSync(join(plugin, 'generators.json'), 'utf8')).generators);
}

/** Bundles by name: the built modules that they are made of. `plugin` is the folder of the package in the workspace. */
export function nxEntries(plugin) {
  const modules = listed(plugin).map(([name, { factory }]) => [`nx-${name}`, join(plugin, factory.split('#')[0])]);
  return { 'nx-plugin': join(plugin, 'dist', 'index.js'), ...Object.fromEntries(modules) };
}

/** The files beside the bundles, by path in the package: the list of the generators, and what each takes. */
export function generators(plugin) {
  const packed = listed(plugin).map(([name, generator]) => [
    name,
    {
      ...generator,
      factory: `./bundle/nx-${name}.mjs#${generator.factory.split('#')[1]}`,
      schema: `./nx/${name}.json`,
    },
  ]);
  return new Map([
    ['generators.json', `${JSON.stringify({ generators: Object.fromEntries(packed) }, null, 2)}\n`],
    ...listed(plugin).map(([name, { schema }]) => [`nx/${name}.json`, readFileSync(join(plugin, schema), 'utf8')]),
  ]);
}
