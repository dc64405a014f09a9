// npm is never started as a batch file: Node refuses that.
import { win32 } from 'node:path';
import { npmCommand } from './npm-command.mjs';

const windows = { platform: 'win32', execPath: 'C:\\Program Files\\nodejs\\node.exe' };
const linux = { platform: 'linux', execPath: '/usr/bin/node' };

it('is the script that npm names', () => {
  const npm_execpath = 'D:\\npm\\bin\\npm-cli.js';
  expect(npmCommand({ npm_execpath }, windows)).toEqual([windows.execPath, npm_execpath]);
  // Another package manager names its own.
  expect(npmCommand({ npm_execpath: '/opt/yarn.js' }, linux)).toEqual(['npm']);
});

it('lies beside Node on Windows', () => {
  const script = 'C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js';
  expect(npmCommand({}, windows, (path) => path === script, win32)).toEqual([windows.execPath, script]);
  expect(() => npmCommand({}, windows, () => false, win32)).toThrow('npm run package');
});
