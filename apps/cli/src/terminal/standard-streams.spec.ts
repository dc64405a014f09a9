// A reader that leaves is told in two ways: by EPIPE, and on Windows by EOF too.
import { deliver, type OutStream } from './standard-streams.js';

const refusing = (code: string): OutStream => ({
  write: (_, done) => done(Object.assign(new Error(code), { code })),
  on: () => undefined,
});

it.each(['EPIPE', 'EOF'])('minds %s for a document and not for text', async (code) => {
  await expect(deliver(refusing(code), 'text', { isDocument: false })).resolves.toBeUndefined();
  await expect(deliver(refusing(code), '{}', { isDocument: true })).rejects.toThrow('was closed by its reader');
});

it('minds a full disk for both', async () => {
  for (const isDocument of [true, false])
    await expect(deliver(refusing('ENOSPC'), 'text', { isDocument })).rejects.toThrow('STDOUT_FAILED');
});
