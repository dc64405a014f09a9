// Joins the built command with all it imports into apps/cli/bundle.
import { fileURLToPath } from 'node:url';
import { bundleModules } from './bundle-modules.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

await bundleModules({ deploy: here('dist/main.js') }, here('bundle'));
