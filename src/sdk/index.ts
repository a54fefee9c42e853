export { createClient, TatakProblem } from './client.ts';
export { evaluate } from './offline/evaluate.ts';
export { readPrintedCode } from './offline/printed-code.ts';
export { stackOffline, verifyOffline } from './offline/verify.ts';
