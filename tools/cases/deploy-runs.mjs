// Runs the built command as a user does, and keeps everything that it said and wrote.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../apps/cli/bin/deploy.mjs', import.meta.url));

/** No case takes a tenth of it. */
const longestMilliseconds = 300_000;

/**
 * What became of a run: { code, stdout, stderr, text, report, file }. `text` is both streams with runs of white space as
 * one blank, since the terminal's width breaks sentences; `report` is what report.json holds, undefined where none was
 * written; `file(name)` is a path in the output folder.
 */
function finished(spawned, out) {
  const report = join(out, 'report.json');
  return {
    ...spawned,
    text: `${spawned.stdout}\n${spawned.stderr}`.replace(/\s+/g, ' '),
    report: existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined,
    file: (name) => join(out, name),
  };
}

/** The case's own command.sh. It splits the command at blanks, so it gets a name without any, found in `place`. */
export async function runScript(folder, out, place) {
  const name = 'deploy-of-this-run';
  writeFileSync(join(place, name), `#!/bin/sh\nexec "${process.execPath}" "${command}" "$@"\n`, { mode: 0o755 });
  const PATH = `${place}${delimiter}${process.env.PATH}`;
  return finished(await run('sh', ['command.sh'], folder, { PATH, DEPLOY: name, OUT: out }), out);
}

export const runDeploy = async (args, folder, out) =>
  finished(await run(process.execPath, [command, ...args], folder, {}), out);

/** Any command of the tool that writes nothing. */
export const runReading = (args, folder) => runDeploy(args, folder, join(folder, 'no such folder'));

function run(program, args, cwd, environment) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, NODE_OPTIONS: '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: longestMilliseconds,
      killSignal: 'SIGKILL',
    });
    const [out, err] = [[], []];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => err.push(chunk));
    child.on('error', failed);
    child.on('close', (code) =>
      done({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
  });
}
