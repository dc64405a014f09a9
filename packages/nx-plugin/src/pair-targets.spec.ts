// What is hashed of a cross compiler says something of it, where there is one.
import { execSync, spawnSync } from 'node:child_process';
import { boardFor } from '@wherry/pipeline/project';
import { describeThere } from '@wherry/testing';
import { pairTargets } from './pair-targets.js';

const nothing = { filesets: [], hidden: undefined };
const pair = {
  ...{ model: 'kws', isNamed: true, profile: 'rp2040', device: 'rp2040', answersTo: () => true },
  ...{ standIn: boardFor({ standIn: 'rp2040js' })!, reads: nothing, baseline: nothing },
};
const place = {
  file: 'deploy.config.json',
  folder: '.',
  options: {},
  tool: { inputs: [], hidden: undefined },
} as never;

const hasCompiler = spawnSync(pair.standIn.compiler, ['--version']).status === 0;
describeThere('a cross compiler', hasCompiler, `${pair.standIn.compiler} is not there`, () => {
  it('is known by what it links as well', () => {
    const { target } = pairTargets(pair, place).find(({ name }) => name === 'regress--rp2040--emu--kws')!;
    const lines = target.inputs!.flatMap((each) =>
      typeof each === 'object' && 'runtime' in each ? [each.runtime] : [],
    );
    const said = (change: (line: string) => string): readonly string[] =>
      lines.map((line) => execSync(change(line), { encoding: 'utf8', stdio: 'pipe' }));
    expect(said((line) => line)).toEqual([
      expect.stringMatching(/gcc/),
      expect.stringMatching(/^\d+ \d{5,}\n$/),
      expect.stringMatching(/ld/),
    ]);
    // Of one that is not there, the same every time.
    expect(said((line) => line.replaceAll('arm-none', 'no'))).toEqual(['none\n', 'none\n', 'none\n']);
  });
});
