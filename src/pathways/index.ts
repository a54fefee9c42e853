export { evaluate } from './evaluate.ts';
export { computerSystemsServicingNcII } from './examples/css-nc2.ts';
export { graduateCertificateInDistanceEducation } from './examples/gcde.ts';
export * from './model.ts';
export type { PathwayInput } from './pathway-input.ts';
export { createPathways, type Pathways } from './pathways.ts';
export * from './ports.ts';
export type * from './rule-model.ts';
export { checkTree } from './rule-schema.ts';
