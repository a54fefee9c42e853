import type { ProblemKind, Text } from '#kernel';

/** What somebody who meets a problem does about it. Codes that stand in `errors` say more than the kind does. */
export const PROBLEM_HELP: Readonly<Record<ProblemKind, Text>> = {
  'malformed-json': {
    en: 'Send one JSON text in UTF-8, without a byte order mark, comments, members named twice, or numbers that a double cannot hold. The detail says where reading stopped.',
    fil: 'Magpadala ng isang JSON text sa UTF-8, walang byte order mark, komento, dobleng pangalan ng member, o numerong hindi kasya sa double. Sinasabi ng detail kung saan huminto ang pagbasa.',
  },
  'invalid-request': {
    en: 'Look at errors: each names a place of the request by JSON Pointer, says what is wrong with it, and has a code. Nothing was stored. Send the mended request; unknown members are refused, not ignored.',
    fil: 'Tingnan ang errors: bawat isa ay nagtuturo ng lugar sa kahilingan gamit ang JSON Pointer, nagsasabi kung ano ang mali, at may code. Walang itinago. Ipadala ang naitamang kahilingan; tinatanggihan ang mga member na hindi kilala.',
  },
  'invalid-image': {
    en: 'The code says what is wrong with the file: its form, its size, or how much it unpacks to. Save the picture again with an ordinary program, or send the credential itself.',
    fil: 'Sinasabi ng code kung ano ang mali sa file: ang anyo, ang laki, o ang dami ng nilalaman kapag binuksan. I-save muli ang larawan sa karaniwang program, o ipadala ang mismong kredensyal.',
  },
  'invalid-csv': {
    en: 'The first line names the columns, in UTF-8, separated by commas. Take the template of the console. Which row and column is wrong stands in errors.',
    fil: 'Nasa unang linya ang mga pangalan ng column, sa UTF-8, na pinaghihiwalay ng kuwit. Kunin ang huwaran sa console. Nasa errors kung aling hanay at column ang mali.',
  },
  'lint-failed': {
    en: 'The badge would break a rule of issuing. The code is the name of the rule and the pointer the place in the document that would be signed. Change the achievement or the recipient; no rule can be switched off.',
    fil: 'Lalabag ang badge sa isang tuntunin sa pag-isyu. Pangalan ng tuntunin ang code at lugar sa dokumentong lalagdaan ang pointer. Baguhin ang kahulugan ng gawad o ang tumanggap; walang tuntuning maaaring patayin.',
  },
  unauthenticated: {
    en: 'Send an API key as Authorization: Bearer, or sign in again: the key may be revoked, mistyped or of another service.',
    fil: 'Magpadala ng API key bilang Authorization: Bearer, o mag-sign in muli: maaaring binawi ang key, mali ang pagkasulat, o sa ibang serbisyo.',
  },
  forbidden: {
    en: 'The key or session is known and has another role, or belongs to another institution. Ask whoever runs the institution for a key of the role that the reference names. A learner’s session gets this while a guardian decides, and a form when it is old or comes from another site: load the page again.',
    fil: 'Kilala ang key o session ngunit iba ang tungkulin nito, o sa ibang institusyon. Humingi sa namamahala ng institusyon ng key na may tungkuling sinasabi ng sanggunian. Ito rin ang sagot sa session ng mag-aaral habang guardian ang nagpapasya, at sa form na luma na o galing sa ibang site: i-load muli ang pahina.',
  },
  'not-found': {
    en: 'Nothing is at this address, or nothing that you may know of. Check the identifier; it is case-sensitive.',
    fil: 'Walang anuman sa address na ito, o walang maaari ninyong malaman. Suriin ang identifier; mahalaga ang malaki at maliit na titik.',
  },
  'method-not-allowed': {
    en: 'The address exists; Allow in the answer names the methods that it answers.',
    fil: 'May ganitong address; nasa Allow ng sagot ang mga method na sinasagot nito.',
  },
  'not-acceptable': {
    en: 'The thing exists, and not in the form that Accept asks for. The detail names the forms there are.',
    fil: 'May ganito, ngunit wala sa anyong hinihingi ng Accept. Sinasabi ng detail ang mga anyong mayroon.',
  },
  conflict: {
    en: 'It was changed or taken meanwhile, or its state does not allow this. Read it again and decide anew.',
    fil: 'Nabago o nakuha na ito samantala, o hindi ito pinahihintulutan ng kalagayan nito. Basahing muli at magpasiya muli.',
  },
  'person-required': {
    en: 'Two persons sign off here, and this key names none. Use a key made with person, or sign in.',
    fil: 'Dalawang tao ang nagpapatibay rito, at walang taong pinapangalanan ang key na ito. Gumamit ng key na may person, o mag-sign in.',
  },
  'same-person': {
    en: 'Somebody else of the institution has to approve it. Another key of the same person does not help.',
    fil: 'Ibang tao ng institusyon ang dapat magpatibay nito. Hindi makatutulong ang ibang key ng parehong tao.',
  },
  'approval-required': {
    en: 'This institution has two persons sign off each award. Send it as a request; it is issued when the second approves it.',
    fil: 'Dalawang tao ang nagpapatibay ng bawat gawad ng institusyong ito. Ipadala ito bilang kahilingan; iisyuhin ito kapag pinagtibay ng ikalawa.',
  },
  'not-entitled': {
    en: 'The achievement names who may issue it, and this institution is not among them. Ask its creator to publish a version that does, or define your own.',
    fil: 'Pinapangalanan ng kahulugan ng gawad kung sino ang maaaring mag-isyu nito, at wala roon ang institusyong ito. Hilingin sa gumawa na maglathala ng bersiyong kasama kayo, o magtakda ng sarili.',
  },
  'not-accredited': {
    en: 'No register that this service trusts shows the accreditation that this award needs on its day. errors says which grant failed and why (ended, suspended, another level or kind). The authority has to record the grant; an operator may record a decision to issue without it, which stays in the audit log.',
    fil: 'Walang talaang pinagkakatiwalaan ng serbisyong ito ang nagpapakita ng akreditasyong kailangan ng gawad sa araw nito. Sinasabi ng errors kung aling pagkakaloob ang hindi sapat at bakit (natapos, suspendido, ibang antas o uri). Ang awtoridad ang dapat magtala nito; maaaring magtala ng pasiya ang nagpapatakbo na mag-isyu nang wala ito, at mananatili iyon sa audit log.',
  },
  'status-purpose': {
    en: 'Its status entry is for revocation, which is final: it cannot be suspended or reinstated. Award it again when it was revoked in error.',
    fil: 'Para sa pagbawi ang status entry nito, na pinal: hindi ito maaaring suspindihin o ibalik. Igawad itong muli kung mali ang pagbawi.',
  },
  'request-timeout': {
    en: 'The body did not arrive in time. Send it again over a better link, in smaller parts where the operation takes parts.',
    fil: 'Hindi dumating sa oras ang body. Ipadala itong muli sa mas maayos na koneksiyon, o sa mas maliliit na bahagi kung pinahihintulutan.',
  },
  gone: {
    en: 'It was here and is no longer: erased, withdrawn, used up or past its time. It will not come back at this address.',
    fil: 'Narito ito noon at wala na: binura, inurong, naubos o lumipas na ang panahon. Hindi na ito babalik sa address na ito.',
  },
  'payload-too-large': {
    en: 'The reference says how much the operation takes. Send a class list instead of many recipients, or a smaller file.',
    fil: 'Sinasabi ng sanggunian kung gaano karami ang tinatanggap. Magpadala ng listahan ng klase sa halip na maraming tumanggap, o mas maliit na file.',
  },
  'uri-too-long': {
    en: 'Put what the address holds into the body of a POST where there is one for it.',
    fil: 'Ilagay ang nilalaman ng address sa body ng POST kung mayroon para rito.',
  },
  'unsupported-media-type': {
    en: 'Set Content-Type to one of the media types that the reference names for this operation.',
    fil: 'Itakda ang Content-Type sa isa sa mga media type na sinasabi ng sanggunian para sa operasyong ito.',
  },
  'misdirected-request': {
    en: 'The Host of the request is not the public address of this service. Ask by that address; behind a proxy, have it pass the Host on.',
    fil: 'Hindi pampublikong address ng serbisyong ito ang Host ng kahilingan. Gamitin ang address na iyon; kung may proxy, ipasa nito ang Host.',
  },
  'idempotency-mismatch': {
    en: 'The key was used with another body within 24 hours. A retry sends the same bytes; another request takes a new key.',
    fil: 'Ginamit na ang key sa ibang body sa loob ng 24 oras. Parehong bytes ang ipinapadala ng muling pagsubok; bagong key ang para sa ibang kahilingan.',
  },
  'headers-too-large': {
    en: 'Send fewer or shorter headers; old cookies of other services on this host are a common cause.',
    fil: 'Bawasan o paikliin ang mga header; karaniwang sanhi ang mga lumang cookie ng ibang serbisyo sa host na ito.',
  },
  'rate-limited': {
    en: 'Wait as many seconds as Retry-After says, then go on more slowly. Many awards at once are a class list.',
    fil: 'Maghintay ng dami ng segundong sinasabi ng Retry-After, at magpatuloy nang mas mabagal. Listahan ng klase ang para sa maraming gawad.',
  },
  'fetch-refused': {
    en: 'Only https addresses on the public internet are fetched, and only on usual ports. Send the badge itself instead of its address.',
    fil: 'Mga https address lamang sa bukás na internet ang kinukuha, at sa karaniwang port lamang. Ipadala ang mismong badge sa halip na ang address nito.',
  },
  'fetch-failed': {
    en: 'The other server gave no usable answer in time. Nothing is said about the badge. Try again later, or send the badge itself.',
    fil: 'Walang magamit na sagot ang kabilang server sa tamang oras. Walang sinasabi tungkol sa badge. Subukan muli mamaya, o ipadala ang mismong badge.',
  },
  'clock-unsafe': {
    en: 'For operators: the clock of the machine is behind the last entry of the audit log. Mend the clock; signing goes on by itself.',
    fil: 'Para sa nagpapatakbo: nahuhuli ang orasan ng machine sa huling tala ng audit log. Ayusin ang orasan; magpapatuloy mag-isa ang paglagda.',
  },
  'signing-stopped': {
    en: 'For operators: a signed badge failed the check of its own text, and its key stopped. Read the log before `tatak keys unlatch`. Nothing wrong was released.',
    fil: 'Para sa nagpapatakbo: bumagsak sa sariling pagsusuri ang isang nilagdaang badge, at huminto ang susi nito. Basahin ang log bago ang `tatak keys unlatch`. Walang maling nailabas.',
  },
  unavailable: {
    en: 'The service is busy, starting or stopping, or something that it asks does not answer: the detail says which. Send the same request again after Retry-After, with the same Idempotency-Key. Where no mail server is set, waiting does not help: ask the operator.',
    fil: 'Abala, nagsisimula o humihinto ang serbisyo, o may hindi sumasagot sa tinatanong nito: nasa detail kung alin. Ipadala muli ang parehong kahilingan pagkatapos ng Retry-After, na may parehong Idempotency-Key. Kung walang nakatakdang mail server, hindi makatutulong ang paghihintay: magtanong sa nagpapatakbo.',
  },
  internal: {
    en: 'A fault of this service. Retry with the same Idempotency-Key, and give the operator the request id of instance.',
    fil: 'Pagkakamali ng serbisyong ito. Subukan muli na may parehong Idempotency-Key, at ibigay sa nagpapatakbo ang request id na nasa instance.',
  },
};

export const HELP = {
  title: { en: 'Problems', fil: 'Mga problema' },
  lead: {
    en: 'Every refusal is a problem document (RFC 9457). Programs match on its type; the same answer names its page here in the header Link.',
    fil: 'Problem document (RFC 9457) ang bawat pagtanggi. Ang type nito ang tinitingnan ng mga program; pinapangalanan ng parehong sagot ang pahina nito rito sa header na Link.',
  },
  doing: { en: 'What to do', fil: 'Ano ang gagawin' },
  looks: { en: 'How it looks', fil: 'Hitsura nito' },
  retry: {
    en: 'The same request may succeed later: wait, and send it again.',
    fil: 'Maaaring magtagumpay mamaya ang parehong kahilingan: maghintay, at ipadala itong muli.',
  },
  noRetry: {
    en: 'The same request gets the same answer, until it or what it is about has changed.',
    fil: 'Parehong sagot ang makukuha ng parehong kahilingan hangga’t hindi nababago ito o ang tinutukoy nito.',
  },
  all: { en: 'All problems', fil: 'Lahat ng problema' },
} satisfies Record<string, Text>;
