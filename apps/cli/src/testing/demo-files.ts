// The demo's network and data for the tests: trained once, kept under build/ for as long as its sources stay the same.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot, runNode } from './built-command.js';

export interface DemoFiles {
  readonly model: string;
  /** Pictures alone. */
  readonly calibration: string;
  /** Other pictures, with their classes. */
  readonly evaluation: string;
  readonly labels: string;
}

const demo = join(repositoryRoot, 'tools', 'demo');
/** What its training computes with besides, and what it is written by. */
const gradients = join(repositoryRoot, 'packages', 'engine-tfjs', 'src', 'gradients');
const networks = join(repositoryRoot, 'tools', 'networks');

/** Trains where the kept files are of other sources: some ten seconds. */
export async function demoFiles(): Promise<DemoFiles> {
  const folder = join(repositoryRoot, 'build', 'test-models', fingerprint());
  if (!existsSync(folder)) await make(folder);
  const path = (name: string): string => join(folder, name);
  return {
    model: path('shapes.h5'),
    calibration: path('calibration.npy'),
    evaluation: path('evaluation.npz'),
    labels: 'disc,ring,square,frame,plus,cross,rows,columns',
  };
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const folder of [demo, gradients, networks])
    for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}

/** Test files run side by side: whoever is first puts the folder in place, whole. */
async function make(folder: string): Promise<void> {
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  const script = `const { makeDemoFiles } = await import(${JSON.stringify(pathToFileURL(join(demo, 'make-demo-files.mjs')).href)}); await makeDemoFiles(${JSON.stringify(fresh)});`;
  const { code, stderr } = await runNode(['--input-type=module', '--eval', script]);
  if (code !== 0) throw new Error(`the test network could not be trained:\n${stderr}`);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}
