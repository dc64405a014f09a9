// What this machine has of what the tool needs, by trying it.
import { int8Engine } from '@wherry/engine-int8';
import { NotInstalled, tfjsEngine, type BackendName } from '@wherry/engine-tfjs';
import { evaluate, GraphBuilder, referenceEngine, WherryError } from '@wherry/graph';
import { readProfileFolder } from './inputs/profile-folder.js';

export interface Finding {
  readonly name: string;
  /** `absent`: optional and not there. `broken`: needed and not working. */
  readonly status: 'ok' | 'absent' | 'broken';
  readonly detail: string;
  readonly next?: string;
}

const oldestNode = [20, 19] as const;
const firstUntestedNode = 26;

export async function examineMachine(): Promise<readonly Finding[]> {
  return [
    examineNode(),
    await examineEngine('wasm'),
    await examineEngine('node'),
    examineInt8Engine(),
    await examineProfiles(),
  ];
}

function examineNode(): Finding {
  const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
  const fits =
    (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) && major < firstUntestedNode;
  const wanted = `${oldestNode.join('.')} or later, before ${firstUntestedNode}`;
  return fits
    ? { name: 'Node', status: 'ok', detail: process.versions.node }
    : {
        name: 'Node',
        status: 'broken',
        detail: `${process.versions.node}, wanted is ${wanted}`,
        next: `install Node ${wanted}`,
      };
}

/** Loads the engine and multiplies once: a library that loads may still not compute. */
async function examineEngine(backend: BackendName): Promise<Finding> {
  const name = `float engine tfjs-${backend}`;
  try {
    const builder = new GraphBuilder('doctor');
    const input = builder.input('x', [1, 2]);
    const weights = builder.constant('w', [1, 2], Float32Array.of(3, 4), 'float32');
    const graph = builder.finish([builder.add('FULLY_CONNECTED', [input, weights], {}, { origin: 'dense' })]);
    const feeds = [Float32Array.of(1, 2)];
    const executor = await (await tfjsEngine(backend)).prepare(graph);
    const computed = Number((await executor.run(feeds))[0]![0]);
    const expected = Number(evaluate(graph, feeds)[0]![0]);
    executor.dispose();
    if (computed === expected) return { name, status: 'ok', detail: 'loads and computes' };
    return {
      name,
      status: 'broken',
      detail: `computes ${computed} where ${expected} is right`,
      next: 'run `npm ci` again',
    };
  } catch (error) {
    if (!(error instanceof WherryError)) throw error;
    const { what, next } = error.details;
    if (error.cause instanceof NotInstalled)
      return { name, status: 'absent', detail: `optional; ${error.cause.message}` };
    return { name, status: 'broken', detail: what, next };
  }
}

/** Without its kernels the engine is the reference. */
function examineInt8Engine(): Finding {
  const name = 'int8 engine';
  if (int8Engine() !== referenceEngine) return { name, status: 'ok', detail: 'computes in 128-bit vectors' };
  return { name, status: 'absent', detail: 'no 128-bit vectors here: plain loops give the same integers, slowly' };
}

async function examineProfiles(): Promise<Finding> {
  try {
    const { targets, runtimes } = await readProfileFolder();
    return { name: 'device profiles', status: 'ok', detail: `${targets.size} profiles on ${runtimes.size} runtimes` };
  } catch (error) {
    if (!(error instanceof WherryError)) throw error;
    return { name: 'device profiles', status: 'broken', detail: error.details.what, next: error.details.next };
  }
}
