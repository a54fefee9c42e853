export { type EvaluationInput, evaluate } from './evaluate.ts';
export { CSS_CORE_UNITS, computerSystemsServicingNcII } from './examples/css-nc2.ts';
export { GCDE_CORE_COURSES, graduateCertificateInDistanceEducation } from './examples/gcde.ts';
export * from './model.ts';
export type { PathwayInput } from './pathway-input.ts';
export { createPathways, type Pathways, type PathwaysDeps } from './pathways.ts';
export * from './ports.ts';
export { checkTree, stackingRuleSchema } from './rule-schema.ts';
