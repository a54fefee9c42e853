export interface StackInput {
  pathway: string;
}
export interface StackReport {
  outcome: string;
}
export const createStackEvaluator =
  (_: unknown) =>
  async (_input: StackInput): Promise<StackReport> => {
    throw new Error('todo');
  };
