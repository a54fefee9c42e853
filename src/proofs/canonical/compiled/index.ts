export { type CompileDeps, compile, type PlanMismatch } from './compile.ts';
export { isNotEligible, type NotEligible, type Rule } from './eligible.ts';
export { ownNquads } from './own.ts';
export type { Plan } from './plan.ts';
export { deepNquads, referenceNquads } from './reference.ts';
export { type Leaf, type Shape, shapeOf } from './shape.ts';
export { createTemplate, type Template } from './template.ts';
export { type PinnedTerms, readTerms } from './terms.ts';
export { checkValues, type Values, type ValueUse } from './values.ts';
