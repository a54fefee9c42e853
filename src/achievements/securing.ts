import type { BadgeCryptosuite, BadgeJwtForm } from '#credentials';
import type { FieldError } from '#kernel';

const SUITES: readonly BadgeCryptosuite[] = ['eddsa-rdfc-2022', 'eddsa-jcs-2022', 'ecdsa-rdfc-2019', 'ecdsa-jcs-2019'];
const JWT_FORMS: readonly BadgeJwtForm[] = ['ob-jwt', 'vc+jwt'];

/** How badges of a version are signed is chosen with the version, so that nothing changes half-way through an award. */
export function securingFaults({ securing, jwt }: { securing?: unknown; jwt?: unknown }): FieldError[] {
  const faults: FieldError[] = [];
  if (securing !== undefined && !SUITES.includes(securing as BadgeCryptosuite)) {
    faults.push({ pointer: '/securing', detail: `must be one of ${SUITES.join(', ')}` });
  }
  if (jwt !== undefined && !JWT_FORMS.includes(jwt as BadgeJwtForm)) {
    faults.push({ pointer: '/jwt', detail: `must be one of ${JWT_FORMS.join(', ')}` });
  }
  return faults;
}
