// What the npm package gives to programs: the pipeline's public face, and the errors that it throws.
export * from '@wherry/pipeline';
export { exitCodes, WherryError, type Diagnostic } from '@wherry/graph';
