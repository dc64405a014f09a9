// The same code means another thing on Windows, where a folder that a program shows cannot be moved.
import { explainOutput } from './output-fault.js';

const refusal = (code: string): Error => Object.assign(new Error(code), { code, syscall: 'rename', path: 'out' });

it('speaks of permissions where they are meant, and of open files on Windows', () => {
  expect(String(explainOutput(refusal('EPERM'), 'out', 'linux'))).toContain('you may not write there); what');
  expect(String(explainOutput(refusal('EBUSY'), 'out', 'linux'))).toContain('mounted');
  for (const code of ['EPERM', 'EACCES', 'EBUSY']) {
    const text = String(explainOutput(refusal(code), 'out', 'win32'));
    expect(text).toContain('a program has a file of it open');
    expect(text).toContain('close what shows the folder');
  }
  expect(String(explainOutput(refusal('ENOSPC'), 'out', 'win32'))).toContain('the disk is full');
});

it('leaves what is no refusal of the file system as it is', () => {
  const bug = new RangeError('a bug');
  expect(explainOutput(bug, 'out', 'win32')).toBe(bug);
});
