// The refusal for a run without data: says what to give, with an example of every format.
import { WherryError } from '@wherry/graph';
import { formatNames } from './data-source.js';
import { dataDiagnostics } from './diagnostics.js';
import { dataFormats } from './formats/index.js';

/** `instead`: what would do without data, as the end of a sentence that asks for it. */
export function noDataGiven(instead = ''): WherryError {
  const examples = formatNames.map((name) => `${dataFormats[name].example} (${dataFormats[name].summary})`);
  return new WherryError(dataDiagnostics.DATA_NONE_GIVEN, {
    what: 'quantization needs representative samples of what the device will see, and none are given; random ones are never made up',
    next: `give --calibration [FORMAT:]PATH with 100 or more samples${instead}; ${examples.join('; ')}`,
  });
}
