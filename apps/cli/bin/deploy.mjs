#!/usr/bin/env node
// Starts the `deploy` command from the built files, or says what keeps it from starting.
import { existsSync, readFileSync } from 'node:fs';

/** Of `>=20.19 <26`: [20, 19]. */
const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const [least, minor] = /(\d+)\.(\d+)/.exec(engines.node).slice(1).map(Number);
const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number);

const main = new URL('../bundle/deploy.mjs', import.meta.url);
const cannot = (what) => {
  process.stderr.write(`deploy: ${what}\n`);
  process.exitCode = 11;
};
if (ownMajor < least || (ownMajor === least && ownMinor < minor))
  cannot(`this is Node ${process.versions.node}; it needs ${least}.${minor} or later: https://nodejs.org`);
else if (!existsSync(main)) cannot('the command is not built yet; run `npm run build` in the repository first');
else await import(main.href);
