// A setting that nothing would follow is refused, and never passed over.
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';
import type { MeasureRequest } from './measure-request.js';

/** Throws SETTING_UNUSED, with the option of the command. */
export function requireUsed(request: MeasureRequest): void {
  const { data, preprocessing, port, baud, waitMs, trace, replay, emulate, kernels, dialect } = request;
  const speaksText = dialect === 'mlperf';
  const unused = (
    [
      ['preprocess', preprocessing !== undefined && data === undefined, '--evaluation DATA'],
      ['baud', baud !== undefined && port === undefined, '--port WHERE'],
      [
        'baud',
        baud !== undefined && port?.startsWith('tcp://') === true,
        'rfc2217://HOST:PORT: the speed of a tcp:// port is that of its server',
      ],
      ['wait', waitMs !== undefined && port === undefined, '--port WHERE'],
      ['trace', trace !== undefined && replay !== undefined, '--port WHERE or --emulate'],
      ['kernels', kernels !== undefined && !emulate, '--emulate'],
      ['trace', kernels === 'both' && trace !== undefined, 'one of them, --kernels optimized or plain'],
      ['dialect', speaksText && emulate, '--port PATH: emulated boards have the agent'],
      ['dialect', speaksText && port === 'auto', 'the path of its port: --port auto asks who has the agent'],
    ] as const
  ).find(([, isUnused]) => isUnused);
  if (unused === undefined) return;
  const [name, , needed] = unused;
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: `--${name} is given, and nothing makes use of it`,
    next: `add ${needed}; or leave --${name} away`,
  });
}
