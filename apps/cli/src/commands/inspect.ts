// `deploy inspect MODEL`: what is in a model file, before anything is done with it.
import { Command } from 'commander';
import { print, type PrintOptions } from '../terminal/print.js';

export function inspectCommand(): Command {
  return new Command('inspect')
    .description('show the graph in a model file, float or quantized')
    .argument('<model>', 'Keras .h5/.hdf5 or .tflite')
    .option('--optimized', 'as it is after the rewrites that come before quantization')
    .option('--json', 'one JSON document on stdout')
    .action(async (model: string, options: PrintOptions & { readonly optimized?: boolean }) => {
      const { inspectionText, inspectModel } = await import('@wherry/pipeline');
      const inspection = await inspectModel(model, { optimized: options.optimized === true });
      await print(options, inspection, () => inspectionText(inspection));
    });
}
