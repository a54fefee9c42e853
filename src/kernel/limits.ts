/** Every budget in one place. Sizes in bytes, times in milliseconds unless the name says otherwise. */
export const LIMITS = {
  jsonBytes: 256 * 1024,
  jsonDepth: 32,
  jsonKeys: 10_000,
  requestTimeout: 15_000,
  headersTimeout: 5_000,
  /** What is being answered when the listener ends may take so long. */
  closeMs: 7_000,
  urlBytes: 4 * 1024,
  headerBytes: 16 * 1024,
  uploadBytes: 2 * 1024 * 1024,
  imageBytes: 2 * 1024 * 1024,
  imageSide: 4096,
  imagePixels: 16_777_216,
  /** A PDF is read in a process that is ended after so long, and by its own limits of memory. */
  pdfStartMs: 10_000,
  pdfReadMs: 3_000,
  pdfHeapMegabytes: 96,
  /** Of one unpacked thing in it, and of all together: a badge has at most `jwtBytes`. */
  pdfPieceBytes: 8 * 1024 * 1024,
  pdfBytesInAll: 96 * 1024 * 1024,
  pdfAttachments: 64,
  /** Read at the same time; so many more wait. */
  pdfsAtOnce: 2,
  pdfsWaiting: 8,
  /** CPU time of one document in its thread. */
  canonicalizeMs: 250,
  /** Of one run: about 100 ms. A badge takes about 10, and what the W3C suite wants canonicalised at factor 2 at most 73. */
  canonicalizeDigests: 12_000,
  canonicalizeWorkerStartMs: 5_000,
  quads: 5_000,
  blankNodes: 200,
  verifyMs: 8_000,
  verifyFetches: 12,
  verifyParallelFetches: 4,
  /**
   * Of one presentation: documents that its credentials name and that turn out not to be there. After so many nothing more
   * is fetched on their word, and what is not known is unknown.
   */
  verifyFailedFetches: 4,
  fetchMs: 3_000,
  fetchBytes: 512 * 1024,
  fetchRedirects: 2,
  identifierBytes: 64 * 1024,
  identifierCacheEntries: 200,
  identifierChars: 2_048,
  /** Of a new status list where nothing else is set: the least that Bitstring Status List 1.0 allows. */
  statusListEntries: 131_072,
  statusListEntriesMax: 1_048_576,
  /** Of a list, looked up by a statement that is kept: those of a request, or of a part of a class list. */
  statusIndexesAtOnce: 128,
  statusInflateBytes: 2 * 1024 * 1024,
  /** Of a list that names what was revoked, which nothing compresses. */
  revocationListBytes: 4 * 1024 * 1024,
  proofsPerCredential: 4,
  /** A compact token with everything in it; its payload is held to `jsonBytes` as any document is. */
  jwtBytes: 512 * 1024,
  jwtHeaderBytes: 16 * 1024,
  jwtDisclosures: 500,
  /** Shown by one derived credential: each has a signature of its own. */
  sdStatements: 1_000,
  presentationCredentials: 20,
  nameChars: 200,
  descriptionChars: 2_000,
  narrativeChars: 10_000,
  alignments: 50,
  evidence: 50,
  issueList: 100,
  /** Awards whose status one request changes. */
  statusChanges: 10_000,
  /**
   * Between the intent of an issuance and its signature, at most: what another process prepared longer ago was left by one
   * that is dead. One that was only slow finds its rows settled, and releases nothing else.
   */
  issuingMs: 120_000,
  batchRows: 200_000,
  batchRowBytes: 4 * 1024,
  /** Of a class list, which is read as it arrives. */
  batchBytes: 512 * 1024 * 1024,
  /** Class lists that one process takes in at the same time. */
  uploadsAtOnce: 8,
  /** Slower than this for longer than `requestTimeout`, an upload is given up. */
  uploadBytesPerSecond: 16 * 1024,
  /** Of an upload that is refused, what is still taken in so that the client reads why. */
  uploadDrainBytes: 32 * 1024 * 1024,
  /** Of a register with its parts, as one body. */
  registerUploadBytes: 32 * 1024 * 1024,
  /** Streams of server-sent events of one process, and of one key or account. */
  eventStreams: 200,
  eventStreamsPerKey: 8,
  eventPollMs: 1_000,
  /** Well below the time after which a silent connection is closed. */
  eventHeartbeatMs: 15_000,
  eventStreamMs: 900_000,
  clockSkew: 60_000,
  /** An offer waits so long when nothing is said. */
  offerDays: 30,
  offerDaysMax: 365,
  /** A challenge for a presentation may be answered so long. */
  challengeMs: 300_000,
  /** Keys that one request of a wallet may prove: a form of the badge is issued for each. */
  walletProofs: 10,
  /** Of one key proof as text. */
  walletProofBytes: 16 * 1024,
  /** A wallet that was told to come back is remembered so long. */
  walletIssuanceDays: 90,
  /** So long nobody else gets the badge that it was promised: its access token lives no longer. */
  walletPromiseMs: 600_000,
  /** Of an attestation as text: what a printed code of 30 mm holds at error correction M. */
  attestationChars: 900,
  /** The same unpacked. */
  attestationBytes: 4 * 1024,
  /** One is made again after this long; at once when the status changes. */
  attestationMs: 300_000,
  /** What it states of the status is old after so many days. */
  attestationOldDays: 30,
  /** Seconds after which such a wallet should ask again. */
  walletInterval: 30,
  /** A request for presentations may be answered so long. */
  presentationRequestMs: 600_000,
  /** What came of it is shown so long, then forgotten. */
  presentationAnswerMs: 1_800_000,
  /** A checkpoint of the log is signed this often when entries were added. */
  checkpointInterval: 3_600_000,
  /** Somebody's question brings a new checkpoint forward at most this often. */
  checkpointGap: 60_000,
  futureValidFromDays: 366,
  idempotencyHours: 24,
  pageSize: 50,
  pageSizeMax: 200,
  /** The newest awards among which a name or a certificate number is looked for, and those counted that rest on a grant. */
  awardsSearched: 20_000,
  /** Badges made elsewhere that are kept for one address or key, and their bytes. */
  importsKept: 200,
  importsKeptBytes: 24 * 1024 * 1024,
  holdings: 2_000,
  pathwayNodes: 500,
  pathwayDepth: 12,
  /** Steps of search in one evaluation: counted, not timed, so that a stored decision can be run again. */
  pathwaySearchNodes: 100_000,
  chainDepth: 3,
  /** An award by stacking is looked at again after this long; sooner with a component of elsewhere, or one that changed here. */
  conferralCheckMs: 3_600_000,
  conferralCheckElsewhereMs: 45_000,
  /** An award may be recorded this many days after it was made, whatever became of the accreditation meanwhile. */
  backdatingGraceDays: 30,
  /** A larger register is published in parts. */
  registerInlineBytes: 256 * 1024,
  registerPartBytes: 256 * 1024,
  /** Of a register or a part of one, from an authority that a chain leads to: one party may have very many grants. */
  registerBytes: 4 * 1024 * 1024,
} as const;
