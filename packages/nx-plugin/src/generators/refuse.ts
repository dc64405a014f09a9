// What a generator cannot do: nothing of the workspace is changed then.
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '@wherry/pipeline/tool';

export function refuse(what: string, where: string, next: string): never {
  throw new WherryError(pipelineDiagnostics.ARGUMENTS_INVALID, { what, where, next });
}
