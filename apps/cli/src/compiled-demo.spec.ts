// The way from the demo's model to a program without an interpreter, with the C and the command that the README prints.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeCompiled } from '@wherry/testing';
import { runDeploy, temporaryFolder } from './testing/built-command.js';
import { demoFiles } from './testing/demo-files.js';

const readme = readFileSync(fileURLToPath(new URL('../../../README.md', import.meta.url)), 'utf8');
const program = /```c\n([^`]*g_model_run\(\);[^`]*)```/.exec(readme)![1]!;
const command = /`(cc [^`]*main\.c build\/model\.c)`/.exec(readme)![1]!.split(' ');

describeCompiled('the program of the README', () => {
  it('compiles without a warning, passes its self-test and tells a class', async () => {
    const folder = temporaryFolder();
    try {
      const demo = await demoFiles();
      const out = join(folder.path, 'build');
      const words = ['-p', 'stm32f4', '--runtime', 'compiled-c', demo.model, '-c', demo.calibration, '-o', out, '-q'];
      expect((await runDeploy(words)).code).toBe(0);
      writeFileSync(join(folder.path, 'main.c'), program);
      const { status, stderr } = spawnSync(command[0]!, [...command.slice(1), '-Wall', '-Wextra', '-o', 'program'], {
        cwd: folder.path,
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([0, '']);
      const ran = spawnSync(join(folder.path, 'program'), { encoding: 'utf8' });
      expect(ran.status).toBe(0);
      expect(ran.stdout).toMatch(/^class [0-7]\n$/);
    } finally {
      folder.remove();
    }
  }, 120_000);
});
