// Jobs of a lab: none is lost, none counts twice, and no result is of something else than was asked for.
const src = 'packages/lab/src';
const pipeline = 'packages/pipeline/src/lab';

export const lab = [
  {
    name: 'a late result in the place of the first',
    file: `${src}/queue/result-store.ts`,
    find: "JSON.stringify(stored), 'EX', keptSeconds, 'NX')",
    replace: "JSON.stringify(stored), 'EX', keptSeconds)",
    suite: `${src}/worker/work-board.spec.ts`,
  },
  {
    name: 'a job done again whose result is there',
    file: `${src}/worker/work-board.ts`,
    find: 'if (await hasResult(connection, job.id!)) {',
    replace: 'if (false) {',
    suite: `${src}/worker/work-board.spec.ts`,
  },
  {
    name: 'what is submitted again run again',
    file: `${src}/queue/submit-jobs.ts`,
    find: "if (result !== undefined && stays(result.outcome)) return 'done';",
    replace: '',
    suite: `${src}/worker/work-board.spec.ts`,
  },
  {
    name: 'a result of another job taken for this one',
    file: `${src}/queue/result-store.ts`,
    find: 'if (of !== id) throw refused(`it is the result of ${of}`);',
    replace: '',
    suite: `${src}/worker/work-board.spec.ts`,
  },
  {
    name: 'a job run that is not what its id stands for',
    file: `${src}/queue/lab-job.ts`,
    find: 'return jobId(job) === id ? undefined :',
    replace: 'return jobId(job) === id || id !== undefined ? undefined :',
    suite: `${src}/worker/work-board.spec.ts`,
  },
  {
    name: 'two workers for one board',
    file: `${src}/worker/board-lease.ts`,
    find: 'if (performance.now() > end) throw taken(board);',
    replace: 'if (performance.now() > end) break;',
    suite: `${src}/worker/work-board.spec.ts`,
  },
  {
    name: 'a job that is stopped counted for done',
    file: `${src}/worker/work-board.ts`,
    find: 'if (stop.aborted) return giveBack();\n      end(error);',
    replace: 'end(error);',
    suite: `${src}/worker/work-board.spec.ts`,
  },
  {
    name: 'a serial number read as a number',
    file: `${src}/hardware-map/map-document.ts`,
    find: "customTags: ['null', 'bool'],",
    replace: "customTags: ['null', 'bool', 'int'],",
    suite: `${src}/hardware-map/hardware-map.spec.ts`,
  },
  {
    name: 'files of a worker that are not those of the job',
    file: `${pipeline}/run-lab-job.ts`,
    find: 'if (differ.length === 0) return { ...project, only };',
    replace: 'return { ...project, only };',
    suite: `${pipeline}/run-lab-job.spec.ts`,
  },
  {
    name: 'files that were changed while a job ran',
    file: `${pipeline}/run-lab-job.ts`,
    find: '    await pairHere(job, target, place);\n    return tested;',
    replace: '    return tested;',
    suite: `${pipeline}/run-lab-job.spec.ts`,
  },
  {
    name: 'data left out of the inputs of a job',
    file: `${pipeline}/pair-inputs.ts`,
    find: 'name: `file ${path}`, digest: await digestAt(path) }))),',
    replace: 'name: `file ${path}`, digest: nothing }))),',
    suite: `${pipeline}/run-lab-job.spec.ts`,
  },
];
