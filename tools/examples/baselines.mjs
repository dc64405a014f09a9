// `node tools/examples/baselines.mjs [NAME ...]`: makes what is measured now the baselines of apps/examples; look at it in git.
import { deployTest } from './deploy-test.mjs';
import { isEmulated } from './emulated-tier.mjs';
import { exampleFolder } from './example-folder.mjs';
import { examples } from './examples.mjs';

if (!isEmulated) process.stdout.write('left out: emulated boards, as not every cross compiler and emulator is there\n');
const asked = process.argv.slice(2);
for (const { name } of examples) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const { result, status } = deployTest(exampleFolder(name), isEmulated ? ['host', 'emu'] : ['host'], ['--update']);
  if (status !== 0) throw new Error(`${name}: ${JSON.stringify(result.error ?? result.pairs, null, 2)}`);
  const moved = result.pairs.filter(({ differences }) => differences.length > 0);
  for (const { model, profile, tier, differences } of moved)
    process.stdout.write(`${model} on ${profile}, ${tier}: ${differences.map(({ metric }) => metric).join(', ')}\n`);
  process.stdout.write(`${name}: ${moved.length} of ${result.pairs.length} moved\n`);
}
