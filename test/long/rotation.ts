import { rotateUnderLoad } from '../attack/support/rotation.ts';

const WANTED = 10_000;
const { verifications, failures, rotations, signed } = await rotateUnderLoad(WANTED);
console.log(
  `KP-10: ${failures.length} failures in ${verifications} verifications of ${signed} documents, ${rotations} rotations`,
);
for (const failure of failures.slice(0, 10)) console.log(failure);
process.exitCode = failures.length === 0 ? 0 : 1;
