// A client of MLPerf Tiny's text protocol as its public description has it (mlcommons/tiny, benchmark/runner and benchmark/api):
// commands end in %, lines in CR LF, and the line m-ready ends an answer.
import type { Port } from '@wherry/serial-profiler';

export interface MlperfClient {
  /** The lines of the answer, without the last. */
  ask(command: string): Promise<readonly string[]>;
  /** Sends so many bytes at a time as the runner does. */
  load(bytes: Uint8Array): Promise<readonly string[]>;
  /** What has come and was no whole answer. */
  rest(): string;
}

/** Resolves once the device has said that it is ready. */
export async function mlperfClient(port: Port): Promise<MlperfClient> {
  let text = '';
  let wake = (): void => undefined;
  port.listen({
    data: (bytes) => {
      text += Buffer.from(bytes).toString('latin1');
      wake();
    },
    closed: (reason) => {
      throw new Error(reason);
    },
  });
  const answer = async (): Promise<readonly string[]> => {
    const end = 'm-ready\r\n';
    while (!text.includes(end)) await new Promise<void>((resolve) => (wake = resolve));
    const at = text.indexOf(end);
    const lines = text.slice(0, at).split('\r\n').slice(0, -1);
    text = text.slice(at + end.length);
    return lines;
  };
  const ask = (command: string): Promise<readonly string[]> => {
    port.write(Buffer.from(`${command}%`, 'latin1'));
    return answer();
  };
  await answer();
  return {
    ask,
    load: async (bytes) => {
      let last = await ask(`db load ${bytes.length}`);
      for (let at = 0; at < bytes.length; at += 31)
        last = await ask(`db ${Buffer.from(bytes.subarray(at, at + 31)).toString('hex')}`);
      return last;
    },
    rest: () => text,
  };
}
