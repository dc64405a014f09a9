#!/usr/bin/env node
// Starts the `deploy` command from the built files, or says how to build them.
import { existsSync } from 'node:fs';

const main = new URL('../bundle/deploy.mjs', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  process.stderr.write('deploy: the command is not built yet; run `npm run build` in the repository first\n');
  process.exitCode = 11;
}
