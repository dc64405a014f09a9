// What this package is called where it is installed: it is a part of the one npm package there.
import { createRequire } from 'node:module';

const manifest = createRequire(import.meta.url)('../package.json') as {
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
};

/** What a workspace depends on. */
export const packageName = manifest.name;

/** What nx.json calls the plugin. */
export const pluginName = './nx-plugin' in manifest.exports ? `${manifest.name}/nx-plugin` : manifest.name;
