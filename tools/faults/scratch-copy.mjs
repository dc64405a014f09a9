// A copy of the working tree to plant faults in: the tree itself is never written to, whatever ends the run.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Every file that git knows or would take, uncommitted changes included. */
function filesOf(root) {
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`);
  return listed.stdout.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
}

/** Installed packages stay where they are; those of the workspace are the copy's own. */
function linkPackages(from, to) {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    if (name !== '@wherry') symlinkSync(join(from, name), join(to, name));
  }
  const own = join(from, '@wherry');
  mkdirSync(join(to, '@wherry'));
  for (const name of readdirSync(own)) symlinkSync(readlinkSync(join(own, name)), join(to, '@wherry', name));
}

/** @returns {{ folder: string, remove: () => void }} */
export function scratchCopy(root) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wherry-faults-')));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    for (const file of filesOf(root)) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      copyFileSync(join(root, file), join(folder, file));
    }
    linkPackages(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const project of readdirSync(join(root, 'packages'))) {
      const nested = join('packages', project, 'node_modules');
      if (existsSync(join(root, nested))) symlinkSync(join(root, nested), join(folder, nested));
    }
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
