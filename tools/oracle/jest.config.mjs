// Jest settings of the oracle suites: the workspace preset. They need Python, so no other run includes them:
//   WHERRY_ORACLE_PYTHON=.../python npm run jest -- -c tools/oracle/jest.config.mjs
export { default } from '../../jest.preset.mjs';
