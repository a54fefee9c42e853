/** Why a copy is not made; nothing was kept of it. */
export class BackupFault extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = 'BackupFault';
  }
}
